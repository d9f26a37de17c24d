/** What a probe concluded. `cannot tell` is honest: it is neither good nor bad, and says what was in the way. */
export type Verdict = "pass" | "fail" | "cannot tell";

/** The legs of the way from a viewer to the application, and the names that lead there. */
export const hops = [
    "names",
    "viewer to CloudFront",
    "CloudFront to load balancer",
    "load balancer to target",
] as const;
export type Hop = (typeof hops)[number];

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
    readonly evidence: Readonly<Record<string, string>>;
    /** The document that the expectation comes from. */
    readonly source: string;
    /** A command that shows the same to anybody. */
    readonly reproduce: string;
    /** When it was probed, ISO 8601 in UTC. */
    readonly at: string;
}

/** The evidence of one run. */
export interface Report {
    /** `fail` if any finding failed, else `pass` if any passed. */
    readonly verdict: Verdict;
    /** The network that was probed: the internet, or a rehearsal, which says so. */
    readonly network: string;
    /** True if AWS was rehearsed, so that the report is no evidence about AWS itself. */
    readonly rehearsed: boolean;
    readonly names: readonly string[];
    readonly startedAt: string;
    readonly finishedAt: string;
    /** The machine and the programs that probed. */
    readonly from: Readonly<Record<string, string>>;
    readonly findings: readonly Finding[];
}

/** The verdict of many: one failure fails all, and what nobody could see is no pass. */
export function overall(findings: readonly Finding[]): Verdict {
    if (findings.some((one) => one.verdict === "fail")) {
        return "fail";
    }
    return findings.some((one) => one.verdict === "pass") ? "pass" : "cannot tell";
}

/** How many findings have each verdict, in words. */
export function counted(findings: readonly Finding[]): string {
    const count = (verdict: Verdict) => findings.filter((one) => one.verdict === verdict).length;
    return `${count("pass")} pass, ${count("fail")} fail, ${count("cannot tell")} cannot tell`;
}
