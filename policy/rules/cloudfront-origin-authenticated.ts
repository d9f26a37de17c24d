import {
    DISTRIBUTION_TYPES,
    firewallThatMayCheck,
    forwards,
    headerConditions,
    isForeignDns,
    LINK_TYPES,
    linksOf,
    nameOf,
    originsOf,
    otherLoadBalancer,
    verificationMode,
    WEB_ACL_ASSOCIATION_TYPES,
    WEB_ACL_RULE_TYPES,
    WEB_ACL_TYPES,
    type Entry,
    type Links,
} from "../aws";
import { originStep, reportUnknownOrigins } from "./originReports";
import { cannotTell, listed, step, violation } from "../finding";
import { Read, type Graph, type Resource } from "../graph";
import type { Report, StackRule } from "../rule";

const ways =
    "Send a secret header (a custom header of the origin) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify, or a VPC origin.";

/** What the rule says. */
export const messages = {
    sendsNothing: (origin: string) =>
        `The distribution sends nothing that distinguishes it from anyone else's distribution, ${anyCustomer(origin)}`,
    sendsUndemanded: (headers: readonly string[], loadBalancer: string, origin: string) =>
        `The distribution sends ${listed(headers)}, but no listener rule of load balancer "${loadBalancer}" demands ${headers.length === 1 ? "it" : "any of them"}, ${anyCustomer(origin)}`,
    valueRefused: (header: string, loadBalancer: string) =>
        `No listener rule of load balancer "${loadBalancer}" accepts the value of ${header} that the distribution sends, so its requests are refused. Give the rule the same value.`,
    certificateNotVerified: (origin: string, loadBalancer: string) =>
        `CloudFront presents a client certificate to ${origin}, but no listener of load balancer "${loadBalancer}" verifies it. Set mutualAuthentication.mode to "verify" with a trust store on the listener.`,
    presentsNoCertificate: (origin: string, loadBalancer: string) =>
        `Load balancer "${loadBalancer}" demands a client certificate, but CloudFront presents none to ${origin}, so its requests are refused. Set originMtlsConfig.clientCertificateArn of the origin to a certificate that the listener's trust store accepts.`,
    listenerBesides: (loadBalancer: string) =>
        `CloudFront presents a client certificate to load balancer "${loadBalancer}", but this listener forwards requests without verifying one, so it accepts requests that bypassed the web ACL. Set mutualAuthentication.mode to "verify" with a trust store on it, or delete it.`,
    ruleWithoutHeader: (loadBalancer: string) =>
        `This rule of load balancer "${loadBalancer}" forwards without the header that CloudFront sends, ${letsIn}`,
    ruleAcceptsAny: (loadBalancer: string) =>
        `This rule of load balancer "${loadBalancer}" accepts any value of the header, ${letsIn}`,
    knowsDistribution: "the origin can distinguish this distribution from anyone else's",
    defaultAction: (loadBalancer: string) =>
        `This listener of load balancer "${loadBalancer}" forwards what no rule matches, with or without the header that CloudFront sends, so it accepts requests that bypassed the web ACL. Make the default action a fixed response (type "fixed-response", content type "text/plain", status code "403") and forward from a rule that demands the header.`,
    firewallMayCheck: (firewall: string) =>
        `Cannot tell whether ${messages.knowsDistribution}: the listener does not demand the header in every rule that forwards, and this pack does not evaluate whether ${firewall} on the load balancer blocks requests without it. Demand the header in the listener's rules as well or, if the web ACL does block them, exempt the resource (exemptions of cloudfront-origin-authenticated).`,
    ofListener: (read: Read) => `${read.path} of the listener ${read.unknown}`,
    demandsUnknown: "what the load balancer demands is not known in this stack",
};

const letsIn =
    "so it accepts requests that bypassed the web ACL. Add an HTTP header condition with the header's name and its secret value.";

function anyCustomer(origin: string): string {
    return `so every AWS customer can point CloudFront at ${origin} and bypass this distribution. ${ways}`;
}

/** The origin can tell our distribution from one of any other AWS customer. */
export const cloudfrontOriginAuthenticated: StackRule = {
    scope: "stack",
    name: "cloudfront-origin-authenticated",
    displayName: "The origin recognizes the distribution",
    description:
        "A load balancer that is a CloudFront origin is a VPC origin, verifies a client certificate, or demands a secret header.",
    level: "advisory",
    severity: "high",
    controls: [],
    remediationSteps: ways,
    types: [...LINK_TYPES, ...WEB_ACL_TYPES, ...WEB_ACL_RULE_TYPES, ...WEB_ACL_ASSOCIATION_TYPES],
    looksAt: isForeignDns,
    evaluate(graph, report) {
        const links = linksOf(graph);
        const loadBalancers = new Set(links.entries.map((entry) => entry.loadBalancer));
        for (const loadBalancer of loadBalancers) {
            const entries = links.entriesOf(loadBalancer).filter((entry) => entry.vpcOrigin === undefined);
            const firewall = firewallThatMayCheck(graph, loadBalancer, entries);
            const context = { links, report: firewall === undefined ? report : unlessChecked(report, firewall) };
            for (const entry of entries) {
                judgeEntry(entry, context);
            }
            if (entries.some((entry) => entry.origin.headers.length > 0)) {
                judgeRules(loadBalancer, entries, context);
            }
        }
        judgeOutside(graph, links, report);
        reportUnknownOrigins(graph, report, messages.knowsDistribution);
    },
};

interface Context {
    readonly links: Links;
    readonly report: Report;
}

/** A listener that demands no header proves nothing where a web ACL behind it may: the way out is named. */
function unlessChecked(report: Report, firewall: string): Report {
    return (finding) => {
        if (finding.kind === "cannot tell" || finding.path?.endsWith(".value") === true) {
            report(finding);
            return;
        }
        report({
            ...finding,
            kind: "cannot tell",
            message: messages.firewallMayCheck(firewall),
        });
    };
}

/** What the distribution sends, and whether the load balancer asks for it anywhere. */
function judgeEntry({ distribution, origin, loadBalancer }: Entry, { links, report }: Context): void {
    if (origin.custom.isUnknown) {
        cannotTell(report, distribution, origin.custom, messages.knowsDistribution);
        return;
    }
    const listeners = links.listenersOf(loadBalancer);
    const certificate = origin.custom.at("originMtlsConfig", "clientCertificateArn");
    if (!certificate.isAbsent) {
        if (listeners.some(verifies)) {
            for (const listener of listeners.filter((other) => forwardsUnverified(other, links))) {
                const read = verificationMode(listener);
                violation(report, listener, read, messages.listenerBesides(loadBalancer.name), [
                    step("load balancer", loadBalancer),
                    step("listener", listener, read),
                ]);
            }
            return;
        }
        const unknown = listeners.map(verificationMode).find((mode) => mode.isUnknown);
        if (unknown) {
            const cause = messages.ofListener(unknown);
            cannotTell(report, distribution, certificate, messages.knowsDistribution, cause);
        } else {
            const message = messages.certificateNotVerified(nameOf(origin), loadBalancer.name);
            violation(report, distribution, certificate, message);
        }
        return;
    }
    const rules = listeners.flatMap((listener) => links.rulesOf(listener));
    const demanded = rules.flatMap((rule) =>
        headerConditions(rule).map((condition) => ({ holder: rule, ...condition })),
    );
    const sent = origin.headers.filter(({ name }) => demanded.some((condition) => matches(condition.name, name)));
    if (sent.length === 0) {
        const sentNames = origin.headers.map(({ name }) => ({ holder: distribution, name }));
        const unknown = [...sentNames, ...demanded].find(({ name }) => name.isUnknown);
        if (unknown !== undefined && origin.headers.length > 0) {
            cannotTell(report, unknown.holder, unknown.name, messages.knowsDistribution);
            return;
        }
        const named = nameOf(origin);
        if (listeners.some(verifies) && !listeners.some((listener) => forwardsUnverified(listener, links))) {
            const message = messages.presentsNoCertificate(named, loadBalancer.name);
            violation(report, distribution, origin.domainName, message, [
                originStep({ distribution, origin }),
                step("load balancer", loadBalancer),
            ]);
            return;
        }
        const headers = origin.headers.map(({ name }) => name.shown());
        violation(
            report,
            distribution,
            origin.domainName,
            origin.headers.length === 0
                ? messages.sendsNothing(named)
                : messages.sendsUndemanded(headers, loadBalancer.name, named),
            [originStep({ distribution, origin }), step("load balancer", loadBalancer)],
        );
        return;
    }
    for (const { name, value } of sent) {
        const patterns = demanded
            .filter((condition) => matches(condition.name, name))
            .flatMap((condition) => condition.patterns);
        const secret = value.text;
        if (secret !== undefined && patterns.every((pattern) => pattern.accepts(secret) === false)) {
            violation(report, distribution, value, messages.valueRefused(name.shown(), loadBalancer.name));
        }
    }
}

function verifies(listener: Resource): boolean {
    return verificationMode(listener).text === "verify";
}

/** Whether a listener that verifies no client hands on requests that carry no header. */
function forwardsUnverified(listener: Resource, links: Links): boolean {
    const isOpen = (rule: Resource): boolean =>
        forwards(Read.of(rule).at("actions")) === true && headerConditions(rule).length === 0;
    return (
        !verificationMode(listener).isUnknown &&
        !verifies(listener) &&
        (forwards(Read.of(listener).at("defaultActions")) === true || links.rulesOf(listener).some(isOpen))
    );
}

/** Every rule that hands requests on demands one of the headers that the distributions send. */
function judgeRules(loadBalancer: Resource, entries: readonly Entry[], { links, report }: Context): void {
    const headers = entries.flatMap((entry) => entry.origin.headers.map(({ name }) => name));
    const listeners = links.listenersOf(loadBalancer).filter((listener) => !verifies(listener));
    const listenerOf = new Map(
        listeners.flatMap((listener) => links.rulesOf(listener).map((rule) => [rule, listener] as const)),
    );
    const rules = [...listenerOf.keys()];
    const demanding = rules.filter((rule) => headerConditions(rule).length > 0);
    // Without any rule that demands the header the entry itself is the violation, said above.
    if (demanding.length === 0) {
        return;
    }
    for (const listener of listeners) {
        judgeDefaultActions(loadBalancer, listener, report);
    }
    for (const [rule, listener] of listenerOf) {
        if (forwards(Read.of(rule).at("actions")) === false) {
            continue;
        }
        const conditions = headerConditions(rule).filter(
            (condition) =>
                condition.name.isUnknown || headers.some((name) => name.isUnknown || matches(condition.name, name)),
        );
        const open = conditions.flatMap((condition) => condition.patterns).find((pattern) => pattern.isOpen)?.read;
        if (conditions.length > 0 && open === undefined) {
            continue;
        }
        const read = open ?? Read.of(rule).at("conditions");
        const { ruleAcceptsAny, ruleWithoutHeader } = messages;
        violation(report, rule, read, open ? ruleAcceptsAny(loadBalancer.name) : ruleWithoutHeader(loadBalancer.name), [
            step("load balancer", loadBalancer),
            step("listener", listener),
            step("listener rule", rule, read),
        ]);
    }
}

/** A default action demands no header: the best rules are worth nothing before one that forwards. */
function judgeDefaultActions(loadBalancer: Resource, listener: Resource, report: Report): void {
    const actions = Read.of(listener).at("defaultActions");
    const serves = forwards(actions);
    if (serves === true) {
        violation(report, listener, actions, messages.defaultAction(loadBalancer.name), [
            step("load balancer", loadBalancer),
            step("listener", listener, actions),
        ]);
    } else if (serves === undefined) {
        const types = actions.items().map((action) => action.at("type"));
        cannotTell(report, listener, types.find((type) => type.isUnknown) ?? actions, messages.knowsDistribution);
    }
}

/** A load balancer's own name as origin, of a load balancer that is not in this stack. */
function judgeOutside(graph: Graph, links: Links, report: Report): void {
    for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
        for (const origin of originsOf(distribution)) {
            const isLinked = links.entriesFrom(origin).length > 0;
            if (!origin.isCustom || isLinked || otherLoadBalancer(graph, distribution, origin) === undefined) {
                continue;
            }
            const sends =
                origin.headers.length > 0 || !origin.custom.at("originMtlsConfig", "clientCertificateArn").isAbsent;
            if (sends) {
                const { knowsDistribution, demandsUnknown } = messages;
                cannotTell(report, distribution, origin.domainName, knowsDistribution, demandsUnknown);
            } else {
                violation(report, distribution, origin.domainName, messages.sendsNothing(nameOf(origin)));
            }
        }
    }
}

/** Header names are compared without regard to case; an unknown one may be any. */
function matches(condition: Read, name: Read): boolean {
    return (
        (condition.isUnknown && name.isUnknown) ||
        (name.text !== undefined && condition.text?.toLowerCase() === name.text.toLowerCase())
    );
}
