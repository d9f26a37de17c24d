import type { Answer } from "./ask";
import { attempt } from "./bounded";
import { connectionEvidence } from "./certificate";
import type { Endpoint } from "./endpoint";
import { inWords } from "./errorWords";
import type { Conclusion } from "./probe";
import { signsOfCloudFront } from "./responseHeaders";
import type { Target } from "./target";

/** Redirects that are followed: enough for a login page, and no loop. */
const mostRedirects = 3;

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
    const problem = problemOf(answer) ?? (await plaintextTarget(endpoint, answer, target));
    return problem === undefined
        ? { verdict: "pass", seen: `status ${status} over ${handshake?.protocol}, ${handshake?.cipher}`, evidence }
        : { verdict: "fail", seen: problem, evidence };
}

const postQuantumWords: Readonly<Record<string, string>> = {
    true: "spoken (ML-KEM)",
    false: "refused",
    undefined: "not seen",
};

function problemOf({ status, headers }: Answer): string | undefined {
    const { missing } = signsOfCloudFront(headers);
    if (missing.length > 0) {
        return missing.length === 4
            ? `status ${status}, and no sign of CloudFront: the firewall is not on this way`
            : `status ${status}, and CloudFront would send ${missing.join(", ")} as well: another server answers in its name`;
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

/** Follows redirects as a browser would, as long as they stay at the names that are probed. */
async function plaintextTarget(endpoint: Endpoint, first: Answer, target: Target): Promise<string | undefined> {
    let [answer, here] = [first, new URL(`https://${endpoint.address.name}/`)];
    for (let step = 0; step <= mostRedirects; step++) {
        const location = answer.headers.location?.[0];
        if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) {
            return undefined;
        }
        if (!URL.canParse(location, here.href)) {
            return `status ${answer.status} to ${location}, which is no URL`;
        }
        const next = new URL(location, here.href);
        if (next.protocol === "http:") {
            return `status ${answer.status} to ${location}: HTTPS leads to plaintext`;
        }
        if (next.hostname !== endpoint.address.name || !target.domainNames.includes(next.hostname)) {
            return undefined;
        }
        const followed = await attempt(() => endpoint.ask({ path: `${next.pathname}${next.search}` }));
        if (followed instanceof Error) {
            return undefined;
        }
        [answer, here] = [followed, next];
    }
    return undefined;
}
