import { securityHub } from "./controls";
import { TARGET_GROUP_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import { Read, type Resource } from "../graph";
import type { Report, ResourceRule } from "../rule";

/** What the rule says. */
export const messages = {
    mayBeHttps: (targetGroup: string) => `the load balancer reaches "${targetGroup}" over HTTPS`,
    missing: "missing (AWS's default is HTTP)",
    requests: "requests travel from the load balancer to the targets unencrypted",
    healthChecks: "health checks travel unencrypted",
    /** @param consequence `requests` or `healthChecks` */
    notHttps: (path: string, value: string, consequence: string) =>
        `${path} is ${value}: ${consequence}. Write "HTTPS".`,
};

/** The last hop, from the load balancer to its targets, is encrypted as well. */
export const albTargetHttps: ResourceRule = {
    scope: "resource",
    name: "alb-target-https",
    displayName: "Targets and health checks use HTTPS",
    description: "Every target group of an application load balancer uses HTTPS, for requests and for health checks.",
    level: "advisory",
    severity: "medium",
    controls: [...securityHub("ELB.22"), ...securityHub("ELB.21")],
    remediationSteps:
        'Set protocol and healthCheck.protocol to "HTTPS". The protocol of a target group cannot be changed, so Pulumi replaces it. The load balancer does not validate the target\'s certificate: a self-signed one will do.',
    types: TARGET_GROUP_TYPES,
    evaluate(group, report) {
        const properties = Read.of(group);
        const targets = properties.at("targetType");
        const protocol = properties.at("protocol");
        if (targets.text === "lambda" || targets.text === "alb") {
            return;
        }
        // TCP, TLS, UDP, QUIC and GENEVE belong to network and gateway load balancers.
        if (
            !protocol.isUnknown &&
            !protocol.isAbsent &&
            !["HTTP", "HTTPS"].includes(protocol.text?.toUpperCase() ?? "")
        ) {
            return;
        }
        judge(group, protocol, messages.requests, report);
        const check = group.type.startsWith("aws-native:")
            ? properties.at("healthCheckProtocol")
            : properties.at("healthCheck", "protocol");
        // Of a protocol that is not known yet, nobody can say what AWS takes for a missing one of its health check.
        if (protocol.isUnknown && check.isAbsent) {
            return;
        }
        judge(group, check, messages.healthChecks, report);
    },
};

function judge(group: Resource, protocol: Read, consequence: string, report: Report): void {
    if (protocol.isUnknown) {
        cannotTell(report, group, protocol, messages.mayBeHttps(group.name));
    } else if (protocol.text?.toUpperCase() !== "HTTPS") {
        const value = protocol.isAbsent ? messages.missing : protocol.shown();
        violation(report, group, protocol, messages.notHttps(protocol.path, value, consequence));
    }
}
