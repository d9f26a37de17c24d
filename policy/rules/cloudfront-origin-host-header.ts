import {
    behaviorsOf,
    configOf,
    covers,
    DISTRIBUTION_TYPES,
    hostForwarding,
    hostName,
    isMultitenant,
    CERTIFICATE_TYPES,
    FORWARDING_POLICY_TYPES,
    isForeignDns,
    LINK_TYPES,
    LISTENER_CERTIFICATE_TYPES,
    VALIDATION_TYPES,
    linksOf,
    nameOf,
    namesCovered,
    otherLoadBalancer,
    targetsOf,
    type HostForwarding,
    type Origin,
} from "../aws";
import { originStep, reportHints, reportUncertainEntries } from "./originReports";
import { cannotTell, listed, step, violation } from "../finding";
import { Read, type Graph, type Resource } from "../graph";
import type { Report, StackRule } from "../rule";

const exceptHost = "Use origin request policy AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac)";

/** What the rule says. */
export const messages = {
    covers: (origin: Origin) => `the certificate of ${nameOf(origin)} covers the Host header that CloudFront sends`,
    ownName: ({ domainName }: Origin, named: string) =>
        `${domainName.path} is ${named}, and CloudFront sends it as the Host header: no certificate of yours can cover a name of AWS's, so CloudFront answers 502. ` +
        "Write a name in your own domain that points to the load balancer, such as origin.example.com, and add it to the load balancer's certificate.",
    withoutAliases: (origin: Origin, forwarding: HostForwarding) =>
        `${forwardsHost(origin, forwarding)}; without aliases, that is a cloudfront.net name, which no certificate of yours can cover. ${exceptHost}, or add aliases.`,
    viewersHost: (origin: Origin, forwarding: HostForwarding, names: Names) =>
        `${forwardsHost(origin, forwarding)}, ${notCovered(names)} ${exceptHost}, or add the names to the certificate's subjectAlternativeNames.`,
    originsName: (origin: Origin, names: Names) =>
        `CloudFront sends the origin's own name as the Host header to ${nameOf(origin)}, ${notCovered(names)} Add the name to the certificate's subjectAlternativeNames.`,
    decidedOutside: ({ read, by }: HostForwarding) =>
        `whether ${read.path} (${by}) forwards Host is decided outside this stack`,
    tenants: "each tenant has its own domains",
    certificateOutside: ({ by }: HostForwarding) =>
        `${by} forwards Host, and the origin's certificate is not in this stack`,
    certificatesUnknown: (loadBalancer: string) =>
        `not every certificate of load balancer "${loadBalancer}" is known in this stack`,
    notKnown: (read: Read) => `${read.path} ${read.unknown}`,
};

interface Names {
    readonly loadBalancer: string;
    readonly covered: readonly string[];
    readonly missing: readonly string[];
}

function forwardsHost(origin: Origin, { by, read }: HostForwarding): string {
    return `CloudFront forwards the viewers' Host header to ${nameOf(origin)} by ${by} (${read.path})`;
}

function notCovered({ loadBalancer, covered, missing }: Names): string {
    return `but the certificates of load balancer "${loadBalancer}" ${covered.length === 0 ? "do not cover" : `cover ${listed(covered)} and not`} ${listed(missing)}, so CloudFront answers 502.`;
}

/** TLS to the origin is refused unless the origin's certificate covers the Host header that CloudFront sends. */
export const cloudfrontOriginHostHeader: StackRule = {
    scope: "stack",
    name: "cloudfront-origin-host-header",
    displayName: "The origin's certificate covers the Host header",
    description:
        "The certificate of a load balancer that is a CloudFront origin covers the Host header that CloudFront sends it.",
    level: "advisory",
    severity: "medium",
    controls: [],
    remediationSteps:
        "Use origin request policy AllViewerExceptHostHeader and a certificate for the origin's name; or, where the application needs the viewer's Host header, put the viewers' names on the load balancer's certificate as well.",
    types: [
        ...LINK_TYPES,
        ...LISTENER_CERTIFICATE_TYPES,
        ...CERTIFICATE_TYPES,
        ...VALIDATION_TYPES,
        ...FORWARDING_POLICY_TYPES,
    ],
    looksAt: isForeignDns,
    evaluate(graph, reportFinding) {
        const reported = new Set<Resource>();
        const report: Report = (finding) => {
            reported.add(finding.resource);
            reportFinding(finding);
        };
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const reportedKeys = new Set<string>();
            for (const behavior of behaviorsOf(distribution)) {
                const forwarding = hostForwarding(graph, distribution, behavior);
                for (const origin of targetsOf(distribution, behavior)) {
                    // The same finding for each of twenty behaviors would hide the others.
                    const key = `${origin.domainName.path} ${String(forwarding.forwards)}`;
                    if (reportedKeys.has(key) || !isReachedOverTls(graph, origin)) {
                        continue;
                    }
                    reportedKeys.add(key);
                    judge(graph, distribution, origin, forwarding, report);
                }
            }
        }
        reportUncertainEntries(graph, report, messages.covers);
        // An origin whose certificate is elsewhere was said to be one.
        reportHints(graph, (finding) => !reported.has(finding.resource) && reportFinding(finding), messages.covers);
    },
};

function isReachedOverTls(graph: Graph, origin: Origin): boolean {
    const configs = linksOf(graph)
        .entriesFrom(origin)
        .flatMap(({ vpcOrigin }) => (vpcOrigin ? [Read.of(vpcOrigin).at("vpcOriginEndpointConfig")] : []));
    const [config = origin.custom] = configs;
    const usesTls = configs.length > 0 ? !config.isAbsent : origin.isCustom;
    return usesTls && config.at("originProtocolPolicy").text !== "http-only";
}

function judge(graph: Graph, distribution: Resource, origin: Origin, forwarding: HostForwarding, report: Report): void {
    const loadBalancers = linksOf(graph)
        .entriesFrom(origin)
        .map((entry) => entry.loadBalancer);
    const question = messages.covers(origin);
    const { read } = forwarding;
    if (forwarding.forwards === "unknown") {
        const cause = read.isUnknown ? undefined : messages.decidedOutside(forwarding);
        cannotTell(report, distribution, read, question, cause);
        return;
    }
    const named = otherLoadBalancer(graph, distribution, origin);
    if (!forwarding.forwards && named !== undefined) {
        violation(report, distribution, origin.domainName, messages.ownName(origin, named));
        return;
    }
    const hosts = forwarding.forwards ? viewerNames(distribution) : [origin.domainName];
    const unknown = hosts.find((host) => host.isUnknown);
    if (forwarding.forwards && hosts.length === 0) {
        const multitenant = isMultitenant(distribution);
        const aliases = configOf(distribution).at("aliases");
        if (multitenant) {
            cannotTell(report, distribution, read, question, messages.tenants);
        } else if (loadBalancers.length > 0) {
            violation(report, distribution, aliases, messages.withoutAliases(origin, forwarding));
        }
        return;
    }
    if (loadBalancers.length === 0) {
        if (forwarding.forwards) {
            cannotTell(report, distribution, read, question, messages.certificateOutside(forwarding));
        }
        return;
    }
    for (const loadBalancer of loadBalancers) {
        const covered = namesCovered(loadBalancer, graph);
        const missing = hosts
            .flatMap((host) => (host.text === undefined ? [] : [hostName(host.text)]))
            .filter((host) => !covers(covered.names, host));
        if (missing.length === 0 && unknown === undefined) {
            continue;
        }
        if (!covered.complete || missing.length === 0) {
            const cause = covered.complete
                ? messages.notKnown(unknown ?? read)
                : messages.certificatesUnknown(loadBalancer.name);
            cannotTell(report, distribution, unknown ?? read, question, cause);
            continue;
        }
        const names = { loadBalancer: loadBalancer.name, covered: covered.names, missing };
        violation(
            report,
            distribution,
            forwarding.forwards ? read : origin.domainName,
            forwarding.forwards ? messages.viewersHost(origin, forwarding, names) : messages.originsName(origin, names),
            [
                forwarding.forwards ? step("distribution", distribution, read) : originStep({ distribution, origin }),
                step("load balancer", loadBalancer),
            ],
        );
    }
}

function viewerNames(distribution: Resource): Read[] {
    const config = configOf(distribution);
    return config.either("aliases", "cnames").items();
}
