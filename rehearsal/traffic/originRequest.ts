import type { IncomingHttpHeaders } from "node:http";
import { filledText, number, object, objects, texts } from "../aws/account";
import { headerLists, isAmong } from "../aws/facts";
import { acceptedEncodings, cachedEncodings, isKeyedApart } from "./compression";
import type { DeployedAccount, DeployedResource, Properties } from "./deployedAccount";
import type { ViewerRequest } from "./viewerRequest";
import { passedOn } from "./messages";
import type { Family } from "./securityGroups";
import { type Behavior, chosenCookies, chosenUrl, namesHeader } from "./forwarding";

/** What CloudFront sends to the origin for one request. */
export interface OriginRequest {
    /** By lower-case name. */
    readonly headers: IncomingHttpHeaders;
    /** Path and query. */
    readonly url: string;
    /** The name that goes into Host and SNI, and that the origin's certificate must cover. */
    readonly host: string;
}

/**
 * Decides what of a viewer's request reaches the origin: everything that the cache policy or the origin request policy
 * names, with CloudFront's own headers, and the origin's custom headers over any that the viewer sent.
 *
 * Where the viewer's Host is forwarded, the origin's certificate must match it, otherwise the origin's domain name.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
export function originRequest(behavior: Behavior, origin: Properties, viewer: ViewerRequest): OriginRequest {
    const policies = behavior.forwarded;
    const encodings = cachedEncodings(behavior);
    const accepted = acceptedEncodings(encodings ?? [], viewer);
    const headers: IncomingHttpHeaders = Object.fromEntries(
        Object.entries(passedOn({ ...viewer.headers, host: viewer.host })).filter(
            ([name]) =>
                !isKeyedApart(name, encodings) &&
                !isAmong(headerLists.neverForwarded, name) &&
                (isAmong(headerLists.alwaysForwarded, name) || namesHeader(policies, name)),
        ),
    );
    if (accepted.length > 0) {
        headers["accept-encoding"] = accepted.join(",");
    }
    const cookies = chosenCookies(policies, String(viewer.headers.cookie ?? ""));
    if (cookies !== "") {
        headers.cookie = cookies;
    }
    const host = headers.host ?? filledText(origin.domainName) ?? "";
    const before = viewer.headers["x-forwarded-for"];
    return {
        host,
        url: `${filledText(origin.originPath) ?? ""}${chosenUrl(policies, viewer.url)}`,
        headers: {
            ...headers,
            "user-agent": headers["user-agent"] ?? "Amazon CloudFront",
            "x-forwarded-for": before === undefined ? viewer.source : `${String(before)}, ${viewer.source}`,
            via: `2.0 ${viewer.id.slice(0, 32)}.cloudfront.net (CloudFront)`,
            "x-amz-cf-id": viewer.id,
            host,
            ...customHeaders(origin),
        },
    };
}

/**
 * The viewer's request with the headers that CloudFront adds where a policy names them, and without any of that name
 * that the viewer sent. Functions see them as well.
 */
export function withCloudFrontHeaders(
    behavior: Behavior,
    viewer: ViewerRequest,
    scheme: "http" | "https",
): ViewerRequest {
    const added = {
        "cloudfront-forwarded-proto": scheme,
        "cloudfront-viewer-address": `${viewer.source}:${viewer.port}`,
        "cloudfront-viewer-http-version": viewer.httpVersion,
    };
    const named = new Set(behavior.forwarded.flatMap((one) => one.headers));
    const own = Object.entries(viewer.headers).filter(([name]) => !name.startsWith("cloudfront-"));
    return {
        ...viewer,
        headers: Object.fromEntries([...own, ...Object.entries(added).filter(([name]) => named.has(name))]),
    };
}

/** The custom headers of an origin; they win over what a viewer sent. */
function customHeaders(origin: Properties): Record<string, string> {
    return Object.fromEntries(
        objects(origin.customHeaders).flatMap((one) => {
            const name = filledText(one.name);
            return name === undefined ? [] : [[name.toLowerCase(), filledText(one.value) ?? ""]];
        }),
    );
}

/** Source: CloudFront developer guide, "IPv6 origin requests"; of two ways CloudFront chooses by itself. */
const dialled: Readonly<Record<string, readonly Family[]>> = { ipv6: ["IPv6"], dualstack: ["IPv6", "IPv4"] };

/** How CloudFront calls an origin. */
export interface OriginConnection {
    readonly protocol: "http" | "https";
    /** The port in AWS, not on this machine. */
    readonly port: number;
    readonly originSslProtocols: readonly string[];
    /** Load balancer of a VPC origin, which needs no name to be found. */
    readonly loadBalancer?: DeployedResource;
    /** Kinds of addresses that CloudFront dials, the first that leads there. */
    readonly families: readonly Family[];
    /** Milliseconds. */
    readonly timeout: number;
}

/** Reads how the origin is called; undefined for kinds of origin that are not modelled, such as a bucket. */
export function originConnection(
    account: DeployedAccount,
    origin: Properties,
    viewerScheme: "http" | "https",
): OriginConnection | undefined {
    const vpcOrigin = account.find("VpcOrigin", object(origin.vpcOriginConfig).vpcOriginId);
    const endpoint = object(vpcOrigin?.properties.vpcOriginEndpointConfig);
    const config = vpcOrigin === undefined ? object(origin.customOriginConfig) : endpoint;
    const policy = filledText(config.originProtocolPolicy);
    if (policy === undefined) {
        return undefined;
    }
    const protocol = policy === "https-only" ? "https" : policy === "http-only" ? "http" : viewerScheme;
    const versions = vpcOrigin === undefined ? config.originSslProtocols : object(config.originSslProtocols).items;
    return {
        protocol,
        port: number(protocol === "https" ? config.httpsPort : config.httpPort) ?? (protocol === "https" ? 443 : 80),
        originSslProtocols: texts(versions),
        loadBalancer: account.find("LoadBalancer", endpoint.arn),
        families: dialled[filledText(config.ipAddressType) ?? "ipv4"] ?? ["IPv4"],
        timeout: 1000 * (number(config.originReadTimeout) ?? 30),
    };
}
