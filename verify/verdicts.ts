import { type Configuration, type Finding, type Hop, hops, type HopVerdict, type Verdict } from "./report";

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

/** The policy pack's rules that speak for the encryption of a hop and for who may enter it. */
const configured: Readonly<Record<Hop, readonly string[]>> = {
    names: [],
    "viewer to CloudFront": ["cloudfront-viewer-https", "cloudfront-viewer-tls-version", "cloudfront-web-acl"],
    "CloudFront to load balancer": [
        "cloudfront-origin-https-only",
        "cloudfront-origin-tls-versions",
        "cloudfront-origin-authenticated",
        "alb-listener-https-only",
        "alb-listener-security-policy",
        "alb-no-public-ingress",
    ],
    "load balancer to target": ["alb-target-https"],
};

/** What is known of each hop. */
export function hopVerdicts(findings: readonly Finding[], configuration?: Configuration): HopVerdict[] {
    return hops.map((hop) => {
        const stated = configuration === undefined ? {} : statedOf(hop, configuration);
        const here = findings.filter((one) => one.hop === hop);
        const restsOn = here.filter((one) => decisive[hop].includes(one.probe));
        const missing = decisive[hop].filter((probe) => !restsOn.some((one) => one.probe === probe));
        const failed = here.filter((one) => one.verdict === "fail");
        const untold = [...missing, ...probesOf(restsOn.filter((one) => one.verdict === "cannot tell"))];
        if (failed.length > 0) {
            return { hop, verdict: "fail", restsOn: `failed: ${probesOf(failed).join(", ")}`, ...stated };
        }
        if (untold.length > 0) {
            return { hop, verdict: "cannot tell", restsOn: `not seen: ${[...new Set(untold)].join(", ")}`, ...stated };
        }
        const verdict = here.some((one) => one.verdict === "warn") ? "warn" : "pass";
        const everywhere = here.every((one) => one.probe !== "viewer-addresses" || one.verdict === "pass");
        const left = everywhere ? "" : "; not at every address: see viewer-addresses";
        return { hop, verdict, restsOn: `seen: ${probesOf(restsOn).join(", ")}${left}`, ...stated };
    });
}

/** What the configuration says of a hop, in a sentence; nothing where no rule is about it. */
function statedOf(hop: Hop, { disabled, results, problems }: Configuration): { readonly configuration?: string } {
    const asked = configured[hop].filter((rule) => !disabled.includes(rule));
    if (configured[hop].length === 0 || problems.length > 0) {
        return {};
    }
    const found = results.filter((one) => asked.includes(one.rule));
    const of = (...standings: string[]) => [
        ...new Set(found.filter((one) => standings.includes(one.standing)).map((one) => one.rule)),
    ];
    const groups = [
        ["violated", of("mandatory", "advisory")],
        ["cannot tell", of("cannot tell")],
        ["accepted", of("baselined", "exempted")],
        ["disabled", configured[hop].filter((rule) => disabled.includes(rule))],
        ["holds", asked.filter((rule) => !found.some((one) => one.rule === rule))],
    ] as const;
    const parts = groups.filter(([, named]) => named.length > 0).map(([word, named]) => `${word}: ${named.join(", ")}`);
    return { configuration: parts.join("; ") };
}

/** The verdict of a run: one failure fails all, and what had to be seen and was not is no pass. */
export function overall(findings: readonly Finding[], configuration?: Configuration): Verdict {
    if (findings.some((one) => one.verdict === "fail") || configuration?.verdict === "fail") {
        return "fail";
    }
    const seen = required.every((probe) => {
        const found = findings.filter((one) => one.probe === probe);
        return found.length > 0 && found.every((one) => one.verdict !== "cannot tell");
    });
    if (!seen || (configuration?.problems.length ?? 0) > 0) {
        return "cannot tell";
    }
    const warned = findings.some((one) => one.verdict === "warn") || configuration?.verdict === "warn";
    return warned ? "warn" : "pass";
}

/** The verdict of a run in one sentence. */
export function summaryOf(findings: readonly Finding[], configuration?: Configuration): string {
    const stated = (standing: string) => [
        ...new Set((configuration?.results ?? []).filter((one) => one.standing === standing).map((one) => one.rule)),
    ];
    const of = (verdict: Verdict, standing: string) =>
        [...probesOf(findings.filter((one) => one.verdict === verdict)), ...stated(standing)].join(", ");
    const unseen = hopVerdicts(findings).filter((one) => one.verdict === "cannot tell");
    const hidden = unseen.map(({ hop, restsOn }) => `${hop} (${restsOn.replace("not seen: ", "")})`);
    const rest = [
        ...(findings.some((one) => one.probe === "viewer-addresses" && one.verdict === "cannot tell")
            ? [" Some addresses of the viewers' names were not reached from here, and nothing is said of those."]
            : []),
        ...(hidden.length === 0 ? [] : [` Not seen from here: ${hidden.join("; ")}.`]),
        ...(configuration?.problems ?? []).map((problem) => ` The state was not judged: ${problem}`),
    ].join("");
    switch (overall(findings, configuration)) {
        case "fail":
            return `Something is wrong: ${of("fail", "mandatory")}.${rest}`;
        case "cannot tell":
            return `No verdict: what it needs was not seen.${rest}`;
        case "warn":
            return `Nothing is open; to fix: ${of("warn", "advisory")}.${rest}`;
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
