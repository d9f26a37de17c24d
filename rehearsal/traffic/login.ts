import { randomBytes } from "node:crypto";
import { object, text } from "../aws/account";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";
import type { Action } from "./listenerRules";
import type { Target } from "./messages";
import { letsOutTo443 } from "./securityGroups";
import { pathOf, queryOf } from "./urls";

/**
 * Where providers lead viewers back to. Source: ELB user guide, "Authenticate users using an Application Load
 * Balancer".
 */
const callbackPath = "/oauth2/idpresponse";

/** A request as a login sees it. */
export interface LoginRequest extends Target {
    readonly cookies: string;
}

/** What a login makes of a request: an answer of the load balancer's own, or headers for the targets. */
export type LoginOutcome =
    | {
          readonly kind: "answer";
          readonly status: number;
          readonly headers: Record<string, string>;
          readonly problem?: string;
      }
    | { readonly kind: "forward"; readonly headers: Record<string, string> };

/**
 * Logins of viewers at one listener. Everybody whom a provider would be asked about is let in: the rehearsal has no
 * provider, and takes any code for a good one.
 */
export class Logins {
    readonly #account: DeployedAccount;
    readonly #states = new Map<string, { readonly url: string; readonly action: Action }>();
    readonly #sessions = new Set<string>();

    constructor(account: DeployedAccount) {
        this.#account = account;
    }

    /** Answers a viewer who comes back from the provider; undefined for every other request. */
    callback({ url }: LoginRequest, loadBalancer: DeployedResource): LoginOutcome | undefined {
        if (pathOf(url) !== callbackPath) {
            return undefined;
        }
        const parameters = new URLSearchParams(queryOf(url));
        const state = this.#states.get(parameters.get("state") ?? "");
        if (state === undefined || parameters.get("code") === null) {
            return { kind: "answer", status: 401, headers: {} };
        }
        if (!letsOutTo443(this.#account, loadBalancer)) {
            const problem = "the load balancer's security groups do not let it out to the provider on port 443";
            return { kind: "answer", status: 500, headers: {}, problem };
        }
        this.#states.delete(parameters.get("state") ?? "");
        const session = randomBytes(16).toString("hex");
        this.#sessions.add(session);
        const name = `${settingsOf(state.action).cookie}-0`;
        const cookie = `${name}=${session}; Path=/; HttpOnly; Secure; SameSite=None`;
        return { kind: "answer", status: 302, headers: { location: state.url, "set-cookie": cookie } };
    }

    /** What becomes of a request at a rule that asks for a login. */
    ask(action: Action, { host, url, cookies }: LoginRequest): LoginOutcome {
        const { cookie, unauthenticated, scope, clientId, authorizationEndpoint } = settingsOf(action);
        const sent = cookies.split(/;\s*/);
        if ([...this.#sessions].some((session) => sent.includes(`${cookie}-0=${session}`))) {
            // Claims and tokens are the provider's.
            return { kind: "forward", headers: { "x-amzn-oidc-identity": "rehearsed-viewer" } };
        }
        if (unauthenticated === "allow") {
            return { kind: "forward", headers: {} };
        }
        if (unauthenticated === "deny") {
            return { kind: "answer", status: 401, headers: {} };
        }
        const state = randomBytes(16).toString("hex");
        this.#states.set(state, { url: `https://${host}${url}`, action });
        const parameters = new URLSearchParams({
            client_id: clientId,
            redirect_uri: `https://${host}${callbackPath}`,
            response_type: "code",
            scope,
            state,
        });
        return {
            kind: "answer",
            status: 302,
            headers: { location: `${authorizationEndpoint}?${parameters.toString()}` },
        };
    }
}

/** Whether an action asks for a login. */
export function isLogin({ type }: Action): boolean {
    return type === "authenticate-oidc" || type === "authenticate-cognito";
}

function settingsOf(action: Action) {
    const given = object(action.type === "authenticate-oidc" ? action.authenticateOidc : action.authenticateCognito);
    const domain = text(given.userPoolDomain);
    const region = text(given.userPoolArn).split(":")[3] ?? "";
    const cognito = domain.includes(".") ? domain : `${domain}.auth.${region}.amazoncognito.com`;
    return {
        cookie: text(given.sessionCookieName) || "AWSELBAuthSessionCookie",
        unauthenticated: text(given.onUnauthenticatedRequest) || "authenticate",
        scope: text(given.scope) || "openid",
        clientId: text(given.clientId) || text(given.userPoolClientId),
        authorizationEndpoint: text(given.authorizationEndpoint) || `https://${cognito}/oauth2/authorize`,
    };
}
