import ipaddr from "ipaddr.js";
import { type Account, object, text } from "../../account";
import type { Values } from "../../../provider";
import { blocksOf, within } from "../ec2";
import { hex, isAddress, isKnown, type Operation, type ResourceModel, type Rule, ruleForms } from "../resource";

const isApplication = ({ protocol }: Values) => protocol === "HTTP" || protocol === "HTTPS";

const { rule } = ruleForms("InvalidConfigurationRequest");

/** Sources: API reference, TargetGroupAttribute; user guide, "Health checks" and "Target group attributes"; the provider. */
const targetGroupRules: readonly Rule[] = [
    // Source: API reference, TargetGroupAttribute: neither can be set without the other.
    rule("targetFailovers.onUnhealthy", (value, { onDeregistration }) =>
        isKnown(value) && isKnown(onDeregistration) && value !== onDeregistration
            ? `is "${text(value)}"; "onDeregistration" must be the same.`
            : undefined,
    ),
    // Source: user guide, "Target group health": DNS fails over no later than routing does.
    ...["Count", "Percentage"].map((unit) =>
        rule(
            `targetGroupHealth.unhealthyStateRouting.minimumHealthyTargets${unit}`,
            (least, _, { targetGroupHealth }) => {
                const ofDns = Number(object(object(targetGroupHealth).dnsFailover)[`minimumHealthyTargets${unit}`]);
                return Number(least) > ofDns
                    ? `is ${Number(least)}, more than that of "dnsFailover", ${ofDns}.`
                    : undefined;
            },
        ),
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
        (isApplication(inputs) || inputs.targetType === "lambda") && protocol !== "TCP" && !fits,
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
