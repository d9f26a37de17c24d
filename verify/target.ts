/** What is probed: the names of a deployed edge and what its owner says of it. */
export interface Target {
    /** Names that viewers use. At least one. */
    readonly domainNames: readonly string[];
    /** Name by which CloudFront finds the load balancer. Default: nothing is probed there. */
    readonly originDomainName?: string;
    /** Port of the load balancer on which CloudFront reaches it. Default: 443. */
    readonly originPort?: number;
    /** The load balancer's own name in AWS. Default: it is not probed under that name. */
    readonly loadBalancerDnsName?: string;
    /** Protocol to the targets as the stack's outputs state it, HTTPS or HTTP. Default: not stated. */
    readonly targetProtocol?: string;
}

/** The account of every rehearsal. AWS keeps the number for its documentation, so that no deployment has it. */
export const rehearsedAccount = "111122223333";

/** Every problem of what was given, so that all can be mended at once. */
export class TargetProblems extends Error {
    constructor(readonly problems: readonly string[]) {
        super(problems.join("\n"));
    }
}

/** The outputs that are read; any other output is ignored and never shown, since it may be a secret. */
export const outputNames = [
    "url",
    "domainNames",
    "originDomainName",
    "originPort",
    "loadBalancerDnsName",
    "targetProtocol",
] as const;

/**
 * Reads a target from the outputs of a stack, as `pulumi stack output --json` prints them.
 *
 * @throws TargetProblems naming every output that is missing or of another shape
 */
export function targetFromOutputs(outputs: unknown): Target {
    if (typeof outputs !== "object" || outputs === null || Array.isArray(outputs)) {
        throw new TargetProblems([
            "The outputs are not a JSON object. Write them with `pulumi stack output --json > outputs.json`.",
        ]);
    }
    const given = outputs as Readonly<Record<string, unknown>>;
    const problems: string[] = [];
    const name = (output: "originDomainName" | "loadBalancerDnsName") => {
        const value = given[output];
        if (value === undefined || value === null) {
            return undefined;
        }
        if (typeof value !== "string" || !isDnsName(value)) {
            problems.push(`Output ${output} is ${shown(value)}: expected a DNS name such as origin.example.com.`);
            return undefined;
        }
        return normal(value);
    };
    const target = {
        domainNames: viewerNames(given, problems),
        originDomainName: name("originDomainName"),
        originPort: port(given.originPort, problems),
        loadBalancerDnsName: name("loadBalancerDnsName"),
        targetProtocol: protocol(given.targetProtocol, problems),
    };
    if (problems.length > 0) {
        throw new TargetProblems(problems);
    }
    return target;
}

function viewerNames(given: Readonly<Record<string, unknown>>, problems: string[]): string[] {
    const { domainNames, url } = given;
    if (domainNames !== undefined && domainNames !== null) {
        if (!Array.isArray(domainNames) || domainNames.length === 0) {
            problems.push(
                `Output domainNames is ${shown(domainNames)}: expected a list of DNS names such as ["www.example.com"].`,
            );
            return [];
        }
        const wrong = domainNames.filter((one) => typeof one !== "string" || !isDnsName(one));
        problems.push(
            ...wrong.map(
                (one) => `Output domainNames holds ${shown(one)}: expected a DNS name such as www.example.com.`,
            ),
        );
        // A wildcard name cannot be asked for; a name below it can.
        return domainNames
            .filter((one): one is string => typeof one === "string" && isDnsName(one))
            .map((one) => normal(one).replace(/^\*\./, "verify-edge."));
    }
    if (typeof url === "string" && URL.canParse(url)) {
        return [new URL(url).hostname];
    }
    problems.push(
        url === undefined
            ? "Neither output domainNames nor output url is there: export one of them, or name what to probe with --domain-name."
            : `Output url is ${shown(url)}: expected a URL such as https://www.example.com.`,
    );
    return [];
}

function protocol(value: unknown, problems: string[]): string | undefined {
    if (value === undefined || value === null || value === "HTTPS" || value === "HTTP") {
        return value ?? undefined;
    }
    problems.push(`Output targetProtocol is ${shown(value)}: expected HTTPS or HTTP.`);
    return undefined;
}

function port(value: unknown, problems: string[]): number | undefined {
    if (value === undefined || value === null) {
        return undefined;
    }
    // YAML programs and other languages may give out a number as text.
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= 65535) {
        return number;
    }
    problems.push(`Output originPort is ${shown(value)}: expected a port such as 443.`);
    return undefined;
}

/** Whether a text can be the name of a host (RFC 1123 2.1), a wildcard label in front included. */
export function isDnsName(name: string): boolean {
    return (
        name.length <= 253 &&
        /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?$/i.test(name)
    );
}

/** A target with each name as it is asked for: lower case, and below a wildcard one that stands for all. */
export function normalTarget(target: Target): Target {
    const domainNames = [...new Set(target.domainNames.map((name) => normal(name).replace(/^\*\./, "verify-edge.")))];
    return { ...target, domainNames };
}

function normal(name: string): string {
    return name.toLowerCase().replace(/\.$/, "");
}

/** A value in a message, short. What Pulumi hides stays hidden. */
function shown(value: unknown): string {
    const json = JSON.stringify(value) ?? String(value);
    return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}
