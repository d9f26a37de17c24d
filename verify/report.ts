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
}

/** The evidence of one run. */
export interface Report {
    readonly verdict: Verdict;
    /** The verdict in a sentence: what it rests on, and what nobody could see. */
    readonly summary: string;
    /** The network that was probed: the internet, or a rehearsal, which says so. */
    readonly network: string;
    /** True if AWS was rehearsed, so that the report is no evidence about AWS itself. */
    readonly rehearsed: boolean;
    readonly names: readonly string[];
    readonly startedAt: string;
    readonly finishedAt: string;
    /** The machine and the programs that probed. */
    readonly from: Readonly<Record<string, string>>;
    readonly hops: readonly HopVerdict[];
    readonly findings: readonly Finding[];
}

/**
 * The probes that a hop's verdict rests on: each of them must have passed, at every name where it ran. Any other probe
 * of the hop can only make it worse.
 */
const decisive: Readonly<Record<Hop, readonly string[]>> = {
    names: ["name-address"],
    "viewer to CloudFront": [
        "viewer-https",
        "viewer-certificate",
        "viewer-tls-old",
        "viewer-tls-ciphers",
        "viewer-http",
    ],
    "CloudFront to load balancer": ["origin-network-closed", "origin-encrypted"],
    "load balancer to target": ["target-encrypted"],
};

/** What every passing report must have seen; the encryption of the hops behind the edge cannot be seen from outside. */
const required = [...decisive["viewer to CloudFront"], "origin-network-closed"];

/** The worst of many verdicts, for each of which it must have been possible to tell. */
export function worst(verdicts: readonly Verdict[]): Verdict {
    const order = ["fail", "cannot tell", "warn", "pass"] as const;
    return order.find((one) => verdicts.includes(one)) ?? "cannot tell";
}

/** What is known of each hop. */
export function hopVerdicts(findings: readonly Finding[]): HopVerdict[] {
    return hops.map((hop) => {
        const here = findings.filter((one) => one.hop === hop);
        const restsOn = here.filter((one) => decisive[hop].includes(one.probe));
        const missing = decisive[hop].filter((probe) => !restsOn.some((one) => one.probe === probe));
        const failed = here.filter((one) => one.verdict === "fail");
        const untold = [...missing, ...probesOf(restsOn.filter((one) => one.verdict === "cannot tell"))];
        if (failed.length > 0) {
            return { hop, verdict: "fail", restsOn: `failed: ${probesOf(failed).join(", ")}` };
        }
        if (untold.length > 0) {
            return { hop, verdict: "cannot tell", restsOn: `not seen: ${[...new Set(untold)].join(", ")}` };
        }
        const verdict = here.some((one) => one.verdict === "warn") ? "warn" : "pass";
        return { hop, verdict, restsOn: `seen: ${probesOf(restsOn).join(", ")}` };
    });
}

/** The verdict of a run: one failure fails all, and what had to be seen and was not is no pass. */
export function overall(findings: readonly Finding[]): Verdict {
    if (findings.some((one) => one.verdict === "fail")) {
        return "fail";
    }
    const seen = required.every((probe) => {
        const found = findings.filter((one) => one.probe === probe);
        return found.length > 0 && found.every((one) => one.verdict !== "cannot tell");
    });
    return seen ? (findings.some((one) => one.verdict === "warn") ? "warn" : "pass") : "cannot tell";
}

/** The verdict of a run in one sentence. */
export function summaryOf(findings: readonly Finding[]): string {
    const of = (verdict: Verdict) => probesOf(findings.filter((one) => one.verdict === verdict));
    const unseen = hopVerdicts(findings).filter((one) => one.verdict === "cannot tell");
    const rest =
        unseen.length === 0
            ? ""
            : ` Not seen from here: ${unseen.map(({ hop, restsOn }) => `${hop} (${restsOn.replace("not seen: ", "")})`).join("; ")}.`;
    switch (overall(findings)) {
        case "fail":
            return `Something is wrong: ${of("fail").join(", ")}.${rest}`;
        case "cannot tell":
            return `Nothing is proved: what a verdict needs was not seen.${rest}`;
        case "warn":
            return `Nothing is open; to be mended: ${of("warn").join(", ")}.${rest}`;
        case "pass":
            return `${unseen.length === 0 ? "Every hop is encrypted." : "Everything that can be seen from here is right."}${rest}`;
    }
}

function probesOf(findings: readonly Finding[]): string[] {
    return [...new Set(findings.map((one) => one.probe))];
}

/** How many findings have each verdict, in words. */
export function counted(findings: readonly Finding[]): string {
    const count = (verdict: Verdict) => findings.filter((one) => one.verdict === verdict).length;
    const warned = count("warn");
    return `${count("pass")} pass, ${warned === 0 ? "" : `${warned} warn, `}${count("fail")} fail, ${count("cannot tell")} cannot tell`;
}
