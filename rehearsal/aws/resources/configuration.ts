import { nearestName } from "@encrypted-edge/common";
import { containsUnknown, type Failure, isObject, type Typings, type Values } from "../../provider";
import { AwsValueCheck } from "./checkValue";

/** What of the provider's configuration means something to the rehearsal. */
export interface Configuration {
    readonly region: string;
    readonly defaultTags: Readonly<Record<string, string>>;
}

/** Partitions with accounts and endpoints of their own, which have no us-east-1. Source: AWS General Reference, "Regions". */
const otherPartitions = /^(cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/;

/** What the engine notes of the plugin itself among a provider's settings. */
const plugins = ["version", "pluginDownloadURL"];

/** Reads the configuration of the provider. */
export function readConfiguration(inputs: Values): Configuration {
    const { region, defaultTags } = unpacked(inputs);
    const tags = isObject(defaultTags) && isObject(defaultTags.tags) ? defaultTags.tags : {};
    return {
        region: typeof region === "string" ? region : "",
        defaultTags: Object.fromEntries(
            Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
        ),
    };
}

/** Every problem of a configuration: settings that the provider does not have, of other types, and the region. */
export function configurationProblems(inputs: Values, typings: Typings): readonly Failure[] {
    const check = new AwsValueCheck(typings, "the aws provider's configuration");
    const settings = Object.entries(unpacked(inputs)).filter(([name]) => !plugins.includes(name));
    check.object(Object.fromEntries(settings), typings.configuration);
    const region = parsed(inputs.region);
    if (region === undefined || region === "") {
        check.report(
            "region",
            'is missing. Write "aws:region: eu-central-1", or the region you mean, into the stack file, or set AWS_REGION. A provider that the program makes itself reads no stack file: give it the argument region, or set AWS_REGION.',
        );
    } else if (typeof region === "string" && !containsUnknown(region) && !isRegion(region, typings.regions)) {
        check.report("region", invalidRegion(region, typings.regions));
    }
    return check.failures;
}

export function isRegion(region: string, known: readonly string[]): boolean {
    return known.includes(region) && !otherPartitions.test(region);
}

export function invalidRegion(region: string, known: readonly string[]): string {
    const near = known.includes(region)
        ? undefined
        : nearestName(
              region,
              known.filter((each) => !otherPartitions.test(each)),
          );
    const remedy = near === undefined ? 'Write one such as "eu-central-1" or "us-east-1".' : `Did you mean "${near}"?`;
    return `is "${region}", which is no region of the partition "aws", the only one that is rehearsed. ${remedy}`;
}

/** The engine passes everything but text as JSON. */
function unpacked(inputs: Values): Values {
    return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, parsed(value)]));
}

function parsed(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[[{]/.test(value)) {
        return value;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return value;
    }
}
