import assert from "node:assert/strict";

import { changed } from "../test/compliantStack";
import { breach, joining as rulesThatJoin } from "../test/joining";
import { messagesOf, verdictsOf } from "../test/testRule";
import { albIngressCloudfrontOnly, messages } from "./alb-ingress-cloudfront-only";

const joining = [rulesThatJoin.defaultAction, rulesThatJoin.ingress, rulesThatJoin.authenticated];

const accelerator = (aws: string, endpointId = "${loadBalancer.arn}") => ({
    accelerator: { type: `${aws}:Accelerator`, properties: { name: "edge" } },
    acceleratorListener: { type: `${aws}:Listener`, properties: { acceleratorArn: "${accelerator.arn}" } },
    endpoints: {
        type: `${aws}:EndpointGroup`,
        properties: { listenerArn: "${acceleratorListener.arn}", endpointConfigurations: [{ endpointId }] },
    },
});
const network = (actions: unknown, groupType = "alb", networkType = "network") => ({
    front: { type: "aws:lb:LoadBalancer", properties: { loadBalancerType: networkType, securityGroups: ["sg-f"] } },
    tcp: {
        type: "aws:lb:Listener",
        properties: { loadBalancerArn: "${front.arn}", port: 443, protocol: "TCP", defaultActions: actions },
    },
    handed: { type: "aws:lb:TargetGroup", properties: { targetType: groupType, port: 443, protocol: "TCP" } },
    attachment: {
        type: "aws:lb:TargetGroupAttachment",
        properties: { targetGroupArn: "${handed.arn}", targetId: "${loadBalancer.arn}" },
    },
});
const forward = [{ type: "forward", targetGroupArn: "${handed.arn}" }];
const originIs = (domainName: string) => ({ "distribution.origins.0.domainName": domainName });

describe("an origin and a load balancer are joined", () => {
    const ways: Record<string, Record<string, unknown>> = {
        "an accelerator": { ...accelerator("aws:globalaccelerator"), ...originIs("${accelerator.dnsName}") },
        "an accelerator of aws-native, by its name for both families": {
            ...accelerator("aws-native:globalaccelerator"),
            ...originIs("${accelerator.dualStackDnsName}"),
        },
        "a record for an accelerator": {
            ...accelerator("aws:globalaccelerator"),
            record: {
                type: "aws:route53:Record",
                properties: { name: "origin.example.com", type: "A", aliases: [{ name: "${accelerator.dnsName}" }] },
            },
        },
        "a network load balancer": { ...network(forward), ...originIs("${front.dnsName}") },
        "a network load balancer with weighted target groups": {
            ...network([{ type: "forward", forward: { targetGroups: [{ arn: "${handed.arn}", weight: 1 }] } }]),
            ...originIs("${front.dnsName}"),
        },
        "a target group of aws-native, which names its targets itself": {
            ...network(forward),
            attachment: undefined,
            handed: {
                type: "aws-native:elasticloadbalancingv2:TargetGroup",
                properties: { targetType: "alb", targets: [{ id: "${loadBalancer.arn}" }] },
            },
            ...originIs("${front.dnsName}"),
        },
        "resources of a Terraform module": {
            accelerator: { type: "edge:tf:aws_globalaccelerator_accelerator", properties: { arn: "arn:a" } },
            acceleratorListener: {
                type: "edge:tf:aws_globalaccelerator_listener",
                properties: { arn: "arn:l", accelerator_arn: "arn:a" },
            },
            endpoints: {
                type: "edge:tf:aws_globalaccelerator_endpoint_group",
                properties: { listener_arn: "arn:l", endpoint_configuration: [{ endpoint_id: "arn:f" }] },
            },
            "accelerator.dns_name": "a1.awsglobalaccelerator.com",
            front: { type: "edge:tf:aws_lb", properties: { arn: "arn:f", load_balancer_type: "network" } },
            tcp: {
                type: "edge:tf:aws_lb_listener",
                properties: {
                    load_balancer_arn: "arn:f",
                    default_action: [{ type: "forward", forward: [{ target_group: [{ arn: "arn:t" }] }] }],
                },
            },
            handed: { type: "edge:tf:aws_lb_target_group", properties: { arn: "arn:t", target_type: "alb" } },
            attachment: {
                type: "edge:tf:aws_lb_target_group_attachment",
                properties: { target_group_arn: "arn:t", target_id: "${loadBalancer.arn}" },
            },
            ...originIs("a1.awsglobalaccelerator.com"),
        },
        "an accelerator before a network load balancer": {
            ...network(forward),
            ...accelerator("aws:globalaccelerator", "${front.arn}"),
            ...originIs("${accelerator.dnsName}"),
        },
    };
    for (const [title, resources] of Object.entries(ways)) {
        it(`by ${title}`, () => {
            for (const [rule, expected] of joining) {
                assert.deepEqual(verdictsOf(rule, changed({ ...breach, ...resources })), [expected], rule.name);
            }
        });
    }

    it("not by a target group of another type, a listener with other targets, or an accelerator of another endpoint", () => {
        const name = "origin.example.com";
        const record = {
            type: "aws:route53:Record",
            properties: { name, type: "A", aliases: [{ name: "${front.dnsName}" }] },
        };
        const elsewhere = [{ type: "forward", targetGroupArn: "${targets.arn}" }];
        for (const [rule] of joining) {
            for (const apart of [network(forward, "instance"), network(elsewhere)]) {
                assert.deepEqual(verdictsOf(rule, changed({ ...breach, ...apart, record })), [], rule.name);
            }
            const other = accelerator("aws:globalaccelerator", "i-1");
            const led = {
                ...record,
                properties: { ...record.properties, aliases: [{ name: "${accelerator.dnsName}" }] },
            };
            assert.deepEqual(verdictsOf(rule, changed({ ...breach, ...other, record: led })), [], rule.name);
        }
    });

    it("and the group of the network load balancer before it may let in only CloudFront", () => {
        const stack = (groups: unknown) =>
            changed({
                ...breach,
                ...network(forward),
                ...originIs("${front.dnsName}"),
                frontGroup: { type: "aws:ec2:SecurityGroup", properties: { vpcId: "vpc-1" } },
                "front.securityGroups": groups,
                "fromCloudFront.cidrIpv4": undefined,
                "fromCloudFront.prefixListId": undefined,
                "fromCloudFront.referencedSecurityGroupId": "${frontGroup.id}",
            });
        const place = "fromCloudFront referencedSecurityGroupId";
        const own = stack(["${frontGroup.id}"]);
        assert.deepEqual(verdictsOf(albIngressCloudfrontOnly, own), [`cannot tell: ${place}`]);
        assert.ok(
            messagesOf(albIngressCloudfrontOnly, own)[0]?.includes(
                messages.groupOfRelay(messages.securityGroup('"frontGroup"'), "front"),
            ),
        );
        assert.deepEqual(verdictsOf(albIngressCloudfrontOnly, stack(["sg-f"])), [`violation: ${place}`]);
        const outside = { ...stack(["sg-f"]) };
        (outside.fromCloudFront?.properties as Record<string, unknown>).referencedSecurityGroupId = "sg-f";
        assert.deepEqual(verdictsOf(albIngressCloudfrontOnly, outside), [`cannot tell: ${place}`]);
    });
});
