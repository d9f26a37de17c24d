import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { albIngressCloudfrontOnly } from "./alb-ingress-cloudfront-only";
import { prefixListWeight } from "./prefix-list-weight";

const ingress = (properties: Record<string, unknown>) => ({
    type: "aws:vpc:SecurityGroupIngressRule",
    properties: { securityGroupId: "${loadBalancerGroup.id}", ...properties },
});

describe("alb-ingress-cloudfront-only says of", () => {
    it("addresses", () => {
        says(
            albIngressCloudfrontOnly,
            {
                further: ingress({ cidrIpv4: "10.0.0.0/8" }),
            },
            [
                'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "loadBalancerGroup" lets in addresses "10.0.0.0/8" (cidrIpv4), which reach it past the firewall. Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.',
            ],
        );
    });

    it("addresses that are not known yet", () => {
        says(
            albIngressCloudfrontOnly,
            {
                further: ingress({ cidrIpv4: UNKNOWN }),
            },
            [
                'It cannot be told whether only CloudFront reaches load balancer "loadBalancer": cidrIpv4 is not known yet.',
            ],
        );
    });

    it("a prefix list of one's own", () => {
        says(
            albIngressCloudfrontOnly,
            {
                list: { type: "aws:ec2:ManagedPrefixList", properties: { maxEntries: 1 } },
                further: ingress({ prefixListId: "${list.id}" }),
            },
            [
                'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "loadBalancerGroup" lets in prefix list "list" of your own (prefixListId), which reach it past the firewall. Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.',
            ],
        );
    });

    it("a prefix list from outside", () => {
        says(
            albIngressCloudfrontOnly,
            {
                further: ingress({ prefixListId: "pl-0123456789abcdef0" }),
            },
            [
                'It cannot be told whether only CloudFront reaches load balancer "loadBalancer": prefix list pl-0123456789abcdef0 is not in this stack. If it is com.amazonaws.global.cloudfront.origin-facing of its Region, add it to the setting prefixListIds.',
            ],
        );
    });

    it("a prefix list that is not known yet", () => {
        says(
            albIngressCloudfrontOnly,
            {
                further: ingress({ prefixListId: UNKNOWN }),
            },
            [
                'It cannot be told whether only CloudFront reaches load balancer "loadBalancer": prefixListId is not known yet.',
            ],
        );
    });

    it("the group itself", () => {
        says(albIngressCloudfrontOnly, { "loadBalancerGroup.ingress": [{ self: true }] }, [
            'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "loadBalancerGroup" lets in every member of the group itself (ingress[0].self), which reach it past the firewall. Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.',
        ]);
    });

    it("another group of the stack", () => {
        says(
            albIngressCloudfrontOnly,
            {
                callers: { type: "aws:ec2:SecurityGroup", properties: {} },
                further: ingress({ referencedSecurityGroupId: "${callers.id}" }),
            },
            [
                'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "loadBalancerGroup" lets in security group "callers" (referencedSecurityGroupId), which reach it past the firewall. Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.',
            ],
        );
    });

    it("a group from outside", () => {
        says(
            albIngressCloudfrontOnly,
            {
                further: ingress({ referencedSecurityGroupId: "sg-0123456789abcdef0" }),
            },
            [
                'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "loadBalancerGroup" lets in security group "sg-0123456789abcdef0" (referencedSecurityGroupId), which reach it past the firewall. Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.',
            ],
        );
    });

    it("a group that is not known yet", () => {
        says(
            albIngressCloudfrontOnly,
            {
                further: ingress({ referencedSecurityGroupId: UNKNOWN }),
            },
            [
                'It cannot be told whether only CloudFront reaches load balancer "loadBalancer": referencedSecurityGroupId is not known yet.',
            ],
        );
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
                'It cannot be told whether only CloudFront reaches load balancer "loadBalancer": security group "sg-0123456789abcdef0" is not in this stack. If it is CloudFront-VPCOrigins-Service-SG, add it to the setting securityGroupIds.',
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
            [
                'Load balancer "loadBalancer" is an origin of distribution "distribution", and its security group "sg-0123456789abcdef0" lets in addresses "10.0.0.0/8" (cidrIpv4), which reach it past the firewall. Let in port 443 from the managed prefix list com.amazonaws.global.cloudfront.origin-facing and nothing else; put other callers into a security group of their own and name it in the setting securityGroupIds.',
            ],
        );
    });

    it("an origin that is not known yet", () => {
        says(albIngressCloudfrontOnly, { "distribution.origins.0.domainName": UNKNOWN }, [
            "It cannot be told whether only CloudFront reaches this origin: origins[0].domainName is not known yet.",
        ]);
    });
});

describe("prefix-list-weight says of", () => {
    it("a list of unknown weight", () => {
        says(
            prefixListWeight,
            {
                further: ingress({ prefixListId: "pl-0123456789abcdef0" }),
            },
            [
                'It cannot be told whether the rules of "loadBalancerGroup" fit into the quota: the weight of pl-0123456789abcdef0 is not known in this stack, and the rest weighs 55 of 60.',
            ],
        );
    });

    it("lists and other sources", () => {
        says(
            prefixListWeight,
            {
                list: { type: "aws:ec2:ManagedPrefixList", properties: { maxEntries: 6 } },
                further: ingress({ prefixListId: "${list.id}" }),
                "loadBalancerGroup.ingress": [{ cidrBlocks: ["10.0.0.0/8"], securityGroups: ["sg-1"] }],
            },
            [
                'The ingress rules of security group "loadBalancerGroup" weigh 63 (55 for pl-4fa04526 + 6 for list + 2 for other sources), and 60 is the quota: AWS refuses them with RulesPerSecurityGroupLimitExceeded. Refer to each list once, in a group of its own, or have quota L-0EA8095F raised and set rulesPerSecurityGroup.',
            ],
        );
    });
});
