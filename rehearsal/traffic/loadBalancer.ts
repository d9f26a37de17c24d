import { randomBytes } from "node:crypto";
import { createServer as createPlainServer, type OutgoingHttpHeaders } from "node:http";
import { createSecureServer } from "node:http2";
import { filledText, flag, number, object, objects } from "../aws/account";
import { backendPolicy } from "../aws/facts";
import type { DeployedResource, Properties } from "./deployedAccount";
import { forward, NothingHeard } from "./forward";
import { KeptConnections } from "./keptConnections";
import { answer, passedOn, type Request, type Response, sourceOf, type Target as Asked, targetOf } from "./messages";
import { guardServer, listen, type Listening, serverOptions } from "./listening";
import { type Action, actionsFor } from "./listenerRules";
import { listenerTls } from "./listenerTls";
import { isLogin, type LoginOutcome, type LoginRequest, Logins } from "./login";
import { page } from "./ownAnswers";
import type { LoadBalancerSurroundings } from "./surroundings";
import { registeredTargets, unreachable } from "./targets";
import { acceptUpgrades } from "./upgrades";
import { pathOf, queryOf } from "./urls";

/** Seconds; the load balancer attribute idle_timeout.timeout_seconds where it is not set. */
const defaultIdleTimeout = 60;

/** Serves one listener of an application load balancer, as the account describes it. */
export async function serveListener(
    surroundings: LoadBalancerSurroundings,
    listener: DeployedResource,
): Promise<Listening> {
    const served = new ServedListener(surroundings, listener);
    const handle = (request: Request, response: Response) => void served.answer(request, response);
    const silence = 1000 * served.idleTimeout;
    const server =
        listener.properties.protocol === "HTTPS"
            ? createSecureServer({ ...serverOptions, allowHTTP1: true, ...listenerTls(surroundings, listener) }, handle)
            : createPlainServer(serverOptions, handle);
    acceptUpgrades(server, handle);
    const listening = await listen(guardServer(server, silence));
    return {
        ...listening,
        close: async () => {
            served.close();
            await listening.close();
        },
    };
}

interface Exchange {
    readonly request: Request;
    readonly response: Response;
}

/** One listener at work. */
class ServedListener {
    readonly #surroundings: LoadBalancerSurroundings;
    readonly #served: DeployedResource;
    readonly #connections = new KeptConnections();
    readonly #logins: Logins;

    constructor(surroundings: LoadBalancerSurroundings, listener: DeployedResource) {
        this.#surroundings = surroundings;
        this.#logins = new Logins(surroundings.account);
        this.#served = listener;
    }

    /** The listener as the account has it now; as it was, once it is gone. */
    get #listener(): DeployedResource {
        return this.#surroundings.account.find("Listener", this.#served.id) ?? this.#served;
    }

    get #loadBalancer(): DeployedResource {
        const { loadBalancerArn } = this.#listener.properties;
        return (
            this.#surroundings.account.find("LoadBalancer", loadBalancerArn) ?? {
                type: "",
                id: String(loadBalancerArn),
                properties: {},
            }
        );
    }

    /** Seconds of silence after which connections, to callers and to targets, are given up. */
    get idleTimeout(): number {
        return number(this.#loadBalancer.properties.idleTimeout) ?? defaultIdleTimeout;
    }

    close(): void {
        this.#connections.close();
    }

    /** Answers one request. Never rejects. */
    async answer(request: Request, response: Response): Promise<void> {
        const exchange = { request, response };
        try {
            await this.#respond(exchange);
        } catch (error) {
            this.#refuse(exchange, 502, (error as Error).message);
        }
    }

    async #respond(exchange: Exchange): Promise<void> {
        const { request } = exchange;
        const asked = targetOf(request);
        if (asked === undefined || asked.host === "") {
            this.#refuse(exchange, 400);
            return;
        }
        const headers = passedOn(request.headers);
        if (flag(this.#loadBalancer.properties.dropInvalidHeaderFields)) {
            for (const name of Object.keys(headers).filter((one) => !/^[-a-z0-9]+$/.test(one))) {
                delete headers[name];
            }
        }
        const source = sourceOf(request);
        const [first, second] = actionsFor(this.#surroundings.account, this.#listener, {
            ...asked,
            method: request.method ?? "GET",
            headers,
            source,
        });
        const login = this.#login(first, { ...asked, cookies: String(headers.cookie ?? "") });
        if (login?.kind === "answer") {
            const { status, problem } = login;
            if (status === 302) {
                this.#answer(exchange, status, login.headers);
            } else {
                this.#refuse(exchange, status, problem);
            }
            return;
        }
        // What a viewer sends under these names is no login.
        for (const name of Object.keys(headers).filter(
            (one) => login !== undefined && one.startsWith("x-amzn-oidc-"),
        )) {
            delete headers[name];
        }
        Object.assign(headers, login?.headers);
        const action = first !== undefined && isLogin(first) ? second : first;
        if (action?.type === "forward") {
            const sent = { ...headers, ...this.#forwarded(headers, asked, source) };
            await this.#forward(action, asked, sent, exchange);
        } else if (action?.type === "fixed-response") {
            const fixed = object(action.fixedResponse);
            const type = { "content-type": filledText(fixed.contentType) ?? "text/plain" };
            this.#answer(exchange, number(fixed.statusCode) ?? 200, type, filledText(fixed.messageBody));
        } else if (action?.type === "redirect") {
            this.#redirect(exchange, object(action.redirect), asked);
        } else {
            this.#refuse(exchange, 503, `action ${JSON.stringify(action?.type)} is not modelled`);
        }
    }

    async #forward(action: Action, { url }: Asked, headers: OutgoingHttpHeaders, exchange: Exchange): Promise<void> {
        const { account, targetPort } = this.#surroundings;
        const arn = chosenTargetGroup(action);
        const targetGroup = account.find("TargetGroup", arn);
        const port = arn === undefined ? undefined : await targetPort(arn);
        if (targetGroup === undefined || port === undefined) {
            this.#refuse(exchange, 503, "the rule forwards to a target group without targets");
            return;
        }
        const problems = registeredTargets(account, targetGroup).map((one) =>
            unreachable(account, this.#loadBalancer, one),
        );
        if (problems.length > 0 && problems.every((one) => one !== undefined)) {
            // With no healthy target the load balancer tries all of them, and runs into its timeout.
            this.#refuse(exchange, 504, `no target is healthy: ${problems.join("; ")}`);
            return;
        }
        const secure = targetGroup.properties.protocol === "HTTPS";
        const failure = await forward(
            exchange.request,
            exchange.response,
            {
                connections: this.#connections,
                protocol: secure ? "https" : "http",
                port,
                path: url,
                timeout: 1000 * this.idleTimeout,
                headers,
                // "The load balancer establishes TLS connections with the targets using certificates that you install
                // on the targets. The load balancer does not validate these certificates."
                // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
                ...(secure
                    ? {
                          ...backendPolicy(filledText(this.#listener.properties.sslPolicy) ?? ""),
                          rejectUnauthorized: false,
                      }
                    : {}),
            },
            (answered, status) => ({ status, headers: passedOn(answered) }),
        );
        if (failure !== undefined) {
            const status = failure instanceof NothingHeard ? 504 : 502;
            this.#refuse(exchange, status, `target did not answer: ${failure.message}`);
        }
    }

    /** What a login makes of a request; undefined where the rule asks for none. */
    #login(action: Action | undefined, request: LoginRequest): LoginOutcome | undefined {
        if (action === undefined) {
            return undefined;
        }
        // Viewers come back under one path, whichever rule sent them; the secret header is asked for all the same.
        const cameBack =
            action.type === "fixed-response" ? undefined : this.#logins.callback(request, this.#loadBalancer);
        return cameBack ?? (isLogin(action) ? this.#logins.ask(action, request) : undefined);
    }

    #forwarded(headers: Record<string, string | string[]>, { host }: Asked, source: string): OutgoingHttpHeaders {
        const { properties } = this.#listener;
        const before = headers["x-forwarded-for"];
        return {
            host: headers.host?.toString() ?? host,
            "x-forwarded-for": before === undefined ? source : `${String(before)}, ${source}`,
            "x-forwarded-proto": properties.protocol === "HTTPS" ? "https" : "http",
            "x-forwarded-port": String(properties.port),
            "x-amzn-trace-id":
                headers["x-amzn-trace-id"]?.toString() ??
                `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`,
        };
    }

    #redirect(exchange: Exchange, to: Properties, { host, url }: Asked): void {
        const { properties } = this.#listener;
        const words: Readonly<Record<string, string>> = {
            protocol: String(properties.protocol).toLowerCase(),
            host,
            port: String(properties.port),
            path: pathOf(url).replace(/^\//, ""),
            query: queryOf(url),
        };
        const filled = (template: unknown, otherwise: string) =>
            (filledText(template) ?? otherwise).replace(/#\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
        const protocol = filled(to.protocol, "#{protocol}").toLowerCase();
        const queryString = filled(to.query, "#{query}");
        const location = `${protocol}://${filled(to.host, "#{host}")}:${filled(to.port, "#{port}")}${filled(to.path, "/#{path}")}`;
        this.#answer(exchange, to.statusCode === "HTTP_302" ? 302 : 301, {
            location: queryString === "" ? location : `${location}?${queryString}`,
        });
    }

    #refuse(exchange: Exchange, status: number, problem?: string): void {
        if (problem !== undefined) {
            this.#surroundings.report(`load balancer: ${problem}, answered ${status}`);
        }
        this.#answer(exchange, status, {}, page(status));
    }

    /** Answers without a target, with the load balancer's own headers. */
    #answer({ request, response }: Exchange, status: number, headers: OutgoingHttpHeaders, body?: string): void {
        // The listener attribute routing.http.response.server.enabled, true unless set.
        const named = flag(this.#listener.properties.routingHttpResponseServerEnabled, true);
        const own = {
            ...(named ? { server: "awselb/2.0" } : {}),
            "content-type": "text/html",
            date: new Date().toUTCString(),
        };
        answer(request, response, status, { ...own, ...headers }, body);
    }
}

/** By weight, at random, as the load balancer spreads requests. */
function chosenTargetGroup(action: Action): string | undefined {
    const direct = filledText(action.targetGroupArn);
    const weighted = objects(object(action.forward).targetGroups).map((one) => ({
        arn: filledText(one.arn),
        weight: number(one.weight) ?? 1,
    }));
    const total = weighted.reduce((sum, one) => sum + one.weight, 0);
    let left = Math.random() * total;
    return direct ?? weighted.find((one) => (left -= one.weight) < 0)?.arn;
}
