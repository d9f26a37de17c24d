import { randomBytes } from "node:crypto";
import type { Answer } from "./ask";
import { attempt } from "./bounded";
import { type Endpoint, whyNotReached } from "./endpoint";
import { inWords } from "./errorWords";
import { type Conclusion, merged, type Port } from "./probe";
import { signsOfCloudFront } from "./responseHeaders";
import { worst } from "./verdicts";

/** What plain HTTP leads to, at each address, on the path that is probed and on one that nobody prepared for. */
export async function judgePlaintext(port: Port, path: string): Promise<Conclusion> {
    const endpoints = await port.endpoints();
    const [first] = await port.reached();
    if (endpoints.length === 0) {
        return { verdict: "cannot tell", seen: await port.whyNothing() };
    }
    const unknown = `/verify-edge-${randomBytes(8).toString("hex")}`;
    const few: Question[] = ["/", unknown].map((one) => ({ method: "GET", path: one }));
    const all: Question[] = [
        ...few,
        ...(path === "/" ? [] : [{ method: "GET", path }]),
        // A path that nobody prepared for, so that nothing is changed by it.
        ...["HEAD", "OPTIONS", "POST"].map((method) => ({ method, path: unknown })),
    ];
    return merged(
        await Promise.all(
            endpoints.map(async (endpoint) => ({
                address: endpoint.address.address,
                conclusion: await judgeEndpoint(endpoint, endpoint === first ? all : few),
            })),
        ),
    );
}

interface Question {
    readonly method: string;
    readonly path: string;
}

async function judgeEndpoint(endpoint: Endpoint, questions: readonly Question[]): Promise<Conclusion> {
    const reason = await whyNotReached(endpoint);
    if (reason !== undefined) {
        // Silence may be a firewall on this side; a reset or the network's own word is not.
        const closed = reason.kind === "closed" || reason.kind === "refused";
        return { verdict: closed ? "pass" : "cannot tell", seen: `not answered: ${reason.message}` };
    }
    const each = await Promise.all([
        ...questions.map((question) => judgeQuestion(endpoint, question)),
        judgeHttp2InClear(endpoint),
    ]);
    const verdict = worst(each.map((one) => one.verdict));
    const seen = each.filter((one) => one.verdict === verdict).map((one) => one.seen);
    // What is right is right in one way; what is wrong may be so in many.
    return { verdict, seen: [...new Set(verdict === "pass" ? seen.slice(0, 1) : seen)].join("; ") };
}

async function judgeQuestion(endpoint: Endpoint, { method, path }: Question): Promise<Conclusion> {
    const answer = await attempt(() => endpoint.askInClear({ method, path }));
    const asked = method === "GET" ? path : `${method} ${path}`;
    if (answer instanceof Error) {
        return { verdict: "cannot tell", seen: `port 80 is open, then: ${inWords(answer)}` };
    }
    const unknownMethod = method !== "GET" && (answer.status === 405 || answer.status === 501);
    return unknownMethod
        ? { verdict: "pass", seen: `status ${answer.status} for ${method}` }
        : judgeAnswer(endpoint, answer, asked);
}

/** A server that speaks HTTP/2 says so at once; one that does not has no second way in. */
async function judgeHttp2InClear(endpoint: Endpoint): Promise<Conclusion> {
    const answer = await attempt(() => endpoint.askInClear2());
    const { name } = endpoint.address;
    return answer instanceof Error
        ? { verdict: "pass", seen: `redirected to https://${name}` }
        : judgeAnswer(endpoint, answer, "HTTP/2 without TLS");
}

function judgeAnswer(endpoint: Endpoint, { status, headers }: Answer, asked: string): Conclusion {
    const { name } = endpoint.address;
    const location = headers.location?.[0];
    if ([301, 302, 303, 307, 308].includes(status)) {
        return leadsToHttps(location, name)
            ? { verdict: "pass", seen: `redirected to https://${name} (status ${status})` }
            : {
                  verdict: "fail",
                  seen: `${asked} redirects to ${location ?? "nowhere"}, not to https://${name} (status ${status})`,
              };
    }
    const refused =
        status === 403 && headers.server?.join() === "CloudFront" && signsOfCloudFront(headers).missing.length === 0;
    return refused
        ? { verdict: "pass", seen: "status 403 from CloudFront" }
        : { verdict: "fail", seen: `status ${status} in plaintext for ${asked}` };
}

function leadsToHttps(location: string | undefined, name: string): boolean {
    if (location === undefined || !URL.canParse(location)) {
        return false;
    }
    const { protocol, hostname, port } = new URL(location);
    return protocol === "https:" && hostname === name && port === "";
}
