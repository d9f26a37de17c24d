import type { Answer } from "./ask";
import { attempt } from "./bounded";
import { connectionEvidence } from "./certificate";
import type { Endpoint } from "./endpoint";
import { inWords } from "./errorWords";
import type { Conclusion } from "./probe";
import { signsOfCloudFront } from "./responseHeaders";
import type { Target } from "./target";

/** Redirects that are followed: more than any login page needs. */
const mostRedirects = 10;

/** Whether HTTPS is answered by the application, through CloudFront, and leads nowhere in plaintext. */
export async function judgeViewerAnswer(endpoint: Endpoint, target: Target): Promise<Conclusion> {
    const answer = await attempt(endpoint.answer);
    if (answer instanceof Error) {
        return { verdict: "fail", seen: inWords(answer) };
    }
    const { status, headers, handshake } = answer;
    const evidence = {
        status: String(status),
        ...(handshake === undefined ? {} : connectionEvidence(handshake)),
        "post-quantum key exchange": postQuantumWords[String(await endpoint.postQuantum())] ?? "",
        "http/3": /(^|[\s,])h3(-\d+)?=/.test(headers["alt-svc"]?.join() ?? "")
            ? "offered by Alt-Svc"
            : "not offered by Alt-Svc",
        ...Object.fromEntries(
            ["via", "x-cache", "x-amz-cf-pop", "server"].flatMap((one) =>
                headers[one] === undefined ? [] : [[one, headers[one].join(", ")]],
            ),
        ),
    };
    const problem = problemOf(answer);
    if (problem !== undefined) {
        return { verdict: "fail", seen: problem, evidence };
    }
    const led = await whereLed(endpoint, answer, target);
    return led === undefined
        ? { verdict: "pass", seen: `status ${status} over ${handshake?.protocol}, ${handshake?.cipher}`, evidence }
        : { ...led, evidence };
}

/** Whether HTTP/2 is answered by the same edge, and leads nowhere in plaintext. */
export async function judgeHttp2(endpoint: Endpoint): Promise<Conclusion> {
    const handshake = await attempt(endpoint.handshake);
    if (handshake instanceof Error) {
        return { verdict: "cannot tell", seen: inWords(handshake) };
    }
    const answer = await attempt(endpoint.answer2);
    if (answer instanceof Error) {
        return { verdict: "warn", seen: inWords(answer) };
    }
    const { status, headers } = answer;
    const another = notCloudFront(answer);
    const next = nextUrl(answer, new URL(`https://${endpoint.address.name}/`));
    if (another !== undefined) {
        return { verdict: "fail", seen: another };
    }
    if (next instanceof URL && next.protocol === "http:") {
        return {
            verdict: "fail",
            seen: `status ${status} to ${headers.location?.[0] ?? next.href}: HTTPS leads to plaintext`,
        };
    }
    // An error page may be of HTTP/2's making or of what viewer-https has found already.
    return { verdict: status < 500 ? "pass" : "cannot tell", seen: `status ${status} over HTTP/2` };
}

const postQuantumWords: Readonly<Record<string, string>> = {
    true: "spoken (ML-KEM)",
    false: "refused",
    undefined: "not seen",
};

/** What speaks against CloudFront in an answer. */
function notCloudFront({ status, headers }: Answer): string | undefined {
    const { missing } = signsOfCloudFront(headers);
    return missing.length === 0
        ? undefined
        : missing.length === 4
          ? `status ${status}, and no sign of CloudFront: the firewall is not on this way`
          : `status ${status}, and CloudFront would send ${missing.join(", ")} as well: another server answers in its name`;
}

function problemOf(answer: Answer): string | undefined {
    const another = notCloudFront(answer);
    const { status, headers } = answer;
    if (another !== undefined) {
        return another;
    }
    if (status === 502 || status === 504) {
        return `status ${status}: CloudFront gets no answer from the load balancer over TLS that it trusts`;
    }
    if (status >= 500) {
        return `status ${status}`;
    }
    if (status === 421) {
        return "status 421 from CloudFront: the name is another distribution's";
    }
    // An application may answer its own 403 and name itself. CloudFront puts its name where an origin gives none, and a
    // load balancer may be told to give none.
    if (status === 403 && /^(awselb|CloudFront)/.test(headers.server?.join() ?? "")) {
        return "status 403 from CloudFront, its firewall, or the load balancer, whose rule wants the secret header; if it is the application's, name another --path";
    }
    return undefined;
}

/** Where an answer sends a browser: by Location or by Refresh; undefined where it stays. */
function nextUrl({ status, headers }: Answer, here: URL): URL | string | undefined {
    const refresh = /^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(headers.refresh?.[0] ?? "")?.[1];
    const location = [301, 302, 303, 307, 308].includes(status) ? headers.location?.[0] : refresh;
    return location === undefined || URL.canParse(location, here.href)
        ? location === undefined
            ? undefined
            : new URL(location, here.href)
        : location;
}

/** Follows redirects as a browser would, as long as they stay at the names that are probed. */
async function whereLed(endpoint: Endpoint, first: Answer, target: Target): Promise<Conclusion | undefined> {
    let [answer, here] = [first, new URL(`https://${endpoint.address.name}/`)];
    for (let step = 0; step <= mostRedirects; step++) {
        const next = nextUrl(answer, here);
        if (next === undefined) {
            return undefined;
        }
        if (typeof next === "string") {
            return { verdict: "fail", seen: `status ${answer.status} to ${next}, which is no URL` };
        }
        if (next.protocol === "http:") {
            const seen = `status ${answer.status} to ${answer.headers.location?.[0] ?? next.href}: HTTPS leads to plaintext`;
            return { verdict: "fail", seen };
        }
        if (next.hostname !== endpoint.address.name || !target.domainNames.includes(next.hostname)) {
            return undefined;
        }
        if (next.href === here.href && answer.headers.location === undefined) {
            // A page that is fetched anew every few seconds.
            return undefined;
        }
        const path = `${next.pathname}${next.search}`;
        const followed = await attempt(() => endpoint.ask({ path }));
        if (followed instanceof Error) {
            return { verdict: "cannot tell", seen: `redirected to ${path}, then: ${inWords(followed)}` };
        }
        [answer, here] = [followed, next];
    }
    return { verdict: "cannot tell", seen: `more than ${mostRedirects} redirects, the last to ${here.pathname}` };
}
