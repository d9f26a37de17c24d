import { randomBytes } from "node:crypto";
import type { Answer } from "./ask";
import { attempt } from "./bounded";
import { type Endpoint, whyNotReached } from "./endpoint";
import { inWords } from "./errorWords";
import { firewallProbe } from "./firewallProbe";
import { judgePlaintext } from "./plaintext";
import { type Conclusion, curl, Port, type Probe, type ProbeContext } from "./probe";
import { judgeHeaders, transportSecurity } from "./responseHeaders";
import { certificateAt, oldVersionsAt, weakSuitesAt } from "./tlsProbes";
import { worst } from "./verdicts";
import { judgeHttp2, judgeViewerAnswer } from "./viewerAnswer";

const viewerPolicies =
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html";

/** What a viewer meets at one name. */
export function viewerProbes(context: ProbeContext, name: string, secure: Port): Probe[] {
    const { network } = context;
    const url = `https://${name}${context.path}`;
    const known = { hop: "viewer to CloudFront", name } as const;
    const plain = new Port(context, name, 80);
    return [
        {
            ...known,
            probe: "viewer-addresses",
            expected: "each address of the name is reached on port 443, IPv4 and IPv6",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-enable-ipv6.html",
            reproduce: curl(network, url),
            run: () => judgeAddresses(secure),
        },
        {
            ...known,
            probe: "viewer-https",
            expected: "HTTPS is answered, through CloudFront and from the application behind it, and stays HTTPS",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html",
            reproduce: curl(network, url),
            run: async () => {
                const concluded = await secure.atEach((endpoint) => judgeViewerAnswer(endpoint, context.target));
                // A port that is closed for certain answers nothing; one that is merely silent may be this side's fault.
                const reasons = await Promise.all((await secure.endpoints()).map(whyNotReached));
                const closed = reasons.length > 0 && reasons.every((one) => /closed|refused/.test(one?.kind ?? ""));
                return closed ? { ...concluded, verdict: "fail" } : concluded;
            },
        },
        {
            ...known,
            probe: "viewer-certificate",
            expected: `the certificate is trusted, covers ${name}, is valid for ${context.certificateDays} more days and cannot be forged`,
            source: "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
            reproduce: curl(network, url),
            run: () => secure.atEach((endpoint) => certificateAt(endpoint, context.certificateDays)),
        },
        {
            ...known,
            probe: "viewer-tls-old",
            expected: "SSL 2.0, SSL 3.0, TLS 1.0 and TLS 1.1 are refused, whatever the suite",
            source: "https://www.rfc-editor.org/rfc/rfc8996",
            reproduce: curl(network, url, { more: "--tls-max 1.1 --tlsv1.0 --ciphers DEFAULT@SECLEVEL=0" }),
            run: () => secure.atEach(oldVersionsAt),
        },
        {
            ...known,
            probe: "viewer-tls-ciphers",
            expected: "TLS 1.2 and 1.3 are spoken only with ephemeral elliptic curves and authenticated encryption",
            source: viewerPolicies,
            reproduce: curl(network, url, {
                more: "--tls-max 1.2 --ciphers 'ALL:!ECDHE+AESGCM:!ECDHE+CHACHA20:@SECLEVEL=0'",
            }),
            run: () => secure.atEach(weakSuitesAt),
        },
        {
            ...known,
            probe: "viewer-http",
            expected: "plain HTTP is redirected to HTTPS on every path, or the port is closed",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
            reproduce: curl(network, `http://${name}/`),
            run: () => judgePlaintext(plain, context.path),
        },
        {
            ...known,
            probe: "viewer-hsts",
            expected: `Strict-Transport-Security for at least ${context.strictTransportSecurityMaxAge} s`,
            source: "https://www.rfc-editor.org/rfc/rfc6797",
            reproduce: curl(network, url),
            run: () =>
                secure.atEach((endpoint) =>
                    ofApplication(endpoint, (headers) =>
                        judgeTransportSecurity(headers, context.strictTransportSecurityMaxAge),
                    ),
                ),
        },
        {
            ...known,
            probe: "viewer-headers",
            expected:
                "X-Content-Type-Options, protection against framing and Referrer-Policy are sent, and cookies are Secure",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
            reproduce: curl(network, url),
            run: () => secure.atEach((endpoint) => ofApplication(endpoint, judgeHeaders)),
        },
        {
            ...known,
            probe: "viewer-http2",
            expected: "HTTP/2 is negotiated and answered",
            source: "https://www.rfc-editor.org/rfc/rfc9113",
            reproduce: curl(network, url, { more: "--http2" }),
            run: () => secure.atEach(judgeHttp2),
        },
        {
            ...known,
            probe: "viewer-unknown-host",
            expected: "a Host that is no name of the distribution is refused",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
            reproduce: curl(network, url, { more: "-H 'Host: unknown.invalid'" }),
            run: () =>
                secure.atEach(async (endpoint) => {
                    const host = `${randomBytes(6).toString("hex")}.invalid`;
                    const answer = await attempt(() => endpoint.ask({ host }));
                    if (answer instanceof Error) {
                        return { verdict: "cannot tell", seen: inWords(answer) };
                    }
                    const refused = answer.status === 403 || answer.status === 421;
                    return { verdict: refused ? "pass" : "fail", seen: `status ${answer.status} for Host ${host}` };
                }),
        },
        firewallProbe(context, name, secure),
    ];
}

/** What cannot be reached cannot be judged, so it is said which addresses every other probe leaves out. */
async function judgeAddresses(port: Port): Promise<Conclusion> {
    const { missing, problems } = await port.addresses();
    const endpoints = await port.endpoints();
    const each = await Promise.all(
        endpoints.map(async (endpoint) => {
            const reason = await whyNotReached(endpoint);
            return {
                address: endpoint.address.address,
                family: endpoint.address.family,
                verdict:
                    reason === undefined
                        ? "pass"
                        : reason.kind === "refused" || reason.kind === "closed"
                          ? "warn"
                          : "cannot tell",
                seen: reason?.message ?? "connected",
            } as const;
        }),
    );
    const addresses = each.map(({ address, verdict, seen }) => ({ address, verdict, seen }));
    const left = each.filter((one) => one.verdict !== "pass");
    const count = (family: 4 | 6) => each.filter((one) => one.verdict === "pass" && one.family === family).length;
    if (missing || endpoints.length === 0 || left.length === each.length) {
        return { verdict: "cannot tell", seen: await port.whyNothing(), addresses };
    }
    const reached = `${count(4)} of IPv4 and ${count(6)} of IPv6 reached`;
    const reasons = [
        ...problems,
        ...[...new Set(left.map((one) => one.seen))].map((seen) => {
            const at = left.filter((one) => one.seen === seen).map((one) => one.address);
            return `not probed: ${at.slice(0, 3).join(", ")}${at.length > 3 ? ` and ${at.length - 3} more` : ""} (${seen})`;
        }),
    ];
    if (reasons.length === 0) {
        return { verdict: "pass", seen: reached, addresses };
    }
    const warned = problems.length === 0 && left.every((one) => one.verdict === "warn");
    return { verdict: warned ? "warn" : "cannot tell", seen: `${reached}; ${reasons.join("; ")}`, addresses };
}

/** What the application's headers say, over HTTP/1.1 and, where it is spoken, over HTTP/2, which browsers take. */
async function ofApplication(
    endpoint: Endpoint,
    judge: (headers: Answer["headers"]) => Conclusion,
): Promise<Conclusion> {
    const first = await attempt(endpoint.answer);
    if (first instanceof Error) {
        return { verdict: "cannot tell", seen: inWords(first) };
    }
    const other = await attempt(endpoint.answer2);
    const over1 = judgePage(first, judge);
    const over2 = other instanceof Error ? over1 : judgePage(other, judge);
    return worst([over1.verdict, over2.verdict]) === over1.verdict
        ? over1
        : { ...over2, seen: `HTTP/2: ${over2.seen}` };
}

/** An error page of CloudFront's own has none of the application's headers, and that is no second failure. */
function judgePage({ status, headers }: Answer, judge: (headers: Answer["headers"]) => Conclusion): Conclusion {
    const ownPage = status >= 400 && headers.server?.join() === "CloudFront";
    return ownPage || status >= 500
        ? { verdict: "cannot tell", seen: `an error page, status ${status}` }
        : judge(headers);
}

function judgeTransportSecurity(headers: Answer["headers"], wanted: number): Conclusion {
    const policy = transportSecurity(headers);
    if ("invalid" in policy) {
        return { verdict: "fail", seen: policy.invalid };
    }
    const seen = headers["strict-transport-security"]?.[0] ?? "";
    return { verdict: policy.maxAge >= wanted ? "pass" : "fail", seen };
}
