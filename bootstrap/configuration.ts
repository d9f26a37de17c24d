import * as pulumi from "@pulumi/pulumi";
import { fitsBuckets } from "./sharedAccount";

/** One environment of the pipeline: one stack, with the roles that may preview and deploy it. */
export interface Environment {
    /** Name of the stack and of the environment on GitHub: 1 to 32 lower-case letters, digits and inner hyphens. */
    readonly name: string;
    /** Ids of the public hosted zones that its stack writes records into. */
    readonly hostedZoneIds: readonly string[];
}

/** What a stack file of this program says; Pulumi.yaml describes each key. */
export interface Configuration {
    readonly repository: string;
    readonly subjectPrefix: string;
    readonly environments: readonly Environment[];
    readonly stateBucketName: string;
    readonly project: string;
    readonly edgeName: string;
    readonly logBucketNames: readonly string[];
    readonly identityProviderArn: string | undefined;
}

/** Reads the stack's configuration. @throws pulumi.RunError with every mistake, each with what to write instead. */
export function readConfiguration(): Configuration {
    const config = new pulumi.Config();
    const { configuration, problems } = checkConfiguration({
        repository: config.get("repository"),
        subjectPrefix: config.get("subjectPrefix"),
        environments: config.get("environments"),
        stateBucketName: config.get("stateBucketName"),
        project: config.get("project") ?? "encrypted-edge",
        edgeName: config.get("edgeName") ?? "edge",
        logBucketNames: config.get("logBucketNames") ?? "[]",
        identityProviderArn: config.get("identityProviderArn") || undefined,
    });
    if (configuration === undefined) {
        throw new pulumi.RunError(
            [`The configuration of stack "${pulumi.getStack()}" needs mending:`, ...problems].join("\n  "),
        );
    }
    return configuration;
}

type Texts = { readonly [key in keyof Configuration]: string | undefined };

/** Source: S3 user guide, "General purpose bucket naming rules"; without dots, which break TLS by virtual host. */
const bucketName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

const forms: readonly (readonly [keyof Configuration, RegExp, string])[] = [
    ["repository", /^[\w.-]+\/[\w.-]+$/, "OWNER/REPOSITORY"],
    [
        "subjectPrefix",
        /^repo:[\w.-]+(@\d+)?\/[\w.-]+(@\d+)?$/,
        "repo:OWNER@ID/REPOSITORY@ID, or repo:OWNER/REPOSITORY for a repository from before 15 July 2026; ask GitHub with .github/scripts/trust-policy.mjs",
    ],
    ["stateBucketName", bucketName, "3 to 63 lower-case letters, digits and hyphens"],
    ["project", /^[A-Za-z0-9_.-]{1,100}$/, "the name in the project's Pulumi.yaml"],
    ["edgeName", /^[A-Za-z0-9-]{1,20}$/, "the name that the program gives its EncryptedEdge"],
    [
        "identityProviderArn",
        /^arn:aws[\w-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
        "arn:aws:iam::ACCOUNT:oidc-provider/token.actions.githubusercontent.com, or leave it out",
    ],
];

/** Checks all values together; without problems there is a configuration. */
export function checkConfiguration(texts: Texts): { configuration?: Configuration; problems: string[] } {
    const problems: string[] = [];
    for (const [key, form, wanted] of forms) {
        const text = texts[key];
        if (text === undefined) {
            if (key !== "identityProviderArn") {
                problems.push(`${key} is missing. Write ${wanted}.`);
            }
        } else if (!form.test(text)) {
            problems.push(`${key} is ${JSON.stringify(text)}. Write ${wanted}.`);
        }
    }
    const environments = environmentsOf(texts.environments, problems);
    const logBucketNames = logBucketNamesOf(texts.logBucketNames, problems);
    if (environments.length > 1 && problems.length === 0) {
        problems.push(...tooLong(environments, texts.edgeName ?? ""));
    }
    const { repository, subjectPrefix } = texts;
    const named = subjectPrefix?.replace(/^repo:/, "").replace(/@\d+/g, "");
    if (problems.length === 0 && named?.toLowerCase() !== repository?.toLowerCase()) {
        problems.push(
            `subjectPrefix is "${subjectPrefix}", which belongs to ${named}, and repository is "${repository}". Write both for one repository.`,
        );
    }
    return problems.length > 0
        ? { problems }
        : { configuration: { ...texts, environments, logBucketNames } as Configuration, problems };
}

/** Environments that share an account put their name before those of their buckets. */
function tooLong(environments: readonly Environment[], edgeName: string): string[] {
    return environments
        .filter(({ name }) => !fitsBuckets(name, edgeName))
        .map(
            ({ name }) =>
                `The environment "${name}" and edgeName "${edgeName}" together are too long for the names of buckets in a shared account. Shorten them to 36 characters together, or give each environment an account of its own.`,
        );
}

function logBucketNamesOf(text: string | undefined, problems: string[]): string[] {
    const list = parsed(text);
    if (!Array.isArray(list) || !list.every((name) => typeof name === "string" && bucketName.test(name))) {
        problems.push(
            `logBucketNames is ${text ?? "missing"}. Write a list of the names of buckets that take logs, or leave it out.`,
        );
        return [];
    }
    return list as string[];
}

const example = "- name: dev, and below it hostedZoneIds: with one zone's id a line";

function environmentsOf(text: string | undefined, problems: string[]): Environment[] {
    const list = parsed(text);
    if (!Array.isArray(list) || list.length === 0) {
        problems.push(`environments is ${text ?? "missing"}. Write a list: ${example}.`);
        return [];
    }
    const environments = list.map((item: unknown, index) => {
        const { name, hostedZoneIds } = (item ?? {}) as Record<string, unknown>;
        const place = `environments[${index}]`;
        if (typeof name !== "string" || !/^[a-z0-9](-?[a-z0-9]){0,31}$/.test(name)) {
            problems.push(
                `${place}.name is ${JSON.stringify(name) ?? "missing"}. Write the stack's name: up to 32 lower-case letters, digits and inner hyphens.`,
            );
        }
        const isZone = (id: unknown) => typeof id === "string" && /^Z[A-Z0-9]{1,31}$/.test(id);
        if (!Array.isArray(hostedZoneIds) || hostedZoneIds.length === 0 || !hostedZoneIds.every(isZone)) {
            problems.push(
                `${place}.hostedZoneIds is ${JSON.stringify(hostedZoneIds) ?? "missing"}. Write a list of ids such as Z0123456789ABCDEFGHIJ.`,
            );
        }
        return { name, hostedZoneIds } as Environment;
    });
    const names = environments.map(({ name }) => name);
    for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
        problems.push(`environments names ${JSON.stringify(name)} more than once. Write each once.`);
    }
    return environments;
}

function parsed(text: string | undefined): unknown {
    try {
        return JSON.parse(text ?? "null");
    } catch {
        return undefined;
    }
}
