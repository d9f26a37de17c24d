import { securityHub } from "./controls";
import { referredTo, Read } from "../graph";
import { arnOf, isFarFromEdge, WEB_ACL_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import type { StackRule } from "../rule";

const LOGGING_TYPES = [
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    "aws-native:wafv2:LoggingConfiguration",
];

const howToLog =
    'Add a WebAclLoggingConfiguration with its ARN as resourceArn and a log group, bucket or stream whose name starts with "aws-waf-logs-".';

/** What the rule says. */
export const messages = {
    notLogged: `No logging configuration of this stack belongs to the web ACL. ${howToLog}`,
    noDestination:
        'The web ACL\'s logging configuration has no logDestinationConfigs. Write there the ARN of a log group, bucket or stream whose name starts with "aws-waf-logs-".',
    refused: (destination: Read, isGlobal: boolean) =>
        `AWS WAF refuses ${destination.shown()}, the logDestinationConfigs of the web ACL's logging configuration. Write the ARN of a bucket, or of a log group or stream${isGlobal ? " in us-east-1" : ""}, whose name starts with "aws-waf-logs-".`,
    /** Cannot tell whether. */
    logged: "the web ACL is logged",
    /** Why not. */
    webAclUnknown: "a logging configuration of this stack belongs to a web ACL that is not known yet",
};

/** What the firewall blocked, and why, can be read afterwards. */
export const webAclLogging: StackRule = {
    scope: "stack",
    name: "web-acl-logging",
    displayName: "A web ACL is logged",
    description: "Every WAFv2 web ACL has a logging configuration with a destination.",
    level: "advisory",
    severity: "low",
    controls: securityHub("WAF.11"),
    remediationSteps:
        'Add a WebAclLoggingConfiguration with the web ACL as resourceArn. The destination\'s name starts with "aws-waf-logs-" and, for scope CLOUDFRONT, a log group must be in us-east-1; redact authorization, cookie and the origin secret.',
    types: [...WEB_ACL_TYPES, ...LOGGING_TYPES],
    evaluate(graph, report) {
        const logging = referredTo(graph, LOGGING_TYPES, "resourceArn", WEB_ACL_TYPES);
        for (const acl of graph.ofType(...WEB_ACL_TYPES)) {
            const configurations = logging.by.get(acl) ?? [];
            const destinations = configurations.flatMap((found) => Read.of(found).at("logDestinationConfigs").items());
            const subject = Read.of(acl);
            const isGlobal = subject.at("scope").text === "CLOUDFRONT";
            if (destinations.some((destination) => isTaken(destination, isGlobal))) {
                continue;
            }
            const [refused] = destinations;
            if (refused !== undefined) {
                violation(report, acl, subject, messages.refused(refused, isGlobal));
            } else if (logging.unknown.length > 0) {
                cannotTell(report, acl, subject, messages.logged, messages.webAclUnknown);
            } else {
                const message = configurations.length > 0 ? messages.noDestination : messages.notLogged;
                violation(report, acl, subject, message);
            }
        }
    },
};

/**
 * Whether AWS WAF takes a destination; one that is not known yet is one of AWS's making. Source: AWS WAF Developer Guide,
 * "AWS WAF logging destinations".
 */
function isTaken(destination: Read, isGlobal: boolean): boolean {
    const arn = arnOf(destination.text ?? "");
    return (
        destination.isUnknown ||
        (arn !== undefined &&
            names[arn.service]?.test(arn.resource) === true &&
            !(isGlobal && isFarFromEdge(arn.region)))
    );
}

/** How the resource part of an ARN begins, by the services that take logs of AWS WAF. */
const names: Readonly<Record<string, RegExp>> = {
    logs: /^log-group:aws-waf-logs-/,
    s3: /^aws-waf-logs-/,
    firehose: /^deliverystream\/aws-waf-logs-/,
};
