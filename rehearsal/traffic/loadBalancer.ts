import { randomBytes } from "node:crypto";
import { createServer as createPlainServer, type OutgoingHttpHeaders } from "node:http";
import { createSecureServer } from "node:http2";
import { createSecureContext, type SecureContext } from "node:tls";
import type { IssuedCertificate } from "./certificateAuthority";
import { type AccountRecord, type DeployedAccount, flag, number, object, objects, text } from "./deployedAccount";
import { answer, forward, hostOf, passedOn, type Request, type Response, sourceOf } from "./exchange";
import { guardServer, listen, type Listening } from "./listening";
import { type Action, actionsFor } from "./listenerRules";
import { backendPolicy, defaultListenerPolicy, listenerPolicy } from "./tlsPolicies";
import { coversName } from "./wildcard";

/** What a load balancer needs to know of the rest of the rehearsal. */
export interface LoadBalancerSurroundings {
    readonly account: DeployedAccount;
    /** Certificate issued for an ACM certificate's ARN. */
    readonly certificate: (arn: unknown) => IssuedCertificate | undefined;
    /** Port behind which the application of a target group listens. */
    readonly targetPort: (targetGroupArn: string) => number | undefined;
    /** Tells people what went wrong. */
    readonly report: (problem: string) => void;
}

/** Answers of the load balancer's own, as it words them. */
const ownAnswers: Readonly<Record<number, string>> = {
    400: "400 Bad Request",
    403: "403 Forbidden",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
};

/** Serves one listener of an application load balancer, as the account describes it. */
export async function serveListener(
    surroundings: LoadBalancerSurroundings,
    loadBalancer: AccountRecord,
    listener: AccountRecord,
): Promise<Listening> {
    const { account, report } = surroundings;
    const { properties } = listener;
    const secure = properties.protocol === "HTTPS";
    const handle = (request: Request, response: Response) => {
        void respond(surroundings, loadBalancer, listener, request, response).catch((error: Error) => {
            report(`load balancer: ${error.message}`);
            answer(response, 502, ownHeaders(listener), page(502));
        });
    };
    if (!secure) {
        return listen(guardServer(createPlainServer(handle)));
    }
    const policyName = text(properties.sslPolicy) ?? defaultListenerPolicy;
    const policy = listenerPolicy(policyName);
    if (policy === undefined) {
        throw new Error(
            `The listener on port ${String(properties.port)} has sslPolicy ${policyName}, which is no security policy of Elastic Load Balancing.`,
        );
    }
    const arns = [
        properties.certificateArn,
        ...account
            .all("ListenerCertificate")
            .filter((one) => one.properties.listenerArn === (properties.arn ?? listener.id))
            .map((one) => one.properties.certificateArn),
    ];
    const certificates = arns.flatMap((arn) => surroundings.certificate(arn) ?? []);
    const contexts = new Map<IssuedCertificate, SecureContext>(
        certificates.map((one) => [one, createSecureContext({ ...policy, key: one.key, cert: one.certificate })]),
    );
    const standard = certificates[0];
    const server = createSecureServer(
        {
            ...policy,
            allowHTTP1: true,
            key: standard?.key,
            cert: standard?.certificate,
            // The default certificate where none covers the name that was asked for.
            SNICallback: (name, chosen) => {
                const fitting = certificates.find((one) => coversName(one.names, name)) ?? standard;
                chosen(null, fitting === undefined ? undefined : contexts.get(fitting));
            },
        },
        handle,
    );
    return listen(guardServer(server));
}

async function respond(
    surroundings: LoadBalancerSurroundings,
    loadBalancer: AccountRecord,
    listener: AccountRecord,
    request: Request,
    response: Response,
): Promise<void> {
    const host = hostOf(request);
    if (host === "") {
        answer(response, 400, ownHeaders(listener), page(400));
        return;
    }
    const headers = passedOn(request.headers);
    if (flag(loadBalancer.properties.dropInvalidHeaderFields)) {
        for (const name of Object.keys(headers).filter((one) => !/^[-a-z0-9]+$/.test(one))) {
            delete headers[name];
        }
    }
    const source = sourceOf(request);
    const [action] = actionsFor(surroundings.account, listener, {
        method: request.method ?? "GET",
        host,
        url: request.url ?? "/",
        headers,
        source,
    });
    switch (action?.type) {
        case "fixed-response": {
            const fixed = object(action.fixedResponse);
            answer(
                response,
                number(fixed.statusCode) ?? 200,
                { ...ownHeaders(listener), "content-type": text(fixed.contentType) ?? "text/plain" },
                text(fixed.messageBody) ?? "",
            );
            return;
        }
        case "redirect":
            redirect(response, object(action.redirect), listener, request);
            return;
        case "forward":
            await forwardToTarget(
                surroundings,
                listener,
                action,
                { ...headers, ...forwarded(headers, listener, host, source) },
                request,
                response,
            );
            return;
        default:
            surroundings.report(`load balancer: action ${JSON.stringify(action?.type)} is not modelled, answered 503`);
            answer(response, 503, ownHeaders(listener), page(503));
    }
}

async function forwardToTarget(
    { account, targetPort, report }: LoadBalancerSurroundings,
    listener: AccountRecord,
    action: Action,
    headers: OutgoingHttpHeaders,
    request: Request,
    response: Response,
): Promise<void> {
    const arn = chosenTargetGroup(action);
    const targetGroup = account.find("TargetGroup", arn);
    const port = arn === undefined ? undefined : targetPort(arn);
    if (targetGroup === undefined || port === undefined) {
        report("load balancer: the rule forwards to a target group without targets, answered 503");
        answer(response, 503, ownHeaders(listener), page(503));
        return;
    }
    const secure = targetGroup.properties.protocol === "HTTPS";
    const failure = await forward(
        request,
        response,
        {
            protocol: secure ? "https" : "http",
            port,
            path: request.url ?? "/",
            timeout: 60_000,
            headers,
            // "The load balancer establishes TLS connections with the targets using certificates that you install on
            // the targets. The load balancer does not validate these certificates."
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
            ...(secure
                ? { ...backendPolicy(text(listener.properties.sslPolicy) ?? ""), rejectUnauthorized: false }
                : {}),
        },
        (answered, status) => ({ status, headers: passedOn(answered) }),
    );
    if (failure !== undefined) {
        report(`load balancer: target did not answer: ${failure.message}`);
        answer(response, 502, ownHeaders(listener), page(502));
    }
}

/** By weight, at random, as the load balancer spreads requests. */
function chosenTargetGroup(action: Action): string | undefined {
    const direct = text(action.targetGroupArn);
    const weighted = objects(object(action.forward).targetGroups).map((one) => ({
        arn: text(one.arn),
        weight: number(one.weight) ?? 1,
    }));
    const total = weighted.reduce((sum, one) => sum + one.weight, 0);
    let left = Math.random() * total;
    return direct ?? weighted.find((one) => (left -= one.weight) < 0)?.arn;
}

function forwarded(
    headers: Record<string, string | string[]>,
    listener: AccountRecord,
    host: string,
    source: string,
): OutgoingHttpHeaders {
    const before = headers["x-forwarded-for"];
    return {
        host: headers.host?.toString() ?? host,
        "x-forwarded-for": before === undefined ? source : `${String(before)}, ${source}`,
        "x-forwarded-proto": listener.properties.protocol === "HTTPS" ? "https" : "http",
        "x-forwarded-port": String(listener.properties.port),
        "x-amzn-trace-id":
            headers["x-amzn-trace-id"]?.toString() ??
            `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`,
    };
}

function redirect(
    response: Response,
    to: Readonly<Record<string, unknown>>,
    listener: AccountRecord,
    request: Request,
): void {
    const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
    const words: Readonly<Record<string, string>> = {
        protocol: String(listener.properties.protocol).toLowerCase(),
        host: hostOf(request),
        port: String(listener.properties.port),
        path: path.replace(/^\//, ""),
        query,
    };
    const filled = (template: unknown, otherwise: string) =>
        (text(template) ?? otherwise).replace(/#\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
    const protocol = filled(to.protocol, "#{protocol}").toLowerCase();
    const queryString = filled(to.query, "#{query}");
    const location = `${protocol}://${filled(to.host, "#{host}")}:${filled(to.port, "#{port}")}${filled(to.path, "/#{path}")}`;
    answer(response, to.statusCode === "HTTP_302" ? 302 : 301, {
        ...ownHeaders(listener),
        location: queryString === "" ? location : `${location}?${queryString}`,
    });
}

function ownHeaders({ properties }: AccountRecord): OutgoingHttpHeaders {
    // The listener attribute routing.http.response.server.enabled, true unless set.
    const server = flag(properties.routingHttpResponseServerEnabled, true) ? { server: "awselb/2.0" } : {};
    return { ...server, "content-type": "text/html", date: new Date().toUTCString() };
}

function page(status: number): string {
    const line = ownAnswers[status] ?? String(status);
    return `<html><head><title>${line}</title></head><body><center><h1>${line}</h1></center></body></html>\r\n`;
}
