import assert from "node:assert/strict";

import { evaluate } from "../judging";
import { LazyResource } from "../graph";
import { rules } from "../rules";
import { byName, holds, said } from "../test/programVerdicts";
import { resource } from "../test/stack";
import { resourcesOf } from "../test/yamlProgram";

describe("Cloud Control", () => {
    it("a rule in desiredState opens the group of a load balancer that the program declares", () =>
        holds(
            `
resources:
  opening:
    type: aws:cloudcontrol/resource:Resource
    properties:
      typeName: AWS::EC2::SecurityGroupIngress
      desiredState: '{"GroupId":"sg-1","CidrIp":"0.0.0.0/0","IpProtocol":"tcp","FromPort":443}'
  group:
    type: aws:ec2:SecurityGroup
    properties: { id: sg-1 }
  balancer:
    type: aws:lb:LoadBalancer
    properties: { securityGroups: [sg-1] }
`,
            ["alb-no-public-ingress: violation: opening desiredState.CidrIp"],
        ));

    it("a distribution in an ExtensionResource speaks HTTP to its origin", () =>
        holds(
            `
resources:
  web:
    type: aws-native:index:ExtensionResource
    properties:
      type: AWS::CloudFront::Distribution
      properties:
        DistributionConfig:
          Origins:
            - { Id: a, DomainName: o.example.com, CustomOriginConfig: { OriginProtocolPolicy: match-viewer } }
`,
            [
                "cloudfront-origin-https-only: violation: web properties.DistributionConfig.Origins[0].CustomOriginConfig.OriginProtocolPolicy",
            ],
        ));

    it("a group in ExtensionResource and a balancer in Cloud Control find each other by what AWS answered", () =>
        holds(
            `
resources:
  group:
    type: aws-native:index:ExtensionResource
    properties:
      type: AWS::EC2::SecurityGroup
      properties: { SecurityGroupIngress: [{ CidrIpv6: "::/0", IpProtocol: "-1" }] }
      outputs: { GroupId: sg-7 }
  balancer:
    type: aws:cloudcontrol/resource:Resource
    properties:
      typeName: AWS::ElasticLoadBalancingV2::LoadBalancer
      desiredState: '{"SecurityGroups":["sg-7"]}'
`,
            ["alb-no-public-ingress: violation: group properties.SecurityGroupIngress[0].CidrIpv6"],
        ));

    it("a resource is known by the id that the provider gave it", () => {
        const made = (typeName: string, name: string, desired: object, id?: string) => {
            const { urn, type, protect, properties } = resource("aws:cloudcontrol/resource:Resource", name, {
                typeName,
                desiredState: JSON.stringify(desired),
            });
            const lazy = new LazyResource(
                { urn, type, name, protect },
                () => ({ ...properties }),
                undefined,
                undefined,
                id,
            );
            return { type, inputs: lazy, outputs: lazy };
        };
        const group = (id?: string) =>
            made("AWS::EC2::SecurityGroup", "group", { SecurityGroupIngress: [{ CidrIp: "0.0.0.0/0" }] }, id);
        const balancer = made("AWS::ElasticLoadBalancingV2::LoadBalancer", "lb", { SecurityGroups: ["sg-6"] });
        const kinds = (id?: string) =>
            evaluate([byName("alb-no-public-ingress")], [group(id), balancer]).map(({ kind }) => kind);
        assert.deepEqual(kinds("sg-6"), ["violation"]);
        assert.deepEqual(kinds("sg-7"), ["cannot tell"]);
        assert.deepEqual(kinds(), ["cannot tell"]);
    });

    it("a stack of CloudFormation may hold its template itself", () => {
        const Properties = { GroupDescription: "x", SecurityGroupIngress: [{ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }] };
        const TemplateBody = JSON.stringify({
            Resources: {
                Group: { Type: "AWS::EC2::SecurityGroup", Properties },
                Alb: {
                    Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
                    Properties: { SecurityGroups: [{ Ref: "Group" }] },
                },
            },
        });
        const of = (state: object) =>
            said({
                one: {
                    type: "aws:cloudcontrol:Resource",
                    properties: { typeName: "AWS::CloudFormation::Stack", desiredState: JSON.stringify(state) },
                },
            });
        assert.deepEqual(of({ StackName: "a", TemplateBody }), [
            "alb-no-public-ingress: violation: one desiredState.TemplateBody.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp",
        ]);
        assert.deepEqual(of({ StackName: "a", TemplateURL: "https://example.com/t" }), [
            "edge-resources-readable: cannot tell: one desiredState",
        ]);
    });

    it("what is not known, or no JSON, is said; what the rules do not look at is not", () => {
        const of = (desiredState: unknown, typeName = "AWS::EC2::SecurityGroup") =>
            said({ one: { type: "aws:cloudcontrol/resource:Resource", properties: { typeName, desiredState } } });
        assert.deepEqual(of("{"), ["edge-resources-readable: cannot tell: one desiredState"]);
        assert.deepEqual(of("[]"), ["edge-resources-readable: cannot tell: one desiredState"]);
        assert.deepEqual(of('{"BucketName":"b"}', "AWS::S3::Bucket"), []);
        assert.deepEqual(of("{", "AWS::S3::Bucket"), []);
        assert.deepEqual(of("{}", "AWS::ElasticBeanstalk::Environment"), [
            "edge-resources-readable: violation: one desiredState",
        ]);
        const unknown = {
            other: { type: "aws:ec2:Vpc" },
            one: {
                type: "aws:cloudcontrol/resource:Resource",
                properties: { typeName: "AWS::EC2::SecurityGroup", desiredState: '{"VpcId":"${other.id}"}' },
            },
        };
        assert.deepEqual(said(unknown, "preview"), ["edge-resources-readable: cannot tell: one desiredState"]);
        assert.deepEqual(said(unknown, "state"), []);
    });

    it("never shows a text of a secret template or state", () => {
        const secrets = (properties: Record<string, unknown>, secret: string) => {
            const [resource] = resourcesOf(
                { one: { type: "aws:cloudcontrol/resource:Resource", properties } },
                "state",
            );
            const lazy = new LazyResource(resource ?? assert.fail(), (found) => {
                found.add(secret);
                return properties;
            });
            return evaluate(rules, [{ type: lazy.type, inputs: lazy, outputs: lazy }]);
        };
        const desiredState = JSON.stringify({
            DistributionConfig: {
                DefaultCacheBehavior: { ViewerProtocolPolicy: "https-only" },
                Origins: [
                    {
                        Id: "hush-id",
                        DomainName: "hush.example.com",
                        CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
                    },
                ],
            },
        });
        const results = secrets({ typeName: "AWS::CloudFront::Distribution", desiredState }, desiredState);
        assert.ok(results.some(({ rule }) => rule === "cloudfront-origin-https-only"));
        assert.doesNotMatch(JSON.stringify(results), /hush/);
        assert.ok(
            results.some(({ message }) =>
                message.endsWith('is "http-only". Write OriginProtocolPolicy: "https-only".'),
            ),
        );
    });
});
