import { isObject, type Failure, type Values } from "../../provider";

/** What of the provider's configuration means something to the rehearsal. */
export interface Configuration {
    readonly region: string;
    readonly defaultTags: Readonly<Record<string, string>>;
}

const regionForm = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Partitions with accounts and endpoints of their own, which have no us-east-1. Source: AWS General Reference, "Regions". */
const otherPartitions = /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/;

/** Reads the configuration of the provider; objects in it are JSON, as the engine passes them. */
export function readConfiguration(inputs: Values): { configuration: Configuration; failures: Failure[] } {
    const region = typeof inputs.region === "string" ? inputs.region : "";
    const failures: Failure[] = [];
    if (region === "") {
        failures.push({
            property: "region",
            reason: 'is missing. Write "aws:region: eu-central-1", or the region you mean, into the stack file, or set AWS_REGION.',
        });
    } else if (!isRegion(region)) {
        failures.push({ property: "region", reason: invalidRegion(region) });
    }
    const given = parsed(inputs.defaultTags);
    const tags = isObject(given) ? given.tags : undefined;
    const defaultTags = Object.fromEntries(
        Object.entries(isObject(tags) ? tags : {}).filter(
            (entry): entry is [string, string] => typeof entry[1] === "string",
        ),
    );
    return { configuration: { region, defaultTags }, failures };
}

export function isRegion(region: string): boolean {
    return regionForm.test(region) && !otherPartitions.test(region);
}

export function invalidRegion(region: string): string {
    return `is "${region}", which is no region of the partition "aws", the only one that is rehearsed. Write one such as "eu-central-1" or "us-east-1".`;
}

function parsed(value: unknown): unknown {
    if (typeof value !== "string") {
        return value;
    }
    try {
        return JSON.parse(value);
    } catch {
        return undefined;
    }
}
