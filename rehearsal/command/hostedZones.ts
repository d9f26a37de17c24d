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
    const found = new Set<string>();
    sources.forEach((source) => collect(source, found));
    return [...found];
}

function collect(value: unknown, found: Set<string>): void {
    if (typeof value !== "object" || value === null) {
        return;
    }
    for (const [key, inner] of Object.entries(value)) {
        const name = key.split(":").at(-1) ?? "";
        if (/zone/i.test(name) && !/private/i.test(name)) {
            collectNames(inner, found);
        } else {
            collect(inner, found);
        }
    }
}

/** A name, several, or what Pulumi.yaml declares of a key: its `value` or `default`. */
function collectNames(value: unknown, found: Set<string>): void {
    if (typeof value === "string") {
        const name = hostedZoneName(value);
        if (name !== undefined) {
            found.add(name);
        }
    } else if (Array.isArray(value)) {
        value.forEach((each) => collectNames(each, found));
    } else if (typeof value === "object" && value !== null) {
        const { value: set, default: fallback, name } = value as Record<string, unknown>;
        [set, fallback, name].forEach((each) => collectNames(each, found));
    }
}
