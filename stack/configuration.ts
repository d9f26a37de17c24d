import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "@encrypted-edge/common";
import { argumentSpecs, edgeProblems, type EncryptedEdgeArgs, problemList } from "../components/index";

type Problem = pulumi.InputPropertyErrorDetails;

/** What a stack file says; without a network it is the account's default VPC. */
export type Configuration = Omit<EncryptedEdgeArgs, "vpcId" | "subnetIds"> &
    Partial<Pick<EncryptedEdgeArgs, "vpcId" | "subnetIds">>;

/**
 * Reads the stack's configuration and checks it as a whole.
 *
 * @param edgeName Name that the edge will have.
 * @throws pulumi.RunError, which Pulumi prints without a stack trace, with every mistake and its fix.
 */
export function readConfiguration(edgeName: string): Configuration {
    const prefix = `${pulumi.getProject()}:`;
    // The language host names the secret keys here; the SDK's own reader of it only warns.
    const secretKeys = JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS ?? "[]") as string[];
    const values = new Map<string, string | undefined>();
    const misplaced: Problem[] = [];
    for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
        if (key.startsWith(prefix)) {
            const name = key.slice(prefix.length);
            const hidden = secretKeys.includes(key) && !mayHoldSecret(name);
            values.set(name, hidden ? undefined : value);
        } else {
            misplaced.push(...namespaceProblems(key, pulumi.getProject()));
        }
    }
    const secretNames = secretKeys.map((key) => key.slice(prefix.length));
    const { configuration, problems: mistakes } = parseConfiguration(edgeName, values, secretNames);
    const problems = [...misplaced, ...mistakes];
    if (problems.length > 0) {
        const count = problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
        throw new pulumi.RunError(
            problemList(
                `The configuration of stack "${pulumi.getStack()}" has ${count} (keys begin with "${prefix}")`,
                problems,
            ),
        );
    }
    return configuration;
}

/**
 * Turns the values of a stack file into arguments, and says everything that is wrong with them.
 *
 * @param values The values by key, without the namespace; undefined for one that is a secret and has no need to be.
 * @param secretNames The keys that are kept as secrets: nothing of their values is shown.
 */
export function parseConfiguration(
    edgeName: string,
    values: ReadonlyMap<string, string | undefined>,
    secretNames: readonly string[] = [],
): { configuration: Configuration; problems: Problem[] } {
    const problems: Problem[] = [];
    const parsed: Partial<Record<keyof Configuration, unknown>> = {};
    for (const [key, value] of values) {
        if (!isConfigurationKey(key)) {
            problems.push({ propertyPath: key, reason: unknownKeyReason(key) });
        } else if (value === undefined) {
            const reason = `is a secret, but it shows in plain DNS names and AWS settings. Store it with "pulumi config set --plaintext ${key}".`;
            problems.push({ propertyPath: key, reason });
        } else {
            const result = parseValue(key, value);
            if ("reason" in result) {
                const reason = secretNames.includes(key)
                    ? "is a secret whose value is not a group or a list of settings."
                    : result.reason;
                problems.push({ propertyPath: key, reason });
            } else {
                parsed[key] = result.value;
            }
        }
    }
    const configuration = parsed as Configuration;
    problems.push(...plainSecrets(configuration, secretNames));
    const misread = new Set(problems.map(({ propertyPath }) => propertyPath));
    const usesDefaultVpc = configuration.vpcId === undefined && configuration.subnetIds === undefined;
    for (const problem of edgeProblems(edgeName, configuration as EncryptedEdgeArgs)) {
        const key = problem.propertyPath.replace(/[[.].*/, "");
        const isNetwork = key === "vpcId" || key === "subnetIds";
        if (!misread.has(key) && !(isNetwork && usesDefaultVpc)) {
            problems.push(problem);
        }
    }
    return { configuration, problems };
}

/**
 * Pulumi gives a program the keys of every namespace and leaves it to packages to refuse their own, so a misspelt
 * namespace would go unnoticed, and with it what the setting was to protect.
 *
 * @param key A key with a namespace that is not the project's.
 */
export function namespaceProblems(key: string, project: string): Problem[] {
    const [namespace = "", ...rest] = key.split(":");
    const name = rest.join(":");
    const isMeant = isConfigurationKey(name) || nearestName(namespace, [project]) !== undefined;
    if (!isMeant) {
        return [];
    }
    const meant = isConfigurationKey(name) ? name : nearestName(name, Object.keys(argumentSpecs));
    const advice = meant === undefined ? "Leave it out." : `Did you mean "${project}:${meant}"?`;
    return [{ propertyPath: key, reason: `is in the namespace "${namespace}", where nothing reads it. ${advice}` }];
}

/** Whether a key holds a secret among other settings. */
function mayHoldSecret(key: string): boolean {
    return key === "authenticateOidc" || key === "routes";
}

/** Secrets of identity providers that the stack file holds in plain text. */
function plainSecrets({ authenticateOidc, routes }: Configuration, secretNames: readonly string[]): Problem[] {
    const holders = [
        ["authenticateOidc", authenticateOidc] as const,
        ...(Array.isArray(routes) ? routes : []).map(
            (route, index) =>
                [
                    `routes[${index}].authenticateOidc`,
                    (route as Partial<typeof route> | null)?.authenticateOidc,
                ] as const,
        ),
    ];
    return holders
        .filter(
            ([place, login]) => login?.clientSecret !== undefined && !secretNames.includes(place.replace(/\[.*/, "")),
        )
        .map(([place]) => ({
            propertyPath: `${place}.clientSecret`,
            reason: `is in the stack file in plain text. Store it with "pulumi config set --secret --path ${place}.clientSecret".`,
        }));
}

function isConfigurationKey(key: string): key is keyof EncryptedEdgeArgs {
    return Object.hasOwn(argumentSpecs, key);
}

function unknownKeyReason(key: string): string {
    const meant = nearestName(key, Object.keys(argumentSpecs));
    const advice = meant === undefined ? "Leave it out." : `Did you mean "${meant}"?`;
    return `is not a setting of this project. ${advice} Pulumi.yaml describes all settings.`;
}

type Parsed = { value: unknown } | { reason: string };

function parseValue(key: keyof EncryptedEdgeArgs, text: string): Parsed {
    const shown = JSON.stringify(text);
    const spec = argumentSpecs[key];
    const emptyMeansUnset = spec.form === "group" || "emptyMeansUnset" in spec || "required" in spec;
    const unset = (value: unknown, empty: boolean): Parsed => ({
        value: empty && emptyMeansUnset ? undefined : value,
    });
    switch (spec.form) {
        case "text":
            return unset(text, text === "");
        case "number":
            return /^-?\d+(\.\d+)?$/.test(text)
                ? unset(Number(text), text === "0")
                : { reason: `is ${shown}; a number is needed. Write it in digits, for example 100.` };
        case "boolean":
            return text === "true" || text === "false"
                ? unset(text === "true", text === "false")
                : { reason: `is ${shown}; allowed values are true and false. Write one of them.` };
        case "group": {
            const group = structured(text);
            return typeof group === "object" && group !== null && !Array.isArray(group)
                ? unset(group, Object.keys(group).length === 0)
                : { reason: `is ${shown}; a group of settings is needed. Write each on its own line below it.` };
        }
        case "list": {
            const list = structured(text);
            return Array.isArray(list)
                ? unset(list, list.length === 0)
                : { reason: `is ${shown}; a list is needed. Write one item a line, each after a hyphen: "- ${text}".` };
        }
    }
}

/** Lists and groups arrive as JSON. */
function structured(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
