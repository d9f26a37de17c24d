import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { type Properties, Typings, type ValueType } from "../../provider";
import { type Constraint, constraintPath } from "./index";

/**
 * Writes table.json from data: what the official provider answered when it was asked to validate impossible values,
 * and the API models that AWS publishes with botocore.
 *
 * Run: node --require ./test/register.cjs rehearsal/aws/constraints/generate.ts <provider values>
 * It fetches botocore, of the version that the table names or that BOTOCORE names, with pip.
 */

/** The shape of AWS's API that a type's inputs go into: service, version and shape, and the input that holds it. */
const shapes: Readonly<Record<string, readonly [string, string, ...string[]]>> = {
    "aws:acm/certificate:Certificate": ["acm/2015-12-08", "RequestCertificateRequest"],
    "aws:cloudfront/cachePolicy:CachePolicy": ["cloudfront/2020-05-31", "CachePolicyConfig"],
    "aws:cloudfront/distribution:Distribution": ["cloudfront/2020-05-31", "DistributionConfig"],
    "aws:cloudfront/function:Function": ["cloudfront/2020-05-31", "CreateFunctionRequest", "FunctionConfig"],
    "aws:cloudfront/originAccessControl:OriginAccessControl": ["cloudfront/2020-05-31", "OriginAccessControlConfig"],
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": ["cloudfront/2020-05-31", "OriginRequestPolicyConfig"],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
        "cloudfront/2020-05-31",
        "ResponseHeadersPolicyConfig",
    ],
    "aws:cloudfront/vpcOrigin:VpcOrigin": ["cloudfront/2020-05-31", "CreateVpcOriginRequest"],
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": [
        "cloudfront/2020-05-31",
        "ContinuousDeploymentPolicyConfig",
    ],
    "aws:cloudwatch/logDelivery:LogDelivery": ["logs/2014-03-28", "CreateDeliveryRequest"],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": [
        "logs/2014-03-28",
        "PutDeliveryDestinationRequest",
    ],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["logs/2014-03-28", "PutDeliverySourceRequest"],
    "aws:cloudwatch/logGroup:LogGroup": ["logs/2014-03-28", "CreateLogGroupRequest"],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch/2010-08-01", "PutMetricAlarmInput"],
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ["firehose/2015-08-04", "CreateDeliveryStreamInput"],
    "aws:lb/listener:Listener": ["elbv2/2015-12-01", "CreateListenerInput"],
    "aws:lb/listenerRule:ListenerRule": ["elbv2/2015-12-01", "CreateRuleInput"],
    "aws:lb/loadBalancer:LoadBalancer": ["elbv2/2015-12-01", "CreateLoadBalancerInput"],
    "aws:lb/trustStore:TrustStore": ["elbv2/2015-12-01", "CreateTrustStoreInput"],
    "aws:lb/targetGroup:TargetGroup": ["elbv2/2015-12-01", "CreateTargetGroupInput"],
    "aws:route53/healthCheck:HealthCheck": ["route53/2013-04-01", "HealthCheckConfig"],
    "aws:route53/record:Record": ["route53/2013-04-01", "ResourceRecordSet"],
    "aws:route53/zone:Zone": ["route53/2013-04-01", "CreateHostedZoneRequest"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
        "s3/2006-03-01",
        "BucketLifecycleConfiguration",
    ],
    "aws:sns/topicSubscription:TopicSubscription": ["sns/2010-03-31", "SubscribeInput"],
    "aws:wafv2/ipSet:IpSet": ["wafv2/2019-07-29", "CreateIPSetRequest"],
    "aws:wafv2/regexPatternSet:RegexPatternSet": ["wafv2/2019-07-29", "CreateRegexPatternSetRequest"],
    "aws:wafv2/ruleGroup:RuleGroup": ["wafv2/2019-07-29", "CreateRuleGroupRequest"],
    "aws:wafv2/webAcl:WebAcl": ["wafv2/2019-07-29", "CreateWebACLRequest"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["wafv2/2019-07-29", "LoggingConfiguration"],
};

interface Shape {
    readonly type: string;
    readonly enum?: readonly string[];
    readonly min?: number;
    readonly max?: number;
    readonly pattern?: string;
    readonly members?: Readonly<Record<string, { readonly shape: string }>>;
    readonly member?: { readonly shape: string };
    readonly key?: { readonly shape: string };
    readonly value?: { readonly shape: string };
}

type Model = Readonly<Record<string, Shape>>;
type Found = Record<string, Constraint>;

/** Patterns that say no more than the bounds of a text, or that JavaScript reads in another way. */
const emptyPatterns = /^(\.\*\\S\.\*|\.\*|\[\\s\\S\]\*|\\S\+|\[\^\s*\]\+)$/;

function constraintOf(shape: Shape): Constraint {
    switch (shape.type) {
        case "string": {
            const hasLength = shape.min !== undefined || shape.max !== undefined;
            return {
                ...(shape.enum === undefined ? {} : { values: shape.enum }),
                ...(hasLength && shape.enum === undefined ? { length: [shape.min ?? null, shape.max ?? null] } : {}),
                ...(shape.pattern === undefined || emptyPatterns.test(shape.pattern) || !compiles(shape.pattern)
                    ? {}
                    : { pattern: shape.pattern }),
            };
        }
        case "integer":
        case "long":
        case "double":
            return shape.min === undefined && shape.max === undefined
                ? {}
                : { between: [shape.min ?? null, shape.max ?? null] };
        default:
            return {};
    }
}

function compiles(pattern: string): boolean {
    try {
        new RegExp(pattern, "u");
        return true;
    } catch {
        return false;
    }
}

/** Inputs that the provider calls in words of its own. */
const renamed: Readonly<Record<string, string>> = {
    childHealthThreshold: "healthThreshold",
    fqdn: "fullyQualifiedDomainName",
};

/** Names of inputs are those of the API in the singular or plural, and without its wrappers of lists. */
function memberOf(model: Model, shape: Shape, name: string): Shape | undefined {
    // A wrapper that the SDK keeps: the items are what was unwrapped already.
    if (name === "items" && shape.members?.Items === undefined) {
        return shape;
    }
    const plain = (text: string) => (renamed[text] ?? text).toLowerCase();
    const singular = plain(name).replace(/ies$/, "y").replace(/s$/, "");
    const wanted = [plain(name), singular, `${singular}s`, `${singular}list`, `${singular.replace(/y$/, "")}ies`];
    const members = Object.entries(shape.members ?? {});
    const found = wanted
        .map((one) => members.find(([member]) => plain(member) === one))
        .find((one) => one !== undefined);
    return found === undefined ? undefined : unwrapped(model, model[found[1].shape]);
}

function unwrapped(model: Model, shape: Shape | undefined): Shape | undefined {
    const inner = shape?.member ?? shape?.value ?? shape?.members?.Items;
    const value = shape?.key && model[shape.value?.shape ?? ""];
    // The provider makes a list of what the API maps: the key is one property more.
    if (shape?.key !== undefined && value?.members !== undefined) {
        return { ...value, members: { ...value.members, Key: shape.key } };
    }
    return inner === undefined || (shape?.members !== undefined && shape.members.Quantity === undefined)
        ? shape
        : unwrapped(model, model[inner.shape]);
}

class Reader {
    readonly #typings: Typings;
    readonly #seen = new Set<string>();
    readonly found: Found = {};

    constructor(
        readonly model: Model,
        typings: Typings,
    ) {
        this.#typings = typings;
    }

    read(properties: Properties, shape: Shape, at: string): void {
        for (const [name, { type }] of Object.entries(properties)) {
            const place = at === "" ? name : `${at}.${name}`;
            const member = memberOf(this.model, shape, name);
            if (member === undefined || constraintPath(place) !== place || this.#seen.has(place)) {
                continue;
            }
            this.#seen.add(place);
            const element = elementOf(type);
            if (element.kind === "object") {
                this.read(this.#typings.object(element.name), member, place);
            } else if (isOfKind(element, member)) {
                merge(this.found, place, constraintOf(member));
            }
        }
    }
}

function elementOf(type: ValueType): ValueType {
    return type.kind === "array" ? elementOf(type.of) : type;
}

function isOfKind({ kind }: ValueType, { type }: Shape): boolean {
    return kind === "string" ? type === "string" : kind === "number" && ["integer", "long", "double"].includes(type);
}

/** The wider of two constraints: a value is refused only where every source refuses it. */
function merge(found: Found, at: string, added: Constraint): void {
    const known = found[at];
    if (Object.keys(added).length === 0) {
        return;
    }
    if (known === undefined) {
        found[at] = added;
        return;
    }
    const values =
        known.values === undefined || added.values === undefined
            ? undefined
            : [...new Set([...known.values, ...added.values])];
    found[at] = {
        ...known,
        ...added,
        ...(known.values === undefined && added.values === undefined
            ? {}
            : { values: values ?? known.values ?? added.values }),
        ...(known.between === undefined || added.between === undefined
            ? {}
            : {
                  between: [
                      widest(known.between[0], added.between[0], Math.min),
                      widest(known.between[1], added.between[1], Math.max),
                  ],
              }),
    };
}

function widest(one: number | null, other: number | null, choose: (...numbers: number[]) => number): number | null {
    return one === null || other === null ? null : choose(one, other);
}

type Answers = Readonly<
    Record<string, Readonly<Record<string, readonly string[] | { min: number | null; max: number | null }>>>
>;

/** Where the provider names a list and takes other forms as well, percentiles beside statistics; or names that of its neighbour. */
const alternatives = new Set([
    "aws:cloudwatch/metricAlarm:MetricAlarm metricQueries.metric.stat",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration rules.transitions.date",
]);

/** What the provider answered, where the input is of a kind that the answer can be about. */
function answered(typings: Typings, type: string, answers: Answers[string]): Found {
    const found: Found = {};
    for (const [at, answer] of Object.entries(answers)) {
        const place = constraintPath(at);
        const kind = kindAt(typings, type, at);
        const isList = "length" in answer;
        if (alternatives.has(`${type} ${place}`)) {
            continue;
        }
        // A list with a word twice is a sentence that was taken apart; one for numbers goes on in words: "or a multiple of 60".
        if (isList && kind === "string" && new Set(answer).size === answer.length) {
            merge(found, place, { values: answer });
        } else if (!isList && kind === "number") {
            merge(found, place, { between: [answer.min, answer.max] });
        }
    }
    return found;
}

function kindAt(typings: Typings, type: string, at: string): ValueType["kind"] | undefined {
    let properties: Properties = typings.resource(type)?.inputs ?? {};
    let kind: ValueType | undefined;
    for (const step of at.split(".")) {
        const property = properties[step];
        kind = property === undefined ? undefined : elementOf(property.type);
        properties = kind?.kind === "object" ? typings.object(kind.name) : {};
    }
    return kind?.kind;
}

function modelOf(botocore: string, service: string): Model {
    const directory = path.join(botocore, "data", service);
    const file = readdirSync(directory).find((name) => name.startsWith("service-2.json")) ?? "";
    const content = readFileSync(path.join(directory, file));
    const text = file.endsWith(".gz") ? gunzipSync(content).toString("utf8") : content.toString("utf8");
    return (JSON.parse(text) as { shapes: Model }).shapes;
}

/** The whole table, from the files that hold the provider's answers and botocore's models. */
export function generate(answersFile: string, botocore: string, version: string): string {
    const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });
    const answers = JSON.parse(readFileSync(answersFile, "utf8")) as Answers;
    const types: Record<string, Found> = {};
    for (const type of [...new Set([...Object.keys(answers), ...Object.keys(shapes)])].sort()) {
        const typing = typings.resource(type);
        if (typing === undefined) {
            continue;
        }
        const found: Found = answered(typings, type, answers[type] ?? {});
        const [service, ...names] = shapes[type] ?? [];
        for (const name of service === undefined ? [] : names) {
            const model = modelOf(botocore, service ?? "");
            const shape = model[name];
            if (shape === undefined) {
                throw new Error(`${service} of botocore ${version} has no shape ${name}.`);
            }
            const reader = new Reader(model, typings);
            reader.read(typing.inputs, shape, "");
            Object.entries(reader.found).forEach(([at, constraint]) => merge(found, at, constraint));
        }
        if (Object.keys(found).length > 0) {
            types[type] = Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
        }
    }
    const sources = {
        provider: "hashicorp/aws 5.100.0, its answers to impossible values",
        botocore: version,
        sdk: typings.version,
        sha256: digest(types),
        generator: generatorDigest(),
    };
    const lines = Object.entries(types).map(([type, constraints]) => {
        const inner = Object.entries(constraints).map(
            ([at, constraint]) => `      ${JSON.stringify(at)}: ${JSON.stringify(constraint)}`,
        );
        return `    ${JSON.stringify(type)}: {\n${inner.join(",\n")}\n    }`;
    });
    return `{\n  "sources": ${JSON.stringify(sources)},\n  "types": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** A digest of what the table holds, so that a change by hand shows. */
export function digest(types: unknown): string {
    return createHash("sha256").update(JSON.stringify(types)).digest("hex");
}

/** A digest of this file, so that a change of it without a new table shows. */
export function generatorDigest(): string {
    return createHash("sha256")
        .update(readFileSync(path.join(__dirname, "generate.ts")))
        .digest("hex");
}

/** Fetches botocore with pip into a folder that goes again, and hands its place on. */
function withBotocore<Result>(version: string, use: (botocore: string) => Result): Result {
    const directory = mkdtempSync(path.join(tmpdir(), "botocore-"));
    try {
        const words = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", directory, `botocore==${version}`];
        execFileSync(process.env.PYTHON ?? "python3", words, { stdio: ["ignore", "ignore", "inherit"] });
        return use(path.join(directory, "botocore"));
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

if (require.main === module) {
    const [answersFile = ""] = process.argv.slice(2);
    const file = path.join(__dirname, "table.json");
    const known = JSON.parse(readFileSync(file, "utf8")) as { sources: { botocore: string } };
    const version = process.env.BOTOCORE ?? known.sources.botocore;
    withBotocore(version, (botocore) => writeFileSync(file, generate(answersFile, botocore, version)));
}
