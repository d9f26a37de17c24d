import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { albIngressCloudfrontOnly, messages } from "./alb-ingress-cloudfront-only";

const ingress = (properties: Record<string, unknown>) => ({
    type: "aws:vpc:SecurityGroupIngressRule",
    properties: { securityGroupId: "${loadBalancerGroup.id}", ...properties },
});

describe("alb-ingress-cloudfront-only says of", () => {
    const edge = { loadBalancer: "loadBalancer", distribution: "distribution" };
    const letsIn = (group: string, source: string, path: string) =>
        messages.letsIn(edge, messages.ownGroup(group), source, path);

    it("addresses", () => {
        says(albIngressCloudfrontOnly, { further: ingress({ cidrIpv4: "10.0.0.0/8" }) }, [
            'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "loadBalancerGroup" allows addresses "10.0.0.0/8" (cidrIpv4): that traffic bypasses CloudFront. Allow port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; give other callers their own security group and name it in the setting securityGroupIds.',
        ]);
    });

    it("addresses that are not known yet", () => {
        says(albIngressCloudfrontOnly, { further: ingress({ cidrIpv4: UNKNOWN }) }, [
            'Cannot tell whether only CloudFront reaches load balancer "loadBalancer": cidrIpv4 is not known yet.',
        ]);
    });

    it("a prefix list of one's own", () => {
        says(
            albIngressCloudfrontOnly,
            {
                list: { type: "aws:ec2:ManagedPrefixList", properties: { maxEntries: 1 } },
                further: ingress({ prefixListId: "${list.id}" }),
            },
            [letsIn("loadBalancerGroup", 'your own prefix list "list"', "prefixListId")],
        );
    });

    it("a prefix list from outside", () => {
        says(albIngressCloudfrontOnly, { further: ingress({ prefixListId: "pl-0123456789abcdef0" }) }, [
            'Cannot tell whether only CloudFront reaches load balancer "loadBalancer": prefix list pl-0123456789abcdef0 is not in this stack. If it is com.amazonaws.global.cloudfront.origin-facing of its Region, add it to the setting prefixListIds.',
        ]);
    });

    it("a prefix list that is not known yet", () => {
        says(albIngressCloudfrontOnly, { further: ingress({ prefixListId: UNKNOWN }) }, [
            `Cannot tell whether ${messages.mayBeReached("loadBalancer")}: prefixListId is not known yet.`,
        ]);
    });

    it("the group itself", () => {
        says(albIngressCloudfrontOnly, { "loadBalancerGroup.ingress": [{ self: true }] }, [
            letsIn("loadBalancerGroup", "every member of the group itself", "ingress[0].self"),
        ]);
    });

    it("another group of the stack", () => {
        says(
            albIngressCloudfrontOnly,
            {
                callers: { type: "aws:ec2:SecurityGroup", properties: {} },
                further: ingress({ referencedSecurityGroupId: "${callers.id}" }),
            },
            [letsIn("loadBalancerGroup", 'security group "callers"', "referencedSecurityGroupId")],
        );
    });

    it("a group from outside", () => {
        says(albIngressCloudfrontOnly, { further: ingress({ referencedSecurityGroupId: "sg-0123456789abcdef0" }) }, [
            letsIn("loadBalancerGroup", 'security group "sg-0123456789abcdef0"', "referencedSecurityGroupId"),
        ]);
    });

    it("a group that is not known yet", () => {
        says(albIngressCloudfrontOnly, { further: ingress({ referencedSecurityGroupId: UNKNOWN }) }, [
            `Cannot tell whether ${messages.mayBeReached("loadBalancer")}: referencedSecurityGroupId is not known yet.`,
        ]);
    });

    it("a group from outside, behind a VPC origin", () => {
        says(
            albIngressCloudfrontOnly,
            {
                vpcOrigin: {
                    type: "aws:cloudfront:VpcOrigin",
                    properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
                },
                "distribution.origins": [
                    {
                        originId: "origin",
                        domainName: "origin.example.com",
                        vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" },
                    },
                ],
                further: ingress({ referencedSecurityGroupId: "sg-0123456789abcdef0" }),
            },
            [
                'Cannot tell whether only CloudFront reaches load balancer "loadBalancer": security group "sg-0123456789abcdef0" is not in this stack. If it is CloudFront-VPCOrigins-Service-SG, add it to the setting securityGroupIds.',
            ],
        );
    });

    it("a group that is only named", () => {
        says(
            albIngressCloudfrontOnly,
            {
                "loadBalancer.securityGroups": ["sg-0123456789abcdef0"],
                further: {
                    type: "aws:vpc:SecurityGroupIngressRule",
                    properties: { securityGroupId: "sg-0123456789abcdef0", cidrIpv4: "10.0.0.0/8" },
                },
            },
            [letsIn("sg-0123456789abcdef0", messages.addresses('"10.0.0.0/8"'), "cidrIpv4")],
        );
    });

    it("an origin that is not known yet", () => {
        says(albIngressCloudfrontOnly, { "distribution.origins.0.domainName": UNKNOWN }, [
            "Cannot tell whether only CloudFront reaches this origin: origins[0].domainName is not known yet.",
        ]);
    });
});
