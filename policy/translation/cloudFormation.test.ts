import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { byName, holds, said } from "../test/programVerdicts";
import { findingsOf, resourcesOf, templateProgram } from "../test/yamlProgram";

describe("CloudFormation", () => {
    it("a group and a balancer of one YAML template, with short forms, parameters and conditions", () =>
        holds(
            templateProgram(`Parameters: { Who: { Type: String }, Stage: { Type: String, Default: dev } }
Conditions: { Live: !Equals [!Ref Stage, live], Dev: !Not [!Condition Live] }
Resources:
  Alb:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: { SecurityGroups: [!GetAtt Group.GroupId] }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1 } }
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Condition: Dev
    Properties: { GroupId: !Ref Group, CidrIp: !If [Dev, !Ref Who, 10.0.0.0/8] }
  Never:
    Type: AWS::EC2::SecurityGroupIngress
    Condition: Live
    Properties: { GroupId: !Ref Group, CidrIpv6: "::/0" }`),
            ["alb-no-public-ingress: violation: network templateBody.Resources.Rule.Properties.CidrIp"],
        ));

    it("a distribution in a JSON template, also of a stack set", async () => {
        const template = JSON.stringify({
            Resources: {
                Web: {
                    Type: "AWS::CloudFront::Distribution",
                    Properties: {
                        DistributionConfig: {
                            Origins: [
                                {
                                    Id: "a",
                                    DomainName: { "Fn::Sub": "o.${Zone}" },
                                    CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
                                },
                            ],
                        },
                    },
                },
            },
        });
        for (const type of [
            "aws:cloudformation:Stack",
            "aws:cloudformation:StackSet",
            "aws-native:cloudformation:Stack",
            "aws-native:cloudformation:StackSet",
        ]) {
            await holds(
                JSON.stringify({
                    resources: {
                        edge: { type, properties: { templateBody: template.replaceAll("${Zone}", "example.com") } },
                    },
                }),
                [
                    "cloudfront-origin-https-only: violation: edge templateBody.Resources.Web.Properties.DistributionConfig.Origins[0].CustomOriginConfig.OriginProtocolPolicy",
                ],
            );
        }
    });

    it("reads a stack set inside a template that holds the set's template", () => {
        const inner = { Resources: { Shop: { Type: "AWS::ElasticBeanstalk::Environment" } } };
        const of = (properties: object) => {
            const Set = { Type: "AWS::CloudFormation::StackSet", Properties: properties };
            return said({
                one: { type: "aws:cloudformation:Stack", properties: { templateBody: { Resources: { Set } } } },
            });
        };
        const place = "one templateBody.Resources.Set";
        assert.deepEqual(of({ TemplateBody: JSON.stringify(inner) }), [
            `edge-resources-readable: violation: ${place}.Properties.TemplateBody.Resources.Shop`,
        ]);
        assert.deepEqual(of({ TemplateBody: { Ref: "Nowhere" } }), [
            `edge-resources-readable: cannot tell: ${place}.Properties.TemplateBody`,
        ]);
        assert.deepEqual(of({ TemplateURL: "https://example.com" }), [
            `edge-resources-readable: cannot tell: ${place}`,
        ]);
    });

    it("reads JSON and YAML in all their forms", () => {
        const shop = "{ Type: AWS::ElasticBeanstalk::Environment }";
        const violation = "edge-resources-readable: violation: one templateBody.Resources.Shop";
        for (const templateBody of [
            '{\n\t"Resources": {\n\t\t"Shop": { "Type": "AWS::ElasticBeanstalk::Environment" }\n\t}\n}',
            `Metadata: { none, empty: }\nResources: { Shop: ${shop} }`,
            `Metadata: &shop ${shop}\nResources: { Shop: *shop }`,
            // The nearest one before it, where several have the name.
            `Metadata: [&shop {}, &shop ${shop}]\nResources: { Shop: *shop }\nOther: &shop {}`,
            `Resources: { Shop: { Type: !!str AWS::ElasticBeanstalk::Environment } }`,
        ]) {
            const one = { type: "aws:cloudformation:Stack", properties: { templateBody } };
            assert.deepEqual(said({ one }), [violation], templateBody);
        }
    });

    it("a template that repeats itself by aliases without end is none", () => {
        const levels = Array.from(
            { length: 9 },
            (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index}, `.repeat(9)}*l${index}]`,
        );
        const templateBody = ["l0: &l0 [a]", ...levels, "Resources: {}"].join("\n");
        assert.deepEqual(said({ one: { type: "aws:cloudformation:Stack", properties: { templateBody } } }), [
            "edge-resources-readable: cannot tell: one templateBody",
        ]);
    });

    it("a stack that gives no parameters has the defaults in a preview too, where AWS's answer is still unknown", () => {
        const of = (parameters: object) => {
            const templateBody = `Parameters: { Who: { Type: String, Default: 10.0.0.0/8 } }
Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: [!Ref Group] } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ CidrIp: !Ref Who }] } }`;
            const written = { type: "aws:cloudformation:Stack", properties: { templateBody, ...parameters } };
            const resources = resourcesOf({ network: written }, "preview").map((each) => ({
                ...each,
                properties: { ...each.properties, id: UNKNOWN, parameters: UNKNOWN },
            }));
            return findingsOf(byName("alb-no-public-ingress"), resources).map(({ kind }) => kind);
        };
        assert.deepEqual(of({}), []);
        assert.deepEqual(of({ parameters: { Who: "0.0.0.0/0" } }), ["cannot tell"]);
    });

    it("a resource whose condition does not hold is not made", () => {
        const body = (condition: string) => `Conditions: { Live: ${condition} }
Resources:
  Shop: { Type: AWS::ElasticBeanstalk::Environment, Condition: Live }`;
        const of = (condition: string) =>
            said({ one: { type: "aws:cloudformation:Stack", properties: { templateBody: body(condition) } } }).length;
        assert.deepEqual(["!Equals [a, b]", "!Equals [a, a]", "!Equals [!Ref AWS::AccountId, a]"].map(of), [0, 1, 1]);
    });

    it("spells what is missing as CloudFormation does", () => {
        const templateBody = JSON.stringify({
            Resources: {
                Web: {
                    Type: "AWS::CloudFront::Distribution",
                    Properties: {
                        DistributionConfig: {
                            DefaultCacheBehavior: { FunctionAssociations: [{ EventType: "viewer-request" }] },
                            Origins: [
                                {
                                    Id: "o",
                                    DomainName: "a.example.com",
                                    CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
                                },
                            ],
                        },
                    },
                },
            },
        });
        const program = { one: { type: "aws:cloudformation:Stack", properties: { templateBody } } };
        const config = "templateBody.Resources.Web.Properties.DistributionConfig";
        for (const [rule, path] of [
            ["cloudfront-edge-function-https", "DefaultCacheBehavior.FunctionAssociations[0].FunctionARN"],
            ["cloudfront-origin-tls-versions", "Origins[0].CustomOriginConfig.OriginSSLProtocols"],
            ["cloudfront-web-acl", "WebACLId"],
        ] as const) {
            const findings = findingsOf(byName(rule), resourcesOf(program, "state"));
            assert.deepEqual(
                findings.map((finding) => finding.path),
                [`${config}.${path}`],
                rule,
            );
        }
    });

    it("reads names that hold several capital letters", () => {
        const found = (rule: string, config: object) => {
            const origin = { Id: "o", DomainName: "a.example.com", CustomOriginConfig: config };
            const DistributionConfig = { Origins: [origin], ...config };
            const templateBody = JSON.stringify({
                Resources: { Web: { Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig } } },
            });
            const program = { one: { type: "aws:cloudformation:Stack", properties: { templateBody } } };
            return findingsOf(byName(rule), resourcesOf(program, "state")).map(({ path }) => path?.split(".").at(-1));
        };
        const versions = (...OriginSSLProtocols: string[]) =>
            found("cloudfront-origin-tls-versions", { OriginProtocolPolicy: "https-only", OriginSSLProtocols });
        assert.deepEqual(versions("TLSv1.2"), []);
        assert.deepEqual(versions("TLSv1.1"), ["OriginSSLProtocols"]);
        assert.deepEqual(found("cloudfront-web-acl", {}), ["WebACLId"]);
        assert.deepEqual(found("cloudfront-web-acl", { WebACLId: "arn:aws:wafv2:us-east-1:1:global/webacl/a/b" }), []);
    });

    it("names macros, and no transform that adds nothing", () => {
        const of = (transform: unknown) => {
            const templateBody = JSON.stringify({ Transform: transform, Resources: {} });
            return findingsOf(
                byName("edge-resources-readable"),
                resourcesOf({ one: { type: "aws:cloudformation:Stack", properties: { templateBody } } }, "state"),
            ).map(({ kind, path, message }) => `${kind} ${path}: ${message}`);
        };
        assert.deepEqual(of("AWS::Serverless-2016-10-31"), []);
        assert.deepEqual(of(undefined), []);
        const [macro, ...others] = of(["AWS::Serverless-2016-10-31", "Mine"]);
        assert.deepEqual(others, []);
        assert.match(
            macro ?? "",
            /^cannot tell templateBody\.Transform: .*whatever a macro adds to its template, and the transform Mine runs in AWS/,
        );
        assert.match(of({ Name: "AWS::Include" })[0] ?? "", /the transform of the template runs in AWS/);
    });

    it("says what it cannot read of a template", () => {
        const of = (properties: Record<string, unknown>) =>
            said({ one: { type: "aws:cloudformation:Stack", properties } });
        assert.deepEqual(of({ templateUrl: "https://bucket/template.yaml" }), [
            "edge-resources-readable: cannot tell: one templateUrl",
        ]);
        // CloudFormation takes none of these; what could be read of them is not all that they say.
        const broken = ["Resources: {}\nb: [", "Resources: {}\nResources: {}", "Resources: {}\n---\nResources: {}"];
        for (const templateBody of ["no template", "[]", "a: [", "Resources: 1", "&a [*a]", ...broken]) {
            assert.deepEqual(of({ templateBody }), ["edge-resources-readable: cannot tell: one templateBody"]);
        }
        const parts = {
            Nested: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "x" } },
            Macro: { Type: "Custom::Opener", Properties: {} },
            Shop: { Type: "AWS::ElasticBeanstalk::Environment", Properties: {} },
            "Fn::ForEach::Groups": ["Name", ["a"], {}],
            Bucket: { Type: "AWS::S3::Bucket" },
        };
        const templateBody = JSON.stringify({
            Transform: ["AWS::Serverless-2016-10-31", "Mine"],
            Resources: parts,
        });
        const [unsure, sure] = of({ templateBody });
        assert.match(unsure ?? "", /^edge-resources-readable: cannot tell: one templateBody\./);
        assert.equal(sure, "edge-resources-readable: violation: one templateBody.Resources.Shop");
    });
});
