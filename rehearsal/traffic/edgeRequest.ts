import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { checkServerIdentity } from "node:tls";
import type { IssuedCertificate } from "./certificateAuthority";
import { type AccountRecord, type DeployedAccount, flag, object, objects, text, texts } from "./deployedAccount";
import { answer, forward, hostOf, type NextHop, passedOn, type Request, type Response, sourceOf } from "./exchange";
import { type OriginConnection, type OriginRequest, originConnection, originRequest } from "./originRequest";
import { applyResponseHeadersPolicy } from "./responseHeaders";
import type { ServedDistribution } from "./servedDistribution";
import { originPolicy } from "./tlsPolicies";
import { coversName, matchesWildcard } from "./wildcard";

/** What the edge needs to know of the rest of the rehearsal. */
export interface EdgeSurroundings {
    readonly account: DeployedAccount;
    /** PEM of the authorities that CloudFront trusts: here the rehearsal's, in AWS Mozilla's list. */
    readonly trusted: string;
    /** Address that CloudFront calls from, where the system has more than one on loopback. */
    readonly localAddress: string | undefined;
    readonly certificate: (arn: unknown) => IssuedCertificate | undefined;
    /** Port on this machine at which CloudFront finds a port of an origin, or why it finds none. */
    readonly originPort: (name: string, port: number, loadBalancer: AccountRecord | undefined) => number | string;
    readonly report: (problem: string) => void;
}

/** Answers one request of a viewer. Never rejects. */
export async function answerViewer(
    surroundings: EdgeSurroundings,
    distributions: readonly ServedDistribution[],
    /** Distribution whose certificate was shown; undefined on port 80 and for CloudFront's own certificate. */
    shown: ServedDistribution | undefined,
    scheme: "http" | "https",
    request: Request,
    response: Response,
): Promise<void> {
    const id = randomBytes(41).toString("base64url");
    try {
        const host = hostOf(request);
        const asked = distributions.find((one) => coversName(one.names, host));
        if (asked === undefined || !flag(asked.properties.enabled, true)) {
            refuse(response, 403, id, "No enabled distribution has this name.");
        } else if (scheme === "https" && asked !== shown && (shown !== undefined || coversName(asked.aliases, host))) {
            // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-421-misdirected-request.html
            refuse(response, 421, id, "The connection was made for another distribution.");
        } else {
            await answerFor(surroundings, asked, scheme, host, request, response, id);
        }
    } catch (error) {
        surroundings.report(`edge: ${(error as Error).message}`);
        refuse(response, 500, id, "The rehearsed edge failed.");
    }
}

async function answerFor(
    surroundings: EdgeSurroundings,
    distribution: ServedDistribution,
    scheme: "http" | "https",
    host: string,
    request: Request,
    response: Response,
    id: string,
): Promise<void> {
    const { account, report } = surroundings;
    const url = request.url ?? "/";
    const behavior = behaviorFor(distribution, url);
    const dressed = (status: string, headers: OutgoingHttpHeaders = {}) =>
        applyResponseHeadersPolicy(account, behavior.responseHeadersPolicyId, {
            ...ownHeaders(id, status),
            ...headers,
        });

    const verdict = distribution.firewall?.judge(sourceOf(request));
    if (verdict?.blocked) {
        report(
            `edge: the web ACL blocked a request, ${verdict.rule === undefined ? "default action" : `rule ${verdict.rule}`}`,
        );
        refuse(response, verdict.status, id, "Request blocked.");
        return;
    }
    if (scheme === "http" && behavior.viewerProtocolPolicy === "redirect-to-https") {
        const status = request.method === "GET" || request.method === "HEAD" ? 301 : 307;
        answer(response, status, dressed("Redirect from cloudfront", { location: `https://${host}${url}` }));
        return;
    }
    if (scheme === "http" && behavior.viewerProtocolPolicy !== "allow-all") {
        refuse(response, 403, id, "This distribution is served over HTTPS only.");
        return;
    }
    if (!texts(behavior.allowedMethods).includes(request.method ?? "GET")) {
        refuse(response, 403, id, `The distribution does not allow the method ${request.method}.`);
        return;
    }
    const origin = originFor(distribution, text(behavior.targetOriginId));
    const connection = origin === undefined ? undefined : originConnection(account, origin, scheme);
    if (origin === undefined || connection === undefined) {
        report(`edge: the origin ${text(behavior.targetOriginId)} is of a kind that is not modelled, answered 502`);
        refuse(response, 502, id, "The origin cannot be reached.");
        return;
    }
    const sent = originRequest(
        account,
        behavior,
        origin,
        { headers: request.headers, url, host, source: sourceOf(request) },
        id,
    );
    const next = nextHop(surroundings, origin, connection, sent);
    const failure =
        typeof next === "string"
            ? new Error(next)
            : await forward(request, response, next, (headers, status) =>
                  dressed(status < 400 ? "Miss from cloudfront" : "Error from cloudfront", {
                      server: "CloudFront",
                      ...withoutOwn(passedOn(headers)),
                  }),
              );
    if (failure !== undefined) {
        report(`edge: ${text(origin.domainName)} did not answer, viewer got 502: ${failure.message}`);
        refuse(response, 502, id, "CloudFront could not get an answer from the origin.");
    }
}

/** How to reach the origin, or why it cannot be reached. */
function nextHop(
    surroundings: EdgeSurroundings,
    origin: Readonly<Record<string, unknown>>,
    connection: OriginConnection,
    sent: OriginRequest,
): NextHop | string {
    const name = text(origin.domainName) ?? "";
    const port = surroundings.originPort(name, connection.port, connection.loadBalancer);
    if (typeof port === "string") {
        return port;
    }
    const { protocol, timeout } = connection;
    const basis = {
        protocol,
        port,
        timeout,
        path: sent.url,
        headers: sent.headers,
        localAddress: surroundings.localAddress,
    };
    if (protocol === "http") {
        return basis;
    }
    const policy = originPolicy(connection.originSslProtocols);
    return policy === undefined
        ? `none of its originSslProtocols can be spoken: ${connection.originSslProtocols.join(", ") || "the list is empty"}`
        : {
              ...basis,
              ...policy,
              ca: surroundings.trusted,
              rejectUnauthorized: true,
              servername: sent.host,
              checkServerIdentity: (_, certificate) => checkServerIdentity(sent.host, certificate),
          };
}

/** The first ordered behaviour whose path pattern matches, otherwise the default one. */
function behaviorFor({ properties }: ServedDistribution, url: string): Readonly<Record<string, unknown>> {
    const path = url.replace(/\?.*$/s, "");
    return (
        objects(properties.orderedCacheBehaviors).find((one) => {
            const pattern = text(one.pathPattern) ?? "";
            return matchesWildcard(pattern.startsWith("/") || pattern.startsWith("*") ? pattern : `/${pattern}`, path);
        }) ?? object(properties.defaultCacheBehavior)
    );
}

/** The origin of an id; of a group its first member, since failover is not modelled. */
function originFor(
    { properties }: ServedDistribution,
    id: string | undefined,
): Readonly<Record<string, unknown>> | undefined {
    const group = objects(properties.originGroups).find((one) => one.originId === id);
    const wanted = text(objects(group?.members)[0]?.originId) ?? id;
    return objects(properties.origins).find((one) => one.originId === wanted);
}

/** What CloudFront says of itself; the origin's own words for the same are replaced. */
function ownHeaders(id: string, status: string): OutgoingHttpHeaders {
    return {
        "x-cache": status,
        via: `1.1 ${id.slice(0, 32)}.cloudfront.net (CloudFront)`,
        "x-amz-cf-pop": "REHEARSAL",
        "x-amz-cf-id": id,
    };
}

function withoutOwn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
    return Object.fromEntries(
        Object.entries(headers).filter(([name]) => !["x-cache", "via", "x-amz-cf-pop", "x-amz-cf-id"].includes(name)),
    );
}

/** An error page of the edge itself; a response headers policy does not apply to those. */
function refuse(response: Response, status: number, id: string, reason: string): void {
    const body = `<!DOCTYPE html><title>${status}</title><h1>${status}</h1><p>${reason}</p><p>Generated by the rehearsed CloudFront, request ${id}</p>\n`;
    answer(
        response,
        status,
        { ...ownHeaders(id, "Error from cloudfront"), server: "CloudFront", "content-type": "text/html" },
        body,
    );
}
