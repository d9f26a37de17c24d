import { readEach } from "./mistake";

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A name as Route 53 takes it for a hosted zone, in lower case and without the dot at its end. */
export function hostedZoneName(given: string): string | undefined {
    const name = given.toLowerCase().replace(/\.$/, "");
    const labels = name.split(".");
    return name.length <= 255 && labels.length > 1 && labels.every((each) => label.test(each)) ? name : undefined;
}

/** @throws MistakeError that lists every name that is not one. */
export function hostedZoneNames(given: readonly string[]): string[] {
    const problem = (each: string) => `"${each}" is not the name of a hosted zone. Write a domain such as example.com.`;
    return [...new Set(readEach(given, hostedZoneName, problem))];
}

/**
 * The public hosted zones that a program expects: every domain name under a configuration key with "zone" in its name
 * (`hostedZoneName`, `dnsZone`, `zones`), in any namespace and at any depth; those of private zones aside.
 * @param sources `config` of the project's file and of the stack's.
 */
export function configuredHostedZones(...sources: unknown[]): string[] {
    return [...new Set(sources.flatMap(zonesWithin))];
}

function zonesWithin(value: unknown): string[] {
    return typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([key, inner]) => {
              const name = key.split(":").at(-1) ?? "";
              return /zone/i.test(name) && !/private/i.test(name) ? namesIn(inner) : zonesWithin(inner);
          });
}

/** A name, several, or what Pulumi.yaml declares of a key: its `value` or `default`. */
function namesIn(value: unknown): string[] {
    if (typeof value === "string") {
        return [hostedZoneName(value) ?? []].flat();
    }
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const { value: set, default: fallback, name } = value as Record<string, unknown>;
    return (Array.isArray(value) ? value : [set, fallback, name]).flatMap(namesIn);
}
