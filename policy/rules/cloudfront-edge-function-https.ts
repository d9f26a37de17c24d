import * as path from "node:path";

import { securityHub } from "./controls";
import { behaviorsOf, DISTRIBUTION_TYPES } from "../aws";
import { changeByCloudFrontFunction, changeByLambda, type OriginChange } from "../edgeFunctions";
import { isObject, once, Read, UNKNOWN, type Graph, type Resource } from "../graph";
import { step } from "../finding";
import type { ChainStep, Report, StackRule } from "../rule";

const FUNCTION_TYPES = ["aws:cloudfront/function:Function", "aws-native:cloudfront:Function"];
const LAMBDA_TYPES = ["aws:lambda/function:Function", "aws-native:lambda:Function"];
const VERSION_TYPES = ["aws-native:lambda:Version"];

/** A kind of function that can change the origin of a request. */
interface EdgeKind {
    readonly kind: string;
    /** The only event at which it can. */
    readonly event: string;
    readonly may: string;
    readonly associations: string;
    /** The names of the property that holds its ARN: the provider's and aws-native's. */
    readonly arn: readonly [string, string];
    readonly types: readonly string[];
}

/** Source: CloudFront Developer Guide, "Helper methods for origin modification" and "Customize with Lambda@Edge". */
export const edgeKinds = {
    cloudFront: {
        kind: "CloudFront function",
        event: "viewer-request",
        may: "updateRequestOrigin may set another origin",
        associations: "functionAssociations",
        arn: ["functionArn", "functionARN"],
        types: FUNCTION_TYPES,
    },
    lambda: {
        kind: "Lambda@Edge function",
        event: "origin-request",
        may: "it may put another origin into the request",
        associations: "lambdaFunctionAssociations",
        arn: ["lambdaArn", "lambdaFunctionArn"],
        types: LAMBDA_TYPES,
    },
} satisfies Record<string, EdgeKind>;

/** What the rule says. */
export const messages = {
    http: (name: string, path: string, { line, written }: { line: number; written: string }) =>
        `Function "${name}" sends requests to the origin over plain HTTP: line ${line} of ${path} has ${written}. Write protocol: "https" and port: 443, or leave the protocol out, so that the origin's https-only applies.`,
    unknown: (name: string, path: string, because: string, line?: number) =>
        `Cannot tell whether function "${name}" reaches the origin over HTTPS only: ${because}${line === undefined ? "" : ` (line ${line} of ${path})`}. Write the protocol "https" in the code, or leave it out.`,
    unseen: (path: string, { kind, event, may }: EdgeKind, because: string) =>
        `Cannot tell whether the ${kind} of ${path} reaches the origin over HTTPS only: it runs at ${event}, where ${may}, and ${because}.`,
    associations: (read: Read) =>
        `Cannot tell whether functions at the edge reach the origin over HTTPS only: ${read.path} ${read.unknown}.`,
    notKnown: (read: Read) => `${read.path} ${read.unknown}`,
    notInStack: "it is not in this stack",
    codeNotInProgram: (name: string) => `the code of "${name}" is not in the program`,
    partNotInProgram: (name: string, path: string) => `${path} of "${name}" is not in the program as text`,
    otherRuntime: (runtime: string) => `the pack reads Node.js, not ${runtime}`,
};

/** No function at the edge takes a request off the HTTPS that the origin's settings demand. */
export const cloudfrontEdgeFunctionHttps: StackRule = {
    scope: "stack",
    name: "cloudfront-edge-function-https",
    displayName: "No edge function switches the origin to HTTP",
    description:
        "No CloudFront function and no Lambda@Edge function at origin-request sends requests to an origin over plain HTTP.",
    level: "mandatory",
    severity: "high",
    controls: securityHub(
        "CloudFront.9",
        "Looks at the distribution's settings only, not at the functions that change them for a request.",
    ),
    remediationSteps:
        'In the function, write protocol: "https" with port: 443 in customOriginConfig (in Lambda@Edge: in origin.custom), or leave the protocol out: a setting that a function leaves out stays as the origin has it.',
    types: [...FUNCTION_TYPES, ...LAMBDA_TYPES, ...DISTRIBUTION_TYPES],
    reads: VERSION_TYPES,
    evaluate(graph, report) {
        // A stack that is one component over and over holds the same code as often.
        const changes = new Map<string, OriginChange>();
        for (const resource of graph.ofType(...FUNCTION_TYPES)) {
            const code = Read.of(resource).either("code", "functionCode");
            if (code.isUnknown) {
                reportChange(report, resource, code, { kind: "unknown", because: messages.notKnown(code) });
            } else if (code.text !== undefined) {
                const change = changes.get(code.text) ?? changeByCloudFrontFunction(code.text);
                changes.set(code.text, change);
                reportChange(report, resource, code, change);
            }
        }
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            judgeDistribution(graph, distribution, report);
        }
    },
};

function judgeDistribution(graph: Graph, distribution: Resource, report: Report): void {
    const unknown = new Map<string, Read>();
    for (const kind of Object.values(edgeKinds)) {
        for (const association of associationsOf(distribution, kind)) {
            const arn = association.either(...kind.arn);
            const functions = functionsOf(graph, distribution, arn, kind);
            if (association.isUnknown && functions.length === 0) {
                unknown.set(association.path, association);
            } else if (functions.length === 0) {
                const because = arn.isUnknown ? messages.notKnown(arn) : messages.notInStack;
                reportUnseen(report, distribution, arn, kind, because);
            } else if (kind === edgeKinds.lambda) {
                functions.forEach((lambda) => {
                    judgeLambda(lambda, distribution, arn, report);
                });
            }
        }
    }
    for (const [path, read] of unknown) {
        report({ kind: "cannot tell", resource: distribution, path, message: messages.associations(read) });
    }
}

/** The functions that run where a function can change the origin. */
function associationsOf(distribution: Resource, { associations, event }: EdgeKind): Read[] {
    return behaviorsOf(distribution)
        .flatMap((behavior) => behavior.at(associations).items())
        .filter((association) => {
            const eventType = association.at("eventType");
            return eventType.isUnknown || eventType.text === event;
        });
}

function judgeLambda(lambda: Resource, distribution: Resource, arn: Read, report: Report): void {
    const parts = filesOf(lambda).filter(mayBeCode);
    if (parts.length === 0) {
        reportUnseen(report, distribution, arn, edgeKinds.lambda, messages.codeNotInProgram(lambda.name));
        return;
    }
    const runtime = Read.of(lambda).at("runtime").text;
    if (runtime?.startsWith("nodejs") === false) {
        reportUnseen(report, distribution, arn, edgeKinds.lambda, messages.otherRuntime(runtime));
        return;
    }
    const unseen = parts.find(({ code }) => code.text === undefined);
    if (unseen !== undefined) {
        const because = messages.partNotInProgram(lambda.name, unseen.code.path);
        reportUnseen(report, distribution, arn, edgeKinds.lambda, because);
    }
    const way = [step("distribution", distribution, arn)];
    for (const { code, change } of changesBy(lambda)) {
        reportChange(report, lambda, code, change, way);
    }
}

/** Of a Lambda function, which often runs for all behaviors of a distribution and for several distributions. */
const changesBy = once((lambda: Resource) => {
    const files = filesOf(lambda);
    return files
        .filter(mayBeCode)
        .flatMap(({ name, code }) =>
            code.text === undefined
                ? []
                : [{ code, change: changeByLambda(code.text, (written) => isAmong(files, name, written)) }],
        );
});

/**
 * A distribution names a version of a Lambda function, its ARN and a number, and a CloudFront function by an ARN that
 * ends in its name.
 */
function functionsOf(graph: Graph, distribution: Resource, arn: Read, kind: EdgeKind): readonly Resource[] {
    return named(graph, distribution, arn, kind).flatMap((resource) => {
        if (kind.types.includes(resource.type)) {
            return [resource];
        }
        const { value } = Read.of(resource).at("functionName");
        return graph.resolve(resource, "functionName", value, kind.types);
    });
}

/** The functions or versions of a function that a distribution names. */
function named(graph: Graph, distribution: Resource, arn: Read, kind: EdgeKind): readonly Resource[] {
    const types = [...kind.types, ...VERSION_TYPES];
    if (arn.isUnknown) {
        const found = graph.resolve(distribution, arn.topLevel, UNKNOWN, types);
        return found.length > 0 ? found : graph.resolve(distribution, kind.associations, UNKNOWN, types);
    }
    const unqualified = arn.text?.replace(/:(\d+|\$LATEST)$/, "");
    const name = unqualified?.split(/[:/]/).at(-1);
    const found = [unqualified, name].map((value) => graph.resolve(distribution, arn.topLevel, value, types));
    return found.find((functions) => functions.length > 0) ?? [];
}

/** A file of a function's code, or a folder that the program only names, and its name in the archive. */
interface Part {
    readonly name: string;
    readonly code: Read;
}

/** All files of an archive, or the code of a template, of which AWS SAM has another name. Nothing where the program holds none of the code. */
function filesOf(lambda: Resource): Part[] {
    const code = Read.of(lambda).at("code");
    const inline = [code.at("zipFile"), Read.of(lambda).at("inlineCode")].find((read) => read.text !== undefined);
    if (inline !== undefined) {
        return [{ name: "index.js", code: inline }];
    }
    const files = filesIn(code, "");
    return files.some((file) => mayBeCode(file) && file.code.text !== undefined) ? files : [];
}

function filesIn(archive: Read, folder: string): Part[] {
    return Object.keys(isObject(archive.value) ? archive.value : {}).flatMap((key) => {
        const code = archive.at(key);
        const name = path.posix.join(folder, key);
        return isObject(code.value) ? filesIn(code, name) : [{ name, code }];
    });
}

/** JavaScript, or without text: a file or a folder that the program only names. */
function mayBeCode({ name, code }: Part): boolean {
    return /\.[cm]?js$/.test(name) || (code.isUnknown && path.extname(name) === "");
}

/**
 * Whether what another file loads holds no code, or is judged by itself: the first of the files that Node.js tries, of
 * which one without an extension is code whatever stands beside it. Source: Node.js, "Modules: CommonJS modules".
 */
function isAmong(files: readonly Part[], from: string, written: string): boolean {
    const name = path.posix.join(path.posix.dirname(from), written);
    const tried = ["", ".js", ".json", ".node", "/package.json", "/index.js"].map((ending) => `${name}${ending}`);
    const loaded = tried.flatMap((each) => files.find((file) => file.name === each) ?? [])[0];
    return name.endsWith(".json") || (loaded?.code.text !== undefined && mayBeCode(loaded));
}

function reportChange(
    report: Report,
    resource: Resource,
    code: Read,
    change: OriginChange,
    way: readonly ChainStep[] = [],
): void {
    const { name } = resource;
    const { path } = code;
    if (change.kind === "http") {
        const chain = [...way, step("function", resource, code, change.written)];
        report({ kind: "violation", resource, path, message: messages.http(name, path, change), chain });
    } else if (change.kind === "unknown") {
        const message = messages.unknown(name, path, change.because, change.line);
        report({ kind: "cannot tell", resource, path, message });
    }
}

function reportUnseen(report: Report, distribution: Resource, arn: Read, kind: EdgeKind, because: string): void {
    const message = messages.unseen(arn.path, kind, because);
    report({ kind: "cannot tell", resource: distribution, path: arn.path, message });
}
