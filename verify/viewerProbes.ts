import { randomBytes } from "node:crypto";
import { type Answer, askHttp, askHttp2, askHttps, shakeHands } from "./ask";
import { attempt, judgeCertificate, judgeOldVersions, judgeWeakCiphers, tlsEvidence, weakCiphers } from "./handshakes";
import { describe, Unreachable } from "./network";
import { type Conclusion, curl, type Probe, type ProbeContext } from "./probe";

const viewerPolicies =
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html";

/** What a viewer meets at one name. */
export function viewerProbes(context: ProbeContext, name: string): Probe[] {
    const { network, timeout } = context;
    const question = { name, port: 443, network, timeout, path: context.path };
    const url = `https://${name}${context.path}`;
    const known = { hop: "viewer to CloudFront", name } as const;
    return [
        {
            ...known,
            probe: "viewer-https",
            expected: "HTTPS is answered, through CloudFront and from the application behind it",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html",
            reproduce: curl(network, url),
            run: async () => judgeAnswer(await attempt(() => askHttps(question))),
        },
        {
            ...known,
            probe: "viewer-certificate",
            expected: `the certificate is trusted, covers ${name} and is valid for ${context.certificateDays} more days`,
            source: "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
            reproduce: curl(network, url),
            run: async () => judgeCertificate(await attempt(() => shakeHands(question)), name, context.certificateDays),
        },
        {
            ...known,
            probe: "viewer-tls-old",
            expected: "TLS 1.0 and TLS 1.1 are refused",
            source: "https://www.rfc-editor.org/rfc/rfc8996",
            reproduce: curl(network, url, { more: "--tls-max 1.1 --tlsv1.0 --ciphers DEFAULT@SECLEVEL=0" }),
            run: () => judgeOldVersions((tls) => shakeHands({ ...question, tls })),
        },
        {
            ...known,
            probe: "viewer-tls-ciphers",
            expected: "TLS 1.2 is spoken only with forward secrecy and authenticated encryption",
            source: viewerPolicies,
            reproduce: curl(network, url, { more: `--tls-max 1.2 --ciphers ${weakCiphers}` }),
            run: () => judgeWeakCiphers((tls) => shakeHands({ ...question, tls })),
        },
        {
            ...known,
            probe: "viewer-http",
            expected: "plain HTTP is answered with a redirect to HTTPS, or not at all",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
            reproduce: curl(network, `http://${name}/`),
            run: async () => judgePlainHttp(await attempt(() => askHttp({ ...question, port: 80 })), name),
        },
        {
            ...known,
            probe: "viewer-hsts",
            expected: `Strict-Transport-Security for at least ${context.strictTransportSecurityMaxAge} s`,
            source: "https://www.rfc-editor.org/rfc/rfc6797",
            reproduce: curl(network, url),
            run: async () =>
                judgeTransportSecurity(await attempt(() => askHttps(question)), context.strictTransportSecurityMaxAge),
        },
        {
            ...known,
            probe: "viewer-headers",
            expected: "X-Content-Type-Options, protection against framing and Referrer-Policy are sent",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
            reproduce: curl(network, url),
            run: async () => judgeHeaders(await attempt(() => askHttps(question))),
        },
        {
            ...known,
            probe: "viewer-http2",
            expected: "HTTP/2 is negotiated and answered",
            source: "https://www.rfc-editor.org/rfc/rfc9113",
            reproduce: curl(network, url, { more: "--http2" }),
            run: async () => {
                const answer = await attempt(() => askHttp2(question));
                return answer instanceof Error
                    ? { verdict: answer instanceof Unreachable ? "cannot tell" : "fail", seen: describe(answer) }
                    : { verdict: "pass", seen: `status ${answer.status} over HTTP/2` };
            },
        },
        {
            ...known,
            probe: "viewer-unknown-host",
            expected: "a Host that is no name of the distribution is refused",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
            reproduce: curl(network, url, { more: "-H 'Host: unknown.invalid'" }),
            run: async () => {
                const host = `${randomBytes(6).toString("hex")}.invalid`;
                const answer = await attempt(() => askHttps({ ...question, host }));
                if (answer instanceof Error) {
                    return { verdict: "cannot tell", seen: describe(answer) };
                }
                const refused = answer.status === 403 || answer.status === 421;
                return { verdict: refused ? "pass" : "fail", seen: `status ${answer.status} for Host ${host}` };
            },
        },
    ];
}

function judgeAnswer(answer: Answer | Error): Conclusion {
    if (answer instanceof Error) {
        return { verdict: "fail", seen: describe(answer) };
    }
    const { status, headers, handshake } = answer;
    const evidence = {
        status: String(status),
        ...(handshake === undefined ? {} : tlsEvidence(handshake)),
        ...Object.fromEntries(
            ["via", "x-cache", "server"].flatMap((one) =>
                headers[one] === undefined ? [] : [[one, String(headers[one])]],
            ),
        ),
    };
    if (headers["x-amz-cf-id"] === undefined) {
        return {
            verdict: "fail",
            seen: `status ${status}, and no sign of CloudFront: the firewall is not on this way`,
            evidence,
        };
    }
    if (status === 502 || status === 504) {
        return {
            verdict: "fail",
            seen: `status ${status}: CloudFront gets no answer from the load balancer over TLS that it trusts`,
            evidence,
        };
    }
    if (status >= 500) {
        return { verdict: "fail", seen: `status ${status}`, evidence };
    }
    if (status === 421) {
        return { verdict: "fail", seen: "status 421 from CloudFront: the name is another distribution's", evidence };
    }
    // An application may answer its own 403 and name itself. CloudFront puts its name where an origin gives none, and a
    // load balancer may be told to give none.
    if (status === 403 && /^(awselb|CloudFront)/.test(String(headers.server ?? ""))) {
        const seen =
            "status 403 from CloudFront, its firewall, or the load balancer, whose rule wants the secret header; if it is the application's, name another --path";
        return { verdict: "fail", seen, evidence };
    }
    return { verdict: "pass", seen: `status ${status} over ${handshake?.protocol}, ${handshake?.cipher}`, evidence };
}

function judgePlainHttp(answer: Answer | Error, name: string): Conclusion {
    if (answer instanceof Error) {
        return answer instanceof Unreachable && answer.kind === "closed"
            ? { verdict: "pass", seen: `not answered: ${answer.message}` }
            : { verdict: "cannot tell", seen: describe(answer) };
    }
    const location = answer.headers.location;
    if (answer.status >= 300 && answer.status < 400) {
        return new RegExp(`^https://${name.replaceAll(".", "\\.")}(:443)?(/|$)`, "i").test(location ?? "")
            ? { verdict: "pass", seen: `status ${answer.status} to ${location}` }
            : { verdict: "fail", seen: `status ${answer.status} to ${location ?? "nowhere"}, not to https://${name}` };
    }
    return answer.status === 403 && answer.headers["x-amz-cf-id"] !== undefined
        ? { verdict: "pass", seen: "status 403 from CloudFront" }
        : { verdict: "fail", seen: `status ${answer.status} in plaintext` };
}

function judgeTransportSecurity(answer: Answer | Error, wanted: number): Conclusion {
    if (answer instanceof Error) {
        return { verdict: "cannot tell", seen: describe(answer) };
    }
    const header = answer.headers["strict-transport-security"];
    if (header === undefined && answer.status >= 500) {
        return { verdict: "cannot tell", seen: `an error page, status ${answer.status}` };
    }
    const age = Number(/(?:^|;)\s*max-age\s*=\s*"?(\d+)/i.exec(String(header ?? ""))?.[1] ?? -1);
    return { verdict: age >= wanted ? "pass" : "fail", seen: header ?? "no such header" };
}

function judgeHeaders(answer: Answer | Error): Conclusion {
    if (answer instanceof Error) {
        return { verdict: "cannot tell", seen: describe(answer) };
    }
    if (answer.status >= 500) {
        return { verdict: "cannot tell", seen: `an error page, status ${answer.status}` };
    }
    const { headers } = answer;
    const framing =
        headers["x-frame-options"] ??
        /frame-ancestors[^;]*/i.exec(String(headers["content-security-policy"] ?? ""))?.[0];
    const evidence = {
        "x-content-type-options": String(headers["x-content-type-options"] ?? "missing"),
        framing: String(framing ?? "missing"),
        "referrer-policy": String(headers["referrer-policy"] ?? "missing"),
    };
    const missing = Object.entries(evidence).flatMap(([name, value]) => (value === "missing" ? [name] : []));
    return missing.length === 0
        ? { verdict: "pass", seen: Object.values(evidence).join(", "), evidence }
        : { verdict: "fail", seen: `missing: ${missing.join(", ")}`, evidence };
}
