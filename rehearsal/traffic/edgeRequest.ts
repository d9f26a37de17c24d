import { randomBytes } from "node:crypto";
import { flag } from "../aws/account";
import { refuse } from "./edgeAnswers";
import type { ViewerResponse } from "./edgeFunctions";
import { inspectedBody } from "./managedRuleGroups";
import { answer, beginningOf, bodyOf, type Request, type Response } from "./messages";
import { answerByPage, answerFromOrigins } from "./originExchange";
import { withCloudFrontHeaders } from "./originRequest";
import { allowsMethod, behaviorFor, byFunction, dressed, type Passage, type ServedEdge } from "./passage";
import { Refusal, type ViewerConnection, type ViewerRequest, viewerRequest } from "./viewerRequest";
import { coversName } from "../aws/services";

/** Answers one request of a viewer. Never rejects. */
export async function answerViewer(
    edge: ServedEdge,
    connection: ViewerConnection,
    request: Request,
    response: Response,
): Promise<void> {
    const id = randomBytes(41).toString("base64url");
    try {
        const viewer = viewerRequest(connection, request, id);
        const distribution = askedDistribution(edge, connection, viewer);
        // A function may change the path later on; the behaviour stays.
        const behavior = behaviorFor(edge.account, distribution, viewer.url);
        const { scheme } = connection;
        const seen = withCloudFrontHeaders(behavior, viewer, scheme);
        await answerByBehavior({ edge, distribution, behavior, scheme, viewer: seen, request, response });
    } catch (error) {
        const refusal =
            error instanceof Refusal ? error : new Refusal(500, "The rehearsed edge failed.", String(error));
        if (refusal.report !== undefined) {
            edge.report(`edge: ${refusal.report}`);
        }
        refuse(request, response, id, refusal);
    }
}

/** @throws Refusal */
function askedDistribution(edge: ServedEdge, { scheme, shownId }: ViewerConnection, { host }: ViewerRequest) {
    const asked = edge.distributions.all.find((one) => coversName(one.names, host));
    if (asked === undefined || !flag(asked.properties.enabled, true)) {
        throw new Refusal(403, "No enabled distribution has this name.");
    }
    if (scheme === "https" && asked.id !== shownId && (shownId !== undefined || coversName(asked.aliases, host))) {
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-421-misdirected-request.html
        throw new Refusal(421, "The connection was made for another distribution.");
    }
    return asked;
}

/**
 * The steps that CloudFront takes, in this order.
 *
 * @throws Refusal where CloudFront answers with a page of its own; then nothing was answered yet
 */
async function answerByBehavior(passage: Passage): Promise<void> {
    const { edge, distribution, behavior, viewer, request, response } = passage;
    let beginning: Buffer | undefined;
    try {
        beginning = await judgedBeginning(passage);
    } catch (error) {
        // https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html
        if (!(error instanceof Refusal) || !(await answerByPage(passage, error))) {
            throw error;
        }
        return;
    }
    const redirect = toHttps(passage);
    if (redirect !== undefined) {
        answer(request, response, redirect.status, redirect.headers);
        return;
    }
    if (!allowsMethod(passage)) {
        throw new Refusal(403, `The distribution does not allow the method ${viewer.method}.`);
    }
    const after = byFunction(() => edge.functions.onRequest(behavior.properties, distribution.place, viewer));
    if ("response" in after) {
        const { status, headers, body } = after.response;
        const sent = dressed(passage, "FunctionGeneratedResponse from cloudfront", headers);
        answer(request, response, status, sent, body);
        return;
    }
    await answerFromOrigins(passage, after.request, beginning);
}

/** @returns the first bytes of the body, where the web ACL had to see them. @throws Refusal */
async function judgedBeginning({ distribution, viewer, request }: Passage): Promise<Buffer | undefined> {
    const { firewall } = distribution;
    if (firewall === undefined) {
        return undefined;
    }
    const beginning =
        firewall.inspectsBodies && bodyOf(request) !== "none" ? await beginningOf(request, inspectedBody) : undefined;
    const verdict = firewall.judge({ ...viewer, body: beginning?.subarray(0, inspectedBody) ?? Buffer.alloc(0) });
    if (verdict.blocked) {
        const rule = verdict.rule === undefined ? "default action" : `rule ${verdict.rule}`;
        throw new Refusal(verdict.status, "Request blocked.", `the web ACL blocked a request, ${rule}`);
    }
    return beginning;
}

/** @throws Refusal */
function toHttps(passage: Passage): ViewerResponse | undefined {
    const { viewerProtocolPolicy } = passage.behavior.properties;
    const { method, host, url } = passage.viewer;
    if (passage.scheme === "https" || viewerProtocolPolicy === "allow-all") {
        return undefined;
    }
    if (viewerProtocolPolicy !== "redirect-to-https") {
        throw new Refusal(403, "This distribution is served over HTTPS only.");
    }
    return {
        status: method === "GET" || method === "HEAD" ? 301 : 307,
        headers: dressed(passage, "Redirect from cloudfront", { location: `https://${host}${url}` }),
    };
}
