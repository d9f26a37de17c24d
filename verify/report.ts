/**
 * What a probe concluded. `warn` is something to mend that opens nothing. `cannot tell` is honest: it is neither good
 * nor bad, and says what was in the way.
 */
export type Verdict = "pass" | "warn" | "fail" | "cannot tell";

/** The legs of the way from a viewer to the application, and the names that lead there. */
export const hops = [
    "names",
    "viewer to CloudFront",
    "CloudFront to load balancer",
    "load balancer to target",
] as const;
export type Hop = (typeof hops)[number];

/** What one probe saw at one address of a name. */
export interface AddressFinding {
    readonly address: string;
    readonly verdict: Verdict;
    readonly seen: string;
}

/** Details by name. */
export interface Evidence {
    readonly [name: string]: string;
}

/** What one probe saw. */
export interface Finding {
    /** Stable name of the probe, such as `viewer-tls-old`. */
    readonly probe: string;
    readonly hop: Hop;
    /** The name that was probed. */
    readonly name: string;
    readonly verdict: Verdict;
    /** What must hold, in a sentence. */
    readonly expected: string;
    /** What was seen, in a sentence. */
    readonly seen: string;
    /** Details for an auditor: TLS version, cipher, certificate, headers. Never a secret. */
    readonly evidence: Evidence;
    /** What was seen at each address; empty where a probe is not about addresses. */
    readonly addresses: readonly AddressFinding[];
    /** The document that the expectation comes from. */
    readonly source: string;
    /** A command that shows the same to anybody. */
    readonly reproduce: string;
    /** When it was probed, ISO 8601 in UTC. */
    readonly at: string;
}

/** What is known of the encryption of one hop, and by which probes. */
export interface HopVerdict {
    readonly hop: Hop;
    readonly verdict: Verdict;
    /** What the verdict rests on, in a sentence. */
    readonly restsOn: string;
    /** What the rules of the policy pack say of this hop, from the state; it is no part of the verdict, which is seen. */
    readonly configuration?: string;
}

/** What was probed, as far as somebody said. */
export interface Subject {
    /** Name of the stack, as organization/project/stack or a part of it. */
    readonly stack?: string;
    /** Commit of the program that was deployed. */
    readonly commit?: string;
}

/** Who probed, with what. */
export interface Prober {
    /** Version of this package. */
    readonly version: string;
    readonly machine: string;
    /** The addresses that it called from, as the machine itself sees them. */
    readonly addresses: readonly string[];
    readonly node: string;
    readonly openssl: string;
}

/** What was demanded where a demand can be chosen. */
export interface Demands {
    readonly path: string;
    readonly timeoutSeconds: number;
    readonly strictTransportSecurityMaxAge: number;
    readonly certificateDays: number;
}

/** What a rule of the policy pack says of the stack's state. */
export interface PolicyResult {
    readonly rule: string;
    readonly severity: string;
    /** `mandatory` and `advisory` are violations; `cannot tell`, `baselined` and `exempted` are what they say. */
    readonly standing: string;
    /** The resource that it is about; missing where the whole stack is meant. */
    readonly urn?: string;
    readonly message: string;
    /** Why it is accepted, and until when, where it is exempted. */
    readonly exempted?: string;
}

/** The configuration behind the edge, judged by the policy pack from the stack's state. Nothing of it was seen on a wire. */
export interface Configuration {
    /** The package that judged, and its version. */
    readonly pack: string;
    readonly packVersion: string;
    readonly verdict: Verdict;
    readonly resources: number;
    /** The rules that the policy configuration disables: they were not asked. */
    readonly disabled: readonly string[];
    /** Everything that they found; empty where every rule that applies holds. */
    readonly results: readonly PolicyResult[];
    /** Why the state could not be judged. */
    readonly problems: readonly string[];
}

/** One probe that concludes otherwise than in an earlier report. */
export interface Change {
    readonly probe: string;
    readonly name: string;
    /** Missing where the earlier report had no such finding. */
    readonly before?: Verdict;
    /** Missing where this report has no such finding. */
    readonly after?: Verdict;
    /** What was seen now; where nothing was, what was seen before. */
    readonly seen: string;
}

/** What is different from an earlier report. */
export interface Comparison {
    /** When the earlier run began, and how it ended. */
    readonly startedAt: string;
    readonly verdict: Verdict;
    readonly changes: readonly Change[];
}

/** The evidence of one run, as `report.schema.json` describes it. */
export interface Report {
    /** Version of this form. It rises when a property changes its meaning or goes. */
    readonly schemaVersion: 1;
    readonly verdict: Verdict;
    /** The verdict in a sentence: what it rests on, and what nobody could see. */
    readonly summary: string;
    readonly subject: Subject;
    /** The network that was probed: the internet, or a rehearsal, which says so. */
    readonly network: string;
    /** True if AWS was rehearsed, so that the report is no evidence about AWS itself. */
    readonly rehearsed: boolean;
    readonly names: readonly string[];
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly prober: Prober;
    readonly demands: Demands;
    readonly hops: readonly HopVerdict[];
    readonly findings: readonly Finding[];
    /** What the stack's state says of the hops that nobody sees from outside. Missing where no state was given. */
    readonly configuration?: Configuration;
    /** Missing where no earlier report was given. */
    readonly comparison?: Comparison;
}

/** The report for machines: what `--json` writes, byte for byte. */
export function json(report: Report): string {
    return `${JSON.stringify(report, undefined, 2)}\n`;
}
