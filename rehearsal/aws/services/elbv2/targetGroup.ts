import ipaddr from "ipaddr.js";
import { type Account, object, text } from "../../account";
import type { Values } from "../../../provider";
import { blocksOf, within } from "../ec2";
import { hex, isAddress, isKnown, type Operation, type ResourceModel, type Rule, ruleForms } from "../resource";

const isApplication = ({ protocol }: Values) => protocol === "HTTP" || protocol === "HTTPS";

const { rule } = ruleForms("InvalidConfigurationRequest");

/** Sources: API reference, TargetGroupAttribute; user guide, "Health checks" and "Target group attributes"; the provider. */
const targetGroupRules: readonly Rule[] = [
    rule("slowStart", (seconds, { loadBalancingAlgorithmType: algorithm = "round_robin" }) =>
        Number(seconds) > 0 && algorithm !== "round_robin"
            ? `goes with the algorithm "round_robin" only, not with "${text(algorithm)}".`
            : undefined,
    ),
    rule("loadBalancingAnomalyMitigation", (value, { loadBalancingAlgorithmType: algorithm = "round_robin" }) =>
        value === "on" && isKnown(algorithm) && algorithm !== "weighted_random"
            ? 'goes with the algorithm "weighted_random" only.'
            : undefined,
    ),
    rule("protocol", (protocol, { targetType }) =>
        targetType === "alb" && isKnown(protocol) && !/^(TCP|TLS)$/.test(text(protocol))
            ? `is "${text(protocol)}"; targets of the type "alb" are reached by TCP or TLS.`
            : undefined,
    ),
    rule("preserveClientIp", (value, { protocol }) =>
        value === "false" && /UDP/.test(text(protocol))
            ? `is "false", which ${text(protocol)} does not allow.`
            : undefined,
    ),
    rule("port", (port, { protocol }) =>
        protocol === "GENEVE" && isKnown(port) && port !== 6081
            ? `is ${Number(port)}; targets are reached by GENEVE on port 6081.`
            : undefined,
    ),
    // Source: API reference, TargetGroupAttribute: neither can be set without the other.
    rule("targetFailovers.onUnhealthy", (value, { onDeregistration }) =>
        isKnown(value) && isKnown(onDeregistration) && value !== onDeregistration
            ? `is "${text(value)}"; "onDeregistration" must be the same.`
            : undefined,
    ),
    ...["port", "protocol", "vpcId"].map((name) =>
        rule(name, (value, { targetType }) =>
            value === undefined && targetType !== "lambda"
                ? `Missing required property "${name}": only target groups of type "lambda" do without.`
                : undefined,
        ),
    ),
    rule("healthCheck.enabled", (enabled, _, { targetType }) =>
        enabled === false && isKnown(targetType ?? "") && targetType !== "lambda"
            ? 'is false, which target groups of type "lambda" may have only.'
            : undefined,
    ),
    rule("healthCheck.protocol", (protocol, _, group) =>
        protocol === "TCP" && isApplication(group)
            ? `is "TCP"; target groups of ${text(group.protocol)} are checked by HTTP or HTTPS.`
            : undefined,
    ),
    ...["path", "matcher"].map((name) =>
        rule(`healthCheck.${name}`, (value, { protocol }, group) =>
            protocol === "TCP" && !isApplication(group) && value !== undefined
                ? "is of health checks by HTTP and HTTPS; this one is by TCP."
                : undefined,
        ),
    ),
    rule("stickiness.type", (type, { enabled }, group) =>
        enabled !== false &&
        isKnown(type) &&
        isKnown(group.protocol) &&
        // Source: user guide of Network Load Balancers, "Edit target group attributes": not of TLS.
        (isApplication(group) !== /_cookie$/.test(text(type)) || group.protocol === "TLS")
            ? `is "${text(type)}", which target groups of ${text(group.protocol)} do not have.`
            : undefined,
    ),
];

export const targetGroup: ResourceModel = {
    rules: targetGroupRules,
    judge: checkHealth,
    create: ({ inputs }) => health(inputs),
    update: ({ inputs }) => health(inputs),
};

/** Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups". */
function checkHealth({ inputs, refuseIf }: Operation): void {
    const { interval, timeout, matcher, protocol } = object(health(inputs).healthCheck);
    refuseIf(
        Number(timeout) >= Number(interval),
        "ValidationError",
        `Health check timeout '${Number(timeout)}' must be smaller than the interval '${Number(interval)}'`,
    );
    // Source: API reference, Matcher: codes and ranges of them, of HTTP from 200 to 499, of gRPC from 0 to 99.
    const [least, most] = inputs.protocolVersion === "GRPC" ? [0, 99] : [200, 499];
    const fits = text(matcher)
        .split(",")
        .every((part) => {
            const [from = "", to = from] = part.split("-");
            return (
                /^\d+(-\d+)?$/.test(part) && Number(from) >= least && Number(to) <= most && Number(from) <= Number(to)
            );
        });
    refuseIf(
        isApplication(inputs) && protocol !== "TCP" && !fits,
        "InvalidConfigurationRequest",
        `Health check matcher HTTP code '${text(matcher)}' must be within '${least}-${most}' inclusive`,
    );
}

export const targetGroupAttachment: ResourceModel = {
    create({ account, inputs, refuseIf }) {
        const { targetType, vpcId, ipAddressType, port } =
            account.find("TargetGroup", inputs.targetGroupArn)?.properties ?? {};
        const target = text(inputs.targetId);
        // Source: API reference, RegisterTargets and TargetDescription.
        refuseIf(
            targetType === "lambda" &&
                account
                    .all("TargetGroupAttachment")
                    .some(({ properties }) => properties.targetGroupArn === inputs.targetGroupArn),
            "TooManyTargets",
            `The target group '${text(inputs.targetGroupArn)}' has a Lambda function already`,
        );
        refuseIf(
            targetType === "lambda" && inputs.port !== undefined,
            "ValidationError",
            "A port cannot be specified for a Lambda function",
        );
        refuseIf(
            targetType === "instance" && !target.startsWith("i-"),
            "ValidationError",
            `The target '${target}' is not the id of an instance, which the target group's type 'instance' needs`,
        );
        refuseIf(
            targetType === "alb" &&
                account
                    .all("Listener")
                    .every(
                        ({ properties }) =>
                            properties.loadBalancerArn !== target || properties.port !== (inputs.port ?? port),
                    ),
            "InvalidTarget",
            `The load balancer '${target}' has no listener on the port of the target`,
        );
        refuseIf(
            targetType === "ip" && (!isAddress(target) || target.includes(":") !== (ipAddressType === "ipv6")),
            "ValidationError",
            `The IP address '${target}' is not a valid ${ipAddressType === "ipv6" ? "IPv6" : "IPv4"} address`,
        );
        // Source: API reference, TargetDescription: addresses of the VPC's ranges; in the zone "all", of RFC 1918 and RFC 6598.
        refuseIf(
            targetType === "ip" &&
                isOutside(account, vpcId, target) &&
                (inputs.availabilityZone !== "all" || ipaddr.parse(target).range() === "unicast"),
            "ValidationError",
            `The IP address '${target}' is not within the VPC or is public. A private one beside the VPC needs the availability zone 'all'`,
        );
        return { id: `${text(inputs.targetGroupArn)}-${hex(20)}` };
    },
};

/** Whether no range of IPv4 of the VPC holds an address. */
function isOutside(account: Account, vpcId: unknown, address: string): boolean {
    const vpc = account.all("Vpc").find(({ id }) => id === vpcId);
    const blocks = vpc === undefined ? [] : blocksOf(account, vpc);
    return ipaddr.IPv4.isValid(address) && !blocks.some((block) => within(`${address}/32`, block));
}

function health(inputs: Values): Values {
    const given = object(inputs.healthCheck);
    const standard = {
        enabled: true,
        healthyThreshold: 3,
        interval: 30,
        matcher: inputs.protocolVersion === "GRPC" ? "12" : "200",
        path: "/",
        port: "traffic-port",
        protocol: "HTTP",
        timeout: 5,
        unhealthyThreshold: 3,
    };
    return {
        healthCheck: Object.fromEntries(
            Object.entries({ ...standard, ...given }).filter(([name]) => name !== "__defaults"),
        ),
    };
}
