import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { object, objects, text, texts } from "../aws/account";
import type { DeployedAccount } from "./deployedAccount";
import { ownHeaders, withoutOwn } from "./edgeAnswers";
import type { EdgeCache } from "./edgeCache";
import { FunctionFailure } from "./edgeFunction";
import type { EdgeFunctions, ViewerResponse } from "./edgeFunctions";
import { type Behavior, behaviorOf } from "./forwarding";
import type { KeptConnections } from "./keptConnections";
import { passedOn, type Request, type Response } from "./messages";
import type { OriginConnection } from "./originRequest";
import { applyResponseHeadersPolicy } from "./responseHeaders";
import type { DistributionSurroundings, ServedDistribution, ServedDistributions } from "./servedDistribution";
import { pathOf } from "./urls";
import { Refusal, type ViewerRequest } from "./viewerRequest";
import { matchesWildcard } from "../aws/services";

/** What the edge needs to know of the rest of the rehearsal. */
export interface EdgeSurroundings extends DistributionSurroundings {
    /** PEM of the authorities that CloudFront trusts: here the rehearsal's, in AWS Mozilla's list. */
    readonly trusted: string;
    /** Settles when the account is served as a whole, as it is now. */
    readonly settled: () => Promise<void>;
    /** Where on this machine CloudFront finds a port of an origin, or why it finds none. */
    readonly originDoor: (name: string, connection: OriginConnection) => Promise<OriginDoor | string>;
}

/** A port of loopback, and the address from which CloudFront calls it. */
export interface OriginDoor {
    readonly host: string;
    readonly port: number;
    readonly localAddress: string | undefined;
}

/** What all requests at the edge share. */
export interface ServedEdge extends EdgeSurroundings {
    readonly distributions: ServedDistributions;
    readonly functions: EdgeFunctions;
    readonly connections: KeptConnections;
    readonly cache: EdgeCache;
}

/** One request of a viewer on its way through one behaviour of a distribution. */
export interface Passage {
    readonly edge: ServedEdge;
    readonly distribution: ServedDistribution;
    readonly behavior: Behavior;
    readonly scheme: "http" | "https";
    /** As it came to the edge. */
    readonly viewer: ViewerRequest;
    readonly request: Request;
    readonly response: Response;
}

/** The first ordered behaviour whose path pattern matches, otherwise the default one. */
export function behaviorFor(account: DeployedAccount, { properties }: ServedDistribution, url: string): Behavior {
    const ordered = objects(properties.orderedCacheBehaviors).find(({ pathPattern }) =>
        matchesWildcard(text(pathPattern).replace(/^(?![/*])/, "/"), pathOf(url)),
    );
    return behaviorOf(account, ordered ?? object(properties.defaultCacheBehavior));
}

export function allowsMethod({ behavior, viewer }: Passage): boolean {
    return texts(behavior.properties.allowedMethods).includes(viewer.method);
}

/** Headers with CloudFront's own and those of the response headers policy. */
export function dressed(
    { edge, behavior, viewer }: Passage,
    status: string,
    headers: OutgoingHttpHeaders,
): OutgoingHttpHeaders {
    return applyResponseHeadersPolicy(
        edge.account,
        behavior.properties.responseHeadersPolicyId,
        { ...ownHeaders(viewer.id, status), ...headers },
        viewer,
    );
}

/** What goes back to the viewer of an answer of the origin or the cache. */
export function passedBack(
    passage: Passage,
    viewer: ViewerRequest,
    headers: OutgoingHttpHeaders,
    status: number,
    cache: string,
): ViewerResponse {
    const { edge, behavior, distribution } = passage;
    const withCookies = behavior.forwarded.some((one) => one.cookieBehavior !== "none");
    const sent = dressed(passage, cache, {
        server: "CloudFront",
        ...withoutOwn(passedOn(headers as IncomingHttpHeaders), withCookies),
    });
    return byFunction(() =>
        edge.functions.onResponse(behavior.properties, distribution.place, viewer, { status, headers: sent }),
    );
}

/** Runs a function, and turns its failure into the answer that CloudFront gives. */
export function byFunction<Result>(run: () => Result): Result {
    try {
        return run();
    } catch (error) {
        throw error instanceof FunctionFailure
            ? new Refusal(error.status, "A function at the edge failed.", `${error.message}, answered ${error.status}`)
            : error;
    }
}
