import { compare } from "../comparison";
import { judgedOf } from "../configuration";
import type { Finding, Report, Verdict } from "../report";
import { hopVerdicts, overall, summaryOf } from "../verdicts";

export function finding(verdict: Verdict, change: Partial<Finding> = {}): Finding {
    return {
        probe: "viewer-https",
        hop: "viewer to CloudFront",
        name: "www.example.com",
        verdict,
        expected: "HTTPS is answered",
        seen: "status 200",
        evidence: {},
        addresses: [],
        source: "https://example.com/source",
        reproduce: "curl https://www.example.com/",
        at: "2026-01-01T00:00:00.000Z",
        ...change,
    };
}

export function report(findings: Finding[], change: Partial<Report> = {}): Report {
    return {
        verdict: overall(findings),
        summary: summaryOf(findings),
        hops: hopVerdicts(findings),
        network: "the internet",
        rehearsed: false,
        names: ["www.example.com"],
        startedAt: "2026-01-01T00:00:00.000Z",
        finishedAt: "2026-01-01T00:00:01.000Z",
        schemaVersion: 1,
        subject: {},
        prober: { version: "0.1.0", machine: "here", addresses: ["192.0.2.9"], node: "v20", openssl: "3" },
        demands: { path: "/", timeoutSeconds: 10, strictTransportSecurityMaxAge: 86_400, certificateDays: 15 },
        findings,
        ...change,
    };
}

/** All that the hop from viewers must have shown. */
export const required = [
    "viewer-https",
    "viewer-certificate",
    "viewer-tls-old",
    "viewer-tls-ciphers",
    "viewer-http",
].map((probe) => finding("pass", { probe }));
export const closed = finding("pass", { probe: "origin-network-closed", hop: "CloudFront to load balancer" });

export const judged = judgedOf({
    version: "0.1.0",
    stack: "edge/prod",
    resources: 49,
    problems: [],
    results: [
        {
            rule: "alb-target-https",
            severity: "high",
            kind: "violation",
            level: "mandatory",
            message: "plain <b>",
        },
        {
            rule: "cloudfront-web-acl",
            severity: "high",
            kind: "violation",
            level: "advisory",
            urn: "urn:x",
            message: "no web ACL\nExempted until 2027-05-01: moved in May",
            exempted: { reason: "moved in May", expires: "2027-05-01", urn: "urn:x" },
        },
    ],
    disabled: ["cloudfront-viewer-https"],
});
/** Something of all that a report may hold. */
export const everything = report(
    [
        finding("fail", { addresses: [{ address: "192.0.2.1", verdict: "fail", seen: "x" }] }),
        finding("warn", { probe: "viewer-headers" }),
        finding("cannot tell", { probe: "origin-encrypted", hop: "CloudFront to load balancer" }),
        finding("pass", {
            probe: "target-encrypted",
            hop: "load balancer to target",
            evidence: { "tls records": "7" },
        }),
    ],
    {
        subject: { stack: judged.stack, commit: "4ddb51c" },
        configuration: judged.configuration,
        hops: hopVerdicts([finding("fail")], judged.configuration),
        comparison: compare(report([finding("pass"), finding("pass", { probe: "gone" })]), [finding("fail")]),
    },
);
