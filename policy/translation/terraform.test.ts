import assert from "node:assert/strict";

import { rules } from "../rules";
import { byName, holds, resultsOf, said } from "../test/programVerdicts";
import { findingsOf, programOf, resourcesOf, type Program } from "../test/yamlProgram";
import { terraformTargets } from "./terraform";

describe("Terraform", () => {
    it("a module's load balancer and group, in Terraform's own names", () =>
        holds(
            `
resources:
  balancer:
    type: "alb:tf:aws_lb"
    properties: { load_balancer_type: application, security_groups: [sg-9], arn: "arn:x" }
  group:
    type: "alb:tf:aws_security_group"
    properties: { id: sg-9, ingress: [{ cidr_blocks: [], ipv6_cidr_blocks: ["::/0"], from_port: 443 }] }
  rule:
    type: "alb:tf:aws_vpc_security_group_ingress_rule"
    properties: { security_group_id: sg-9, cidr_ipv4: 0.0.0.0/0 }
  web:
    type: "cdn:tf:aws_cloudfront_distribution"
    properties:
      origin: [{ domain_name: o.example.com, origin_id: a, custom_origin_config: [{ origin_protocol_policy: http-only }] }]
`,
            [
                "alb-no-public-ingress: violation: group ingress[0].ipv6_cidr_blocks[0]",
                "alb-no-public-ingress: violation: rule cidr_ipv4",
                "cloudfront-origin-https-only: violation: web origin[0].custom_origin_config[0].origin_protocol_policy",
            ],
        ));

    it("a Terraform provider that Pulumi runs", () =>
        holds(
            `
resources:
  balancer: { type: "aws:index/alb:Alb", properties: { securityGroups: ["\${group.id}"] } }
  group: { type: "aws:index/securityGroup:SecurityGroup", properties: { ingresses: [{ cidrBlocks: ["0.0.0.0/0"] }] } }
  web:
    type: awscc:index/cloudfrontDistribution:CloudfrontDistribution
    properties:
      distributionConfig: { origins: [{ id: a, domainName: o.example.com, customOriginConfig: { originProtocolPolicy: http-only } }] }
`,
            [
                "alb-no-public-ingress: violation: group ingresses[0].cidrBlocks[0]",
                "cloudfront-origin-https-only: violation: web distributionConfig.origins[0].customOriginConfig.originProtocolPolicy",
            ],
        ));

    it("a group of the awscc provider, with the plural that the bridge makes of its rules", () =>
        holds(
            `
resources:
  balancer:
    type: awscc:index/elasticloadbalancingv2LoadBalancer:Elasticloadbalancingv2LoadBalancer
    properties: { type: application, securityGroups: ["\${group.id}"] }
  group:
    type: awscc:index/ec2SecurityGroup:Ec2SecurityGroup
    properties: { securityGroupIngresses: [{ cidrIp: 0.0.0.0/0 }] }
`,
            ["alb-no-public-ingress: violation: group securityGroupIngresses[0].cidrIp"],
        ));

    it("the TLS versions of a module's VPC origin, which is a block in a block", () => {
        const of = (items: string) =>
            findingsOf(
                byName("cloudfront-origin-tls-versions"),
                resourcesOf(
                    programOf(`
resources:
  door:
    type: "cdn:tf:aws_cloudfront_vpc_origin"
    properties: { vpc_origin_endpoint_config: [{ origin_ssl_protocols: [{ items: [${items}], quantity: 1 }] }] }
`),
                    "state",
                ),
            ).map(({ path }) => path);
        assert.deepEqual(of("TLSv1.2"), []);
        assert.deepEqual(of("TLSv1.1"), ["vpc_origin_endpoint_config[0].origin_ssl_protocols"]);
    });

    it("a template inside a Terraform resource", () =>
        holds(
            `
resources:
  stack:
    type: "legacy:tf:aws_cloudformation_stack"
    properties:
      template_body: |
        Resources:
          Web:
            Type: AWS::CloudFront::Distribution
            Properties: { DistributionConfig: { Origins: [{ Id: a, DomainName: o.example.com, CustomOriginConfig: { OriginProtocolPolicy: http-only } }] } }
  shop: { type: "legacy:tf:aws_elastic_beanstalk_environment" }
`,
            [
                "cloudfront-origin-https-only: violation: stack template_body.Resources.Web.Properties.DistributionConfig.Origins[0].CustomOriginConfig.OriginProtocolPolicy",
                "edge-resources-readable: violation: shop settings",
            ],
        ));

    it("what is missing is named as the program would write it", () => {
        const missing = (program: Program) =>
            resultsOf(
                rules.filter(({ name }) => !name.startsWith("edge-")),
                resourcesOf(program, "state"),
            )
                .map(({ path }) => path ?? "")
                .sort();
        assert.deepEqual(
            missing({
                web: {
                    type: "cdn:tf:aws_cloudfront_distribution",
                    properties: { origin: [{ domain_name: "a.example.com", custom_origin_config: [{}] }] },
                },
                balancer: { type: "alb:tf:aws_lb", properties: { load_balancer_type: "application" } },
                listener: { type: "alb:tf:aws_lb_listener", properties: { protocol: "HTTPS" } },
            }),
            [
                "access_logs.enabled",
                "default_cache_behavior.viewer_protocol_policy",
                "drop_invalid_header_fields",
                "logging_config.bucket",
                "origin[0].custom_origin_config[0].origin_protocol_policy",
                "origin[0].custom_origin_config[0].origin_ssl_protocols",
                "security_groups",
                "ssl_policy",
                "viewer_certificate",
                "web_acl_id",
            ],
        );
        assert.deepEqual(
            missing({
                web: {
                    type: "awscc:index/cloudfrontDistribution:CloudfrontDistribution",
                    properties: { distributionConfig: { origins: [{ id: "a" }] } },
                },
            }),
            [
                "distributionConfig.defaultCacheBehavior.viewerProtocolPolicy",
                "distributionConfig.logging.bucket",
                "distributionConfig.viewerCertificate",
                "distributionConfig.webAclId",
            ],
        );
    });

    it("every type that a rule looks at, by a name of Terraform's", () => {
        const known = new Set([...terraformTargets].map((type) => type.replace(/^aws:(lb|elb)\//, "aws:*/")));
        const missing = [...new Set(rules.flatMap(({ types }) => types))]
            .filter((type) => /^aws(-native)?:(?!index:)/.test(type))
            .map((type) =>
                type.replace(
                    /^aws:(alb|lb|elb|elasticloadbalancing|elasticloadbalancingv2|applicationloadbalancing)\//,
                    "aws:*/",
                ),
            )
            .filter((type) => !known.has(type));
        // Terraform's providers have no resource that stands for a custom resource.
        assert.deepEqual(missing, ["aws-native:cloudformation:CustomResourceEmulator"]);
    });

    it("other packages and types stand for themselves", () => {
        assert.deepEqual(
            said(`
resources:
  lb: { type: "linode:index/lb:Lb", properties: { securityGroups: [sg-8] } }
  bucket: { type: "s3:tf:aws_s3_bucket" }
`),
            [],
        );
    });
});
