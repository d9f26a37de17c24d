import { randomBytes } from "node:crypto";
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
    const paths = [...new Set(["/", path, `/verify-edge-${randomBytes(8).toString("hex")}`])];
    return merged(
        await Promise.all(
            endpoints.map(async (endpoint) => ({
                address: endpoint.address.address,
                conclusion: await judgeEndpoint(endpoint, endpoint === first ? paths : ["/"]),
            })),
        ),
    );
}

async function judgeEndpoint(endpoint: Endpoint, paths: readonly string[]): Promise<Conclusion> {
    const reason = await whyNotReached(endpoint);
    if (reason !== undefined) {
        // Silence may be a firewall on this side; a reset or the network's own word is not.
        const closed = reason.kind === "closed" || reason.kind === "refused";
        return { verdict: closed ? "pass" : "cannot tell", seen: `not answered: ${reason.message}` };
    }
    const each = await Promise.all(paths.map((path) => judgePath(endpoint, path)));
    const verdict = worst(each.map((one) => one.verdict));
    const seen = each.filter((one) => one.verdict === verdict).map((one) => one.seen);
    return { verdict, seen: [...new Set(seen)].join("; ") };
}

async function judgePath(endpoint: Endpoint, path: string): Promise<Conclusion> {
    const { name } = endpoint.address;
    const answer = await attempt(() => endpoint.askInClear({ path }));
    if (answer instanceof Error) {
        return { verdict: "cannot tell", seen: `port 80 is open, then: ${inWords(answer)}` };
    }
    const { status, headers } = answer;
    const location = headers.location?.[0];
    if ([301, 302, 303, 307, 308].includes(status)) {
        return leadsToHttps(location, name)
            ? { verdict: "pass", seen: `redirected to https://${name} (status ${status})` }
            : {
                  verdict: "fail",
                  seen: `${path} redirects to ${location ?? "nowhere"}, not to https://${name} (status ${status})`,
              };
    }
    const refused =
        status === 403 && headers.server?.join() === "CloudFront" && signsOfCloudFront(headers).missing.length === 0;
    return refused
        ? { verdict: "pass", seen: "status 403 from CloudFront" }
        : { verdict: "fail", seen: `status ${status} in plaintext for ${path}` };
}

function leadsToHttps(location: string | undefined, name: string): boolean {
    if (location === undefined || !URL.canParse(location)) {
        return false;
    }
    const { protocol, hostname, port } = new URL(location);
    return protocol === "https:" && hostname === name && port === "";
}
