import {
    firewallThatMayCheck,
    forwards,
    isForeignDns,
    LINK_TYPES,
    linksOf,
    LOAD_BALANCER_TYPES,
    verificationMode,
    WEB_ACL_ASSOCIATION_TYPES,
    WEB_ACL_RULE_TYPES,
    WEB_ACL_TYPES,
    type Entry,
} from "../aws";
import { reportUnknownOrigins } from "./originReports";
import { cannotTell, violation } from "../finding";
import { Read, type Resource } from "../graph";
import type { StackRule } from "../rule";

/** What the rule says. */
export const messages = {
    mayRefuse: "a load balancer behind this origin refuses requests by default",
    mayVerify: (mode: Read) =>
        `this listener forwards by default, and ${mode.path} ${mode.unknown}: with "verify", only clients with a certificate get that far`,
    mayBeBlocked: (firewall: string) =>
        `this listener forwards by default, and this pack does not evaluate whether ${firewall} on the load balancer blocks requests without the header that CloudFront sends. Refuse by default as well or, if the web ACL does block them, exempt the listener (exemptions of alb-default-action-fail-closed)`,
    forwarded: "is forwarded to targets",
    answered: (status: string) => `is answered with status ${status}`,
    /** @param what `forwarded` or `answered` */
    notRefused: (loadBalancer: string, distribution: string, what: string) =>
        `Load balancer "${loadBalancer}" is an origin of distribution "${distribution}", and a request that matches no rule of this listener ${what}. ` +
        'Make the default action a fixed response (type "fixed-response", content type "text/plain", status code "403") and forward from a rule that demands the secret header.',
};

/** A request that no listener rule knows, and so perhaps no distribution sent, is refused. */
export const albDefaultActionFailClosed: StackRule = {
    scope: "stack",
    name: "alb-default-action-fail-closed",
    displayName: "Behind CloudFront, the default action refuses requests",
    description:
        "If an application load balancer is a CloudFront origin, the default actions of its listeners forward nothing to targets.",
    level: "advisory",
    severity: "high",
    controls: [],
    remediationSteps:
        'Make the default action a fixed-response with status 403 and content type text/plain, and forward from a listener rule that demands the secret header. A load balancer behind a VPC origin, or a listener with mutual authentication "verify", may forward by default.',
    types: [...LINK_TYPES, ...WEB_ACL_TYPES, ...WEB_ACL_RULE_TYPES, ...WEB_ACL_ASSOCIATION_TYPES],
    looksAt: isForeignDns,
    evaluate(graph, report) {
        const links = linksOf(graph);
        for (const loadBalancer of graph.ofType(...LOAD_BALANCER_TYPES)) {
            const entries = links.entriesOf(loadBalancer);
            const [entry] = entries;
            if (entry === undefined || isInside(loadBalancer, entries)) {
                continue;
            }
            const firewall = firewallThatMayCheck(graph, loadBalancer, entries);
            for (const listener of links.listenersOf(loadBalancer)) {
                const mode = verificationMode(listener);
                if (mode.text === "verify") {
                    continue;
                }
                const actions = Read.of(listener).at("defaultActions");
                const serves = forwards(actions) ?? "unknown";
                const answer = answers(actions);
                if (serves === "unknown") {
                    const type = actions.items().map((action) => action.at("type"));
                    const unknown = type.find((read) => read.isUnknown) ?? actions;
                    cannotTell(report, listener, unknown, messages.mayRefuse);
                } else if ((serves || answer !== undefined) && mode.isUnknown) {
                    cannotTell(report, listener, mode, messages.mayRefuse, messages.mayVerify(mode));
                } else if (serves && firewall !== undefined) {
                    cannotTell(report, listener, actions, messages.mayRefuse, messages.mayBeBlocked(firewall));
                } else if (serves || answer !== undefined) {
                    const path = serves ? actions : (answer as Read);
                    const what = serves ? messages.forwarded : messages.answered(path.shown());
                    const message = messages.notRefused(loadBalancer.name, entry.distribution.name, what);
                    violation(report, listener, path, message);
                }
            }
        }
        reportUnknownOrigins(graph, report, messages.mayRefuse);
    },
};

/** Reached from CloudFront through a VPC origin alone and from the internet not at all. */
function isInside(loadBalancer: Resource, entries: readonly Entry[]): boolean {
    const properties = Read.of(loadBalancer);
    const internal = properties.at("internal").flag === true || properties.at("scheme").text === "internal";
    return internal && entries.every((entry) => entry.vpcOrigin !== undefined);
}

/** A fixed response that does not refuse. */
function answers(actions: Read): Read | undefined {
    return actions
        .items()
        .filter((action) => action.at("type").text === "fixed-response")
        .map((action) => action.either("fixedResponse", "fixedResponseConfig").at("statusCode"))
        .find((status) => !status.isUnknown && !/^[45]/.test(String(status.text ?? status.number)));
}
