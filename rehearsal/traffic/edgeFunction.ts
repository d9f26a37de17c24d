import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import * as querystring from "node:querystring";
import { createContext, Script } from "node:vm";
import { filledText } from "../aws/account";
import { headerLists, isAmong } from "../aws/facts";
import type { DeployedResource, Properties } from "./deployedAccount";

/** A header, query string argument or cookie as a function sees it. */
export interface FunctionValue {
    readonly value: string;
    readonly attributes?: string;
    readonly multiValue?: readonly { readonly value: string; readonly attributes?: string }[];
}

export type FunctionValues = Readonly<Record<string, FunctionValue>>;

/** The request as a function sees it. */
export interface FunctionRequest {
    readonly method: string;
    /** Path alone. */
    readonly uri: string;
    readonly querystring: FunctionValues;
    readonly headers: FunctionValues;
    readonly cookies: FunctionValues;
}

/** The response as a function sees or makes it. */
export interface FunctionResponse {
    readonly statusCode: number;
    readonly statusDescription?: string;
    readonly headers?: FunctionValues;
    readonly cookies?: FunctionValues;
    readonly body?: string | { readonly encoding?: "text" | "base64"; readonly data?: string };
}

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
export interface FunctionEvent {
    readonly version: "1.0";
    readonly context: {
        readonly distributionDomainName: string;
        readonly distributionId: string;
        readonly eventType: "viewer-request" | "viewer-response";
        readonly requestId: string;
    };
    readonly viewer: { readonly ip: string };
    readonly request: FunctionRequest;
    readonly response?: FunctionResponse;
}

/** A function that threw, ran too long or returned what CloudFront refuses; `status` is the viewer's answer. */
export class FunctionFailure extends Error {
    constructor(
        readonly status: 502 | 503,
        message: string,
    ) {
        super(message);
    }
}

/** Milliseconds. AWS grants about one; a busy machine needs more before a loop is told from a slow start. */
const longestRun = 2_000;

/**
 * Code that comes from outside runs in a realm of its own, without `eval`, timers, files or network, as in CloudFront.
 */
const realm = { codeGeneration: { strings: false, wasm: false }, microtaskMode: "afterEvaluate" } as const;

/** Called once the code has defined `handler`; settles at once, since nothing in the realm can wait. */
const call = new Script(`
    (async () => {
        if (typeof handler !== "function") {
            throw new Error("it defines no function named handler");
        }
        const event = JSON.parse(rehearsed.input);
        const query = rehearsed.query === "" ? undefined : rehearsed.query;
        Object.defineProperty(event.request, "rawQueryString", { value: () => query });
        rehearsed.output = JSON.stringify((await handler(event)) ?? null);
    })().catch((error) => { rehearsed.failure = String(error?.message ?? error); });
`);

/**
 * A function of CloudFront Functions, run as the runtime cloudfront-js-2.0 runs it.
 *
 * The modules crypto, querystring and buffer are there; `cloudfront` (key value stores, changes of the origin) is not
 * modelled. What `console.log` is given is discarded: it may hold a secret.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export class EdgeFunction {
    readonly name: string;
    readonly #code: string;
    #compiled: Script | undefined;

    constructor({ id, properties }: DeployedResource) {
        this.name = filledText(properties.name) ?? id;
        this.#code = filledText(properties.code) ?? "";
    }

    /** What of it this rehearsal cannot run; undefined if nothing. */
    get notModelled(): string | undefined {
        return /(from\s*|require\(\s*)["']cloudfront["']/.test(this.#code)
            ? `CloudFront function ${this.name}: the module "cloudfront" is not there, so it fails with 503 where it uses it`
            : undefined;
    }

    /** @throws FunctionFailure where AWS answers the viewer with 502 or 503 */
    run(event: FunctionEvent, query: string): FunctionRequest | FunctionResponse {
        const rehearsed = { input: JSON.stringify(event), query, output: "", failure: "" };
        const context = createContext({ rehearsed, require: load, console: silent }, realm);
        try {
            this.#compiled ??= new Script(asScript(this.#code), { filename: this.name });
            this.#compiled.runInContext(context, { timeout: longestRun });
            call.runInContext(context, { timeout: longestRun });
        } catch (error) {
            throw new FunctionFailure(503, this.#failed(String((error as Error | undefined)?.message ?? error)));
        }
        const { output, failure } = rehearsed;
        if (failure !== "" || output === "") {
            throw new FunctionFailure(503, this.#failed(failure || "its promise never settles"));
        }
        return this.#accepted(event, JSON.parse(output) as unknown);
    }

    #failed(reason: string): string {
        return `the function ${this.name} failed: ${reason}`;
    }

    /** What CloudFront takes back from a function, or why it does not. */
    #accepted(event: FunctionEvent, returned: unknown): FunctionRequest | FunctionResponse {
        const refuse = (reason: string): never => {
            throw new FunctionFailure(502, `the function ${this.name} returned what CloudFront refuses: ${reason}`);
        };
        if (typeof returned !== "object" || returned === null) {
            return refuse("neither a request nor a response");
        }
        const isResponse = "statusCode" in returned;
        if (event.response !== undefined && !isResponse) {
            return refuse("a viewer-response function must return a response with a statusCode");
        }
        const problem = isResponse ? responseProblem(returned) : requestProblem(returned, event.request);
        if (problem !== undefined) {
            return refuse(problem);
        }
        const { headers = {} } = returned as Partial<FunctionRequest>;
        const before = (event.response ?? event.request).headers ?? {};
        const { readOnlyInRequests, readOnlyInResponses } = headerLists;
        const readOnly = event.response === undefined ? readOnlyInRequests : readOnlyInResponses;
        const generated = isResponse && event.response === undefined;
        for (const [name, value] of Object.entries(headers)) {
            if (name !== name.toLowerCase() || !/^[-!#$%&'*+.^_`|~0-9a-z]+$/.test(name)) {
                return refuse(`the header name "${name}"; names are lower-case`);
            }
            if (!isValue(value) || allValues(value).some((one) => /[\0\r\n]/.test(one))) {
                return refuse(`the header ${name} is not { value: "text" }`);
            }
            if (isDisallowed(name)) {
                return refuse(`functions cannot add the header ${name}`);
            }
        }
        for (const name of generated ? [] : readOnly.names) {
            if (JSON.stringify(headers[name]) !== JSON.stringify(before[name])) {
                return refuse(`the header ${name} is read-only`);
            }
        }
        return returned as FunctionRequest | FunctionResponse;
    }
}

/** Whether CloudFront neither shows a header to functions nor takes it from them. */
export function isDisallowed(name: string): boolean {
    return isAmong(headerLists.hiddenFromFunctions, name);
}

function requestProblem(returned: object, asked: FunctionRequest): string | undefined {
    const { method, uri, headers, querystring: query = {}, cookies = {} } = returned as Partial<FunctionRequest>;
    if (typeof headers !== "object" || headers === null) {
        return "a request without headers";
    }
    if (method !== asked.method) {
        return `the method ${String(method)}; a function cannot change the method`;
    }
    if (typeof uri !== "string" || !uri.startsWith("/") || /[\0-\x20#]/.test(uri)) {
        return `the uri ${JSON.stringify(uri)}; it begins with "/" and holds no spaces, control characters or "#"`;
    }
    const bad = Object.entries({ ...query, ...cookies }).find(([, value]) => !isValue(value));
    if (bad !== undefined) {
        return `"${bad[0]}" is not { value: "text" }`;
    }
    const unwritable = Object.entries(query).find((pair) =>
        /[\0-\x20#]/.test(`${pair[0]}${allValues(pair[1]).join("")}`),
    );
    return unwritable === undefined
        ? undefined
        : `the query string argument "${unwritable[0]}" holds a space, a control character or "#"`;
}

function responseProblem(returned: object): string | undefined {
    const { statusCode, body, cookies = {} } = returned as Partial<FunctionResponse>;
    if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) {
        return `the statusCode ${JSON.stringify(statusCode)}; it is a number from 200 to 599`;
    }
    const encoding = typeof body === "object" ? (body.encoding ?? "text") : "text";
    if (encoding !== "text" && encoding !== "base64") {
        return `the body's encoding ${JSON.stringify(encoding)}; it is "text" or "base64"`;
    }
    const data = typeof body === "object" ? (body.data ?? "") : (body ?? "");
    if (typeof data !== "string") {
        return "a body whose data is not text";
    }
    const bad = Object.entries(cookies).find(([, value]) => !isValue(value));
    return bad === undefined ? undefined : `the cookie "${bad[0]}" is not { value: "text" }`;
}

function isValue(value: unknown): value is FunctionValue {
    const { value: one, multiValue } = (value ?? {}) as Partial<FunctionValue>;
    return (
        typeof one === "string" &&
        (multiValue === undefined ||
            (Array.isArray(multiValue) && multiValue.every((each: FunctionValue) => typeof each?.value === "string")))
    );
}

/** Every value of a header, argument or cookie. */
export function allValues({ value, multiValue }: FunctionValue): string[] {
    return multiValue === undefined ? [value] : multiValue.map((one) => one.value);
}

/** The one form of import that the runtime has, as a script can run it. */
function asScript(code: string): string {
    return code.replace(
        /^([ \t]*)import\s+(\w+)\s+from\s+(["'])(\w+)\3[ \t]*;?/gm,
        (_, space: string, name: string, __, module: string) => `${space}const ${name} = require("${module}");`,
    );
}

const modules: Properties = {
    crypto: { createHash, createHmac },
    querystring,
    buffer: { Buffer },
};

function load(name: string): unknown {
    if (!Object.hasOwn(modules, name)) {
        throw new Error(
            name === "cloudfront"
                ? 'the module "cloudfront" is not modelled by the rehearsal'
                : `CloudFront Functions have no module "${name}"; they have buffer, crypto and querystring`,
        );
    }
    return modules[name];
}

const silent = Object.fromEntries(["log", "error", "warn", "info", "debug"].map((name) => [name, () => undefined]));
