import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { byName, holds, linesOf, said } from "../test/programVerdicts";
import { resource } from "../test/stack";
import { messagesOf } from "../test/testRule";
import { findingsOf, programOf, resourcesOf, type Program, templateProgram } from "../test/yamlProgram";

describe("references from and to what a CloudFormation template makes", () => {
    it("a template opens the group of a balancer of the program, by a parameter", () =>
        holds(
            `
resources:
  group: { type: "aws:ec2:SecurityGroup" }
  balancer: { type: "aws:lb:LoadBalancer", properties: { securityGroups: ["\${group.id}"] } }
  opening:
    type: aws:cloudformation:Stack
    properties:
      parameters: { Group: "\${group.id}" }
      templateBody: |
        {"Parameters":{"Group":{"Type":"String"}},"Resources":{"Rule":{"Type":"AWS::EC2::SecurityGroupIngress",
        "Properties":{"GroupId":{"Ref":"Group"},"CidrIp":"0.0.0.0/0"}}}}
`,
            ["alb-no-public-ingress: violation: opening templateBody.Resources.Rule.Properties.CidrIp"],
        ));

    it("a balancer of the program has a group of a template, by the stack's outputs", () => {
        const program = programOf(`
resources:
  network:
    type: aws:cloudformation:Stack
    properties:
      outputs: { GroupId: sg-5 }
      templateBody: |
        Resources:
          Group: { Type: "AWS::EC2::SecurityGroup", Properties: { SecurityGroupIngress: [{ CidrIp: 0.0.0.0/0 }] } }
        Outputs: { GroupId: { Value: !GetAtt Group.GroupId } }
  balancer: { type: "aws:lb:LoadBalancer", properties: { securityGroups: [sg-5] } }
`);
        assert.deepEqual(said(program), [
            "alb-no-public-ingress: violation: network templateBody.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp",
        ]);
    });

    it("a record for dualstack and a balancer's name, as the AWS CDK joins them, leads to the balancer", () => {
        const name = { "Fn::GetAtt": ["Balancer", "DNSName"] };
        const lines = (alias: object) => {
            const Resources = {
                Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: {} },
                Listener: {
                    Type: "AWS::ElasticLoadBalancingV2::Listener",
                    Properties: { LoadBalancerArn: { Ref: "Balancer" }, DefaultActions: [{ Type: "forward" }] },
                },
                Record: {
                    Type: "AWS::Route53::RecordSet",
                    Properties: { Name: "origin.example.com.", AliasTarget: { DNSName: alias } },
                },
                Edge: {
                    Type: "AWS::CloudFront::Distribution",
                    Properties: {
                        DistributionConfig: {
                            Origins: [{ Id: "o", DomainName: "origin.example.com", CustomOriginConfig: {} }],
                        },
                    },
                },
            };
            const stack = { type: "aws:cloudformation/stack:Stack", properties: { templateBody: { Resources } } };
            return linesOf(["alb-default-action-fail-closed"], resourcesOf({ stack }, "preview"));
        };
        const found = [
            "alb-default-action-fail-closed: violation: stack templateBody.Resources.Listener.Properties.DefaultActions",
        ];
        assert.deepEqual(lines({ "Fn::Join": ["", ["dualstack.", name]] }), found);
        assert.deepEqual(lines({ "Fn::Join": ["", ["other.", name]] }), []);
    });

    it("an origin that is an API, a function or a website in a bucket is no load balancer of the stack, as the AWS CDK names it", () => {
        const join = (...parts: unknown[]) => ({ "Fn::Join": ["", parts] });
        const hostIn = (url: unknown) => ({ "Fn::Select": [2, { "Fn::Split": ["/", url] }] });
        const [region, suffix] = [{ Ref: "AWS::Region" }, { Ref: "AWS::URLSuffix" }];
        const said = (DomainName: object, type = "aws:cloudformation/stack:Stack", properties: object = {}) => {
            const Resources = {
                Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: {} },
                Api: { Type: "AWS::ApiGateway::RestApi" },
                Http: { Type: "AWS::ApiGatewayV2::Api" },
                Url: { Type: "AWS::Lambda::Url" },
                Site: { Type: "AWS::S3::Bucket" },
                Edge: {
                    Type: "AWS::CloudFront::Distribution",
                    Properties: { DistributionConfig: { Origins: [{ Id: "o", DomainName, CustomOriginConfig: {} }] } },
                },
            };
            const stack = resource(type, "stack", { templateBody: { Resources }, ...properties });
            const names = ["cloudfront-origin-authenticated", "alb-default-action-fail-closed"];
            return linesOf(names, [stack]).map((line) => line.split(": ")[1]);
        };
        const unsure = ["cannot tell", "cannot tell"];
        const rest = hostIn(join("https://", { Ref: "Api" }, ".execute-api.", region, ".", suffix, "/prod/"));
        const http = { "Fn::Sub": "${Http}.execute-api.${AWS::Region}.${AWS::URLSuffix}" };
        for (const domain of [rest, http]) {
            assert.deepEqual(said(domain), unsure);
            for (const name of ["eu-west-1", "cn-north-1", "us-gov-west-1"]) {
                assert.deepEqual(said(domain, undefined, { region: name }), [], name);
            }
            assert.deepEqual(
                said(domain, undefined, { id: "arn:aws:cloudformation:eu-west-1:123456789012:stack/a" }),
                [],
            );
            assert.deepEqual(said(domain, undefined, { id: "eu-west-1" }), unsure);
            // Its suffix is none of those that are documented here.
            assert.deepEqual(said(domain, undefined, { region: "us-iso-east-1" }), unsure);
            // Its instances are in other Regions.
            assert.deepEqual(said(domain, "aws:cloudformation/stackSet:StackSet", { region: "eu-west-1" }), unsure);
        }
        assert.deepEqual(said(hostIn({ "Fn::GetAtt": ["Http", "ApiEndpoint"] })), []);
        assert.deepEqual(said(hostIn({ "Fn::GetAtt": ["Url", "FunctionUrl"] })), []);
        assert.deepEqual(said(hostIn({ "Fn::GetAtt": ["Site", "WebsiteURL"] })), []);
        assert.deepEqual(said(hostIn({ "Fn::GetAtt": ["Url", "Other"] })), unsure);
    });

    it("the rest of the program finds what a template makes by the stack's outputs, whichever function names it", () => {
        const program = (output: string) => {
            const templateBody = `Resources:
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { SecurityGroupIngress: [{ CidrIp: 0.0.0.0/0 }] } }
Outputs: { GroupId: { Value: ${output} } }`;
            return {
                network: {
                    type: "aws:cloudformation:Stack",
                    properties: { outputs: { GroupId: "sg-5" }, templateBody },
                },
                balancer: { type: "aws:lb:LoadBalancer", properties: { securityGroups: ["sg-5"] } },
            };
        };
        for (const output of ["!Ref Group", "!GetAtt Group.GroupId", "!GetAtt [Group, GroupId]"]) {
            assert.equal(said(program(output)).length, 1, output);
        }
        for (const output of ["!GetAtt Group.VpcId2", "!Ref Other", "sg-5", "!GetAtt 1"]) {
            assert.deepEqual(said(program(output)), [], output);
        }
    });

    it("what other outputs say does not stand for the group", () => {
        const program = (Outputs: object, outputs: object): Program => {
            const open = { SecurityGroupIngress: [{ CidrIp: "0.0.0.0/0" }] };
            const Resources = {
                Group: { Type: "AWS::EC2::SecurityGroup", Properties: open },
                Alb: {
                    Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
                    Properties: { SecurityGroups: [{ Ref: "Group" }] },
                },
            };
            const templateBody = JSON.stringify({ Resources, Outputs });
            return {
                network: { type: "aws:cloudformation:Stack", properties: { outputs, templateBody } },
                balancer: { type: "aws:lb:LoadBalancer", properties: { securityGroups: ["sg-5"] } },
            };
        };
        const open = [
            "alb-no-public-ingress: violation: network templateBody.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp",
        ];
        const group = { Value: { "Fn::GetAtt": "Group.GroupId" } };
        const both = { GroupId: group, Network: { Value: { "Fn::GetAtt": "Group.VpcId" } } };
        const [message = ""] = messagesOf(
            byName("alb-no-public-ingress"),
            program(both, { GroupId: "sg-5", Network: "vpc-1" }),
        );
        assert.match(message, /can reach load balancers "balancer", "network\/Alb":/);
        // An output that AWS has not answered yet names nothing.
        assert.deepEqual(said(program({ GroupId: group }, { GroupId: UNKNOWN })), open);
    });

    it("two groups of one template are told apart", () => {
        const template = (open: string, attached: string) =>
            templateProgram(`Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: [!Ref ${attached}] } }
  A: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1 } }
  B: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1 } }
  Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref ${open}, CidrIp: 0.0.0.0/0 } }`);
        assert.deepEqual(said(template("A", "B")), []);
        assert.equal(said(template("B", "B")).length, 1);
        assert.equal(said(template("A", "A")).length, 1);
    });

    it("a distribution finds the balancer of its template by its name", () => {
        const templateBody = JSON.stringify({
            Resources: {
                Alb: {
                    Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
                    Properties: { SecurityGroups: ["sg-1"] },
                },
                Listener: {
                    Type: "AWS::ElasticLoadBalancingV2::Listener",
                    Properties: {
                        LoadBalancerArn: { Ref: "Alb" },
                        Protocol: "HTTPS",
                        DefaultActions: [{ Type: "forward", TargetGroupArn: "arn:x" }],
                    },
                },
                Web: {
                    Type: "AWS::CloudFront::Distribution",
                    Properties: {
                        DistributionConfig: {
                            Origins: [
                                {
                                    Id: "alb",
                                    DomainName: { "Fn::GetAtt": ["Alb", "DNSName"] },
                                    CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
                                },
                            ],
                        },
                    },
                },
            },
        });
        const resources = resourcesOf(
            { one: { type: "aws:cloudformation:Stack", properties: { templateBody } } },
            "state",
        );
        const paths = findingsOf(byName("alb-default-action-fail-closed"), resources).map(({ path }) => path);
        assert.deepEqual(paths, ["templateBody.Resources.Listener.Properties.DefaultActions"]);
    });

    it("a distribution finds balancers of its template that are no application load balancers by their names", () => {
        const cases = [
            ["AWS::ElasticLoadBalancing::LoadBalancer", "DNSName", {}],
            ["AWS::ElasticLoadBalancing::LoadBalancer", "CanonicalHostedZoneName", {}],
            ["AWS::ElasticLoadBalancingV2::LoadBalancer", "DNSName", { Type: "network" }],
        ] as const;
        for (const [Type, attribute, Properties] of cases) {
            const origin = { Id: "o", CustomOriginConfig: { OriginProtocolPolicy: "https-only" } };
            const Origins = [{ ...origin, DomainName: { "Fn::GetAtt": ["Front", attribute] } }];
            const templateBody = JSON.stringify({
                Resources: {
                    Front: { Type, Properties },
                    Web: { Type: "AWS::CloudFront::Distribution", Properties: { DistributionConfig: { Origins } } },
                },
            });
            const program = { one: { type: "aws:cloudformation:Stack", properties: { templateBody } } };
            const found = findingsOf(byName("cloudfront-origin-authenticated"), resourcesOf(program, "state"));
            assert.deepEqual(
                found.map(({ kind, path }) => [kind, path]),
                [["violation", "templateBody.Resources.Web.Properties.DistributionConfig.Origins[0].DomainName"]],
                `${Type} ${attribute}`,
            );
            assert.ok(found.every(({ message }) => message.includes('at origin "o" and bypass')));
        }
    });

    it("a distribution finds the balancer behind the accelerator of its template by either name", () => {
        for (const attribute of ["DnsName", "DualStackDnsName"]) {
            const templateBody = `
Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: [sg-1] } }
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Alb
      Protocol: HTTPS
      DefaultActions: [{ Type: forward, TargetGroupArn: "arn:x" }]
  Accelerator: { Type: AWS::GlobalAccelerator::Accelerator, Properties: { Name: edge } }
  Port:
    Type: AWS::GlobalAccelerator::Listener
    Properties: { AcceleratorArn: !Ref Accelerator, Protocol: TCP, PortRanges: [{ FromPort: 443, ToPort: 443 }] }
  Group:
    Type: AWS::GlobalAccelerator::EndpointGroup
    Properties: { ListenerArn: !Ref Port, EndpointConfigurations: [{ EndpointId: !Ref Alb }] }
  Web:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - Id: alb
            DomainName: !GetAtt Accelerator.${attribute}
            CustomOriginConfig: { OriginProtocolPolicy: https-only }
`;
            const program = { one: { type: "aws:cloudformation:Stack", properties: { templateBody } } };
            for (const form of ["preview", "state"] as const) {
                const findings = findingsOf(byName("alb-default-action-fail-closed"), resourcesOf(program, form));
                assert.deepEqual(
                    findings.map(({ path }) => path),
                    ["templateBody.Resources.Listener.Properties.DefaultActions"],
                    `${attribute} ${form}`,
                );
            }
        }
    });
});
