import type { IncomingHttpHeaders, OutgoingHttpHeader, OutgoingHttpHeaders } from "node:http";
import { filledText, objects } from "../aws/account";
import type { DeployedAccount, Properties } from "./deployedAccount";
import {
    allValues,
    EdgeFunction,
    type FunctionEvent,
    FunctionFailure,
    type FunctionRequest,
    type FunctionResponse,
    type FunctionValue,
    type FunctionValues,
    isDisallowed,
} from "./edgeFunction";
import type { Passed } from "./forward";
import { pathOf, queryOf } from "./urls";
import type { ViewerRequest } from "./viewerRequest";

/** An answer of the edge, or one on its way back through it. */
export type ViewerResponse = Pick<Passed, "status" | "headers" | "body">;

/** The distribution as functions see it. */
export interface FunctionPlace {
    readonly distributionDomainName: string;
    readonly distributionId: string;
}

type EventType = FunctionEvent["context"]["eventType"];

/** The functions of the account, as the associations of a behaviour name them. */
export class EdgeFunctions {
    readonly #account: DeployedAccount;
    readonly #known = new WeakMap<object, EdgeFunction>();

    constructor(account: DeployedAccount) {
        this.#account = account;
    }

    /**
     * Runs what is associated with the viewer's request.
     *
     * @returns the request to go on with, or the response that the function made itself
     * @throws FunctionFailure
     */
    onRequest(
        behavior: Properties,
        place: FunctionPlace,
        viewer: ViewerRequest,
    ): { readonly request: ViewerRequest } | { readonly response: ViewerResponse } {
        const called = this.#associated(behavior, "viewer-request");
        if (called === undefined) {
            return { request: viewer };
        }
        const request = shown(viewer);
        const returned = called.run(event("viewer-request", place, viewer, request), queryOf(viewer.url));
        if ("statusCode" in returned) {
            return {
                response: {
                    status: returned.statusCode,
                    headers: headersOf(returned),
                    body: bodyOf(returned) ?? Buffer.alloc(0),
                },
            };
        }
        const changed = withRequest(viewer, request, returned);
        if (changed.url.length > 8192) {
            throw new FunctionFailure(502, `the function ${called.name} returned a URL of more than 8,192 characters`);
        }
        return { request: changed };
    }

    /** Runs what is associated with the response; errors of the origin pass it by. @throws FunctionFailure */
    onResponse(
        behavior: Properties,
        place: FunctionPlace,
        viewer: ViewerRequest,
        response: ViewerResponse,
    ): ViewerResponse {
        const called = response.status >= 400 ? undefined : this.#associated(behavior, "viewer-response");
        if (called === undefined) {
            return response;
        }
        const hidden = Object.entries(response.headers).filter(([name]) => isDisallowed(name));
        const before: FunctionResponse = { statusCode: response.status, ...shownResponse(response.headers) };
        const returned = called.run(
            { ...event("viewer-response", place, viewer, shown(viewer)), response: before },
            queryOf(viewer.url),
        ) as FunctionResponse;
        const body = bodyOf(returned);
        const headers = { ...headersOf(returned), ...Object.fromEntries(hidden) };
        if (body !== undefined) {
            headers["content-length"] = body.length;
        }
        return { status: returned.statusCode, headers, body };
    }

    /** What of a behaviour's functions cannot be rehearsed. */
    notModelled(behavior: Properties): string[] {
        const functions = (["viewer-request", "viewer-response"] as const).flatMap(
            (type) => this.#find(associationOf(behavior, type)) ?? [],
        );
        const lambdas = objects(behavior.lambdaFunctionAssociations).map(
            (one) => `Lambda@Edge function ${filledText(one.lambdaArn)}: it is not run`,
        );
        return [...functions.flatMap((one) => one.notModelled ?? []), ...lambdas];
    }

    #associated(behavior: Properties, type: EventType): EdgeFunction | undefined {
        const arn = associationOf(behavior, type);
        const found = this.#find(arn);
        if (arn !== undefined && found === undefined) {
            throw new FunctionFailure(503, `the function ${arn} is not in the account`);
        }
        return found;
    }

    #find(arn: string | undefined): EdgeFunction | undefined {
        const record = this.#account.find("Function", arn);
        if (record === undefined) {
            return undefined;
        }
        const known = this.#known.get(record) ?? new EdgeFunction(record);
        this.#known.set(record, known);
        return known;
    }
}

function associationOf(behavior: Properties, type: EventType): string | undefined {
    return filledText(objects(behavior.functionAssociations).find((one) => one.eventType === type)?.functionArn);
}

function event(type: EventType, place: FunctionPlace, viewer: ViewerRequest, request: FunctionRequest): FunctionEvent {
    return {
        version: "1.0",
        context: { ...place, eventType: type, requestId: viewer.id },
        viewer: { ip: viewer.source },
        request,
    };
}

/** Cookies have a field of their own and are left out of the headers. */
function shown({ method, url, host, headers }: ViewerRequest): FunctionRequest {
    const visible = Object.entries({ ...headers, host }).filter(
        ([name, value]) => value !== undefined && name !== "cookie" && !name.startsWith(":") && !isDisallowed(name),
    );
    const query = queryOf(url);
    return {
        method,
        uri: pathOf(url),
        querystring: values(query === "" ? [] : query.split("&").map(pair)),
        headers: headerValues(visible),
        cookies: values((headers.cookie ?? "").split(/;\s*/).flatMap((one) => (one === "" ? [] : [pair(one)]))),
    };
}

/** What was left as it was keeps the viewer's own spelling. */
function withRequest(viewer: ViewerRequest, before: FunctionRequest, after: FunctionRequest): ViewerRequest {
    const hidden = Object.entries(viewer.headers).filter(([name]) => isDisallowed(name));
    const changed: IncomingHttpHeaders = Object.fromEntries([
        ...hidden,
        ...Object.entries(after.headers).map(([name, value]) => [name, allValues(value).join(", ")] as const),
    ]);
    // A function may leave out either of them.
    const { cookies: setCookies = {}, querystring = {} } = after as Partial<FunctionRequest>;
    const cookies = same(before.cookies, setCookies) ? viewer.headers.cookie : written(setCookies, "; ");
    const query = same(before.querystring, querystring) ? queryOf(viewer.url) : written(querystring, "&");
    return {
        ...viewer,
        url: query === "" ? after.uri : `${after.uri}?${query}`,
        headers: cookies === undefined || cookies === "" ? changed : { ...changed, cookie: cookies },
    };
}

function shownResponse(headers: OutgoingHttpHeaders): Required<Pick<FunctionResponse, "headers" | "cookies">> {
    const visible = Object.entries(headers).filter(([name]) => name !== "set-cookie" && !isDisallowed(name));
    const cookies = [headers["set-cookie"] ?? []].flat().map((line) => {
        const [, name = "", value = "", attributes] = /^([^=;]*)=?([^;]*)(?:;\s*(.*))?$/s.exec(String(line)) ?? [];
        return [name.trim(), value, attributes] as const;
    });
    return { headers: headerValues(visible), cookies: values(cookies) };
}

function headersOf({ headers = {}, cookies = {} }: FunctionResponse): OutgoingHttpHeaders {
    const made: OutgoingHttpHeaders = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => {
            const all = allValues(value);
            return [name, all.length === 1 ? all[0] : all];
        }),
    );
    const lines = Object.entries(cookies).flatMap(([name, cookie]) =>
        (cookie.multiValue ?? [cookie]).map(({ value, attributes }) =>
            attributes === undefined || attributes === "" ? `${name}=${value}` : `${name}=${value}; ${attributes}`,
        ),
    );
    return lines.length === 0 ? made : { ...made, "set-cookie": lines };
}

/** Undefined where the function left the body alone. */
function bodyOf({ body }: FunctionResponse): Buffer | undefined {
    if (body === undefined) {
        return undefined;
    }
    return typeof body === "string"
        ? Buffer.from(body)
        : Buffer.from(body.data ?? "", body.encoding === "base64" ? "base64" : "utf8");
}

function headerValues(headers: [string, OutgoingHttpHeader | undefined][]): FunctionValues {
    return values(headers.flatMap(([name, value = ""]) => [value].flat().map((one) => [name, String(one)] as const)));
}

function values(all: readonly (readonly [string, string, string?])[]): FunctionValues {
    const found = new Map<string, FunctionValue>();
    for (const [name, value, attributes] of all) {
        const one = attributes === undefined ? { value } : { value, attributes };
        const before = found.get(name);
        found.set(
            name,
            before === undefined ? one : { ...before, multiValue: [...(before.multiValue ?? [before]), one] },
        );
    }
    return Object.fromEntries(found);
}

function pair(written: string): [string, string] {
    const mark = written.indexOf("=");
    return mark < 0 ? [written, ""] : [written.slice(0, mark), written.slice(mark + 1)];
}

function written(all: FunctionValues, separator: string): string {
    const pairs = Object.entries(all).flatMap(([name, value]) => allValues(value).map((one) => `${name}=${one}`));
    return pairs.join(separator);
}

function same(one: FunctionValues, other: FunctionValues): boolean {
    return JSON.stringify(one) === JSON.stringify(other);
}
