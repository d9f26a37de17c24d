import assert from "node:assert/strict";

import { evaluate } from "../judging";
import { LazyResource, UNKNOWN } from "../graph";
import { rules } from "../rules";
import { findingsOf, fixturesOf, programOf, resourcesOf, type Form, type Program } from "../test/yamlProgram";
import { forms as engineForms, run } from "../test/harness";
import { resource } from "../test/stack";

const forms: readonly Form[] = ["preview", "state"];
const byName = (name: string) => rules.find((rule) => rule.name === name) ?? assert.fail(name);

/** What the mandatory rules and the rule on readability say of a program: kind, resource and path. */
function said(program: Program | string, form: Form = "state"): string[] {
    const resources = resourcesOf(typeof program === "string" ? programOf(program) : program, form);
    return evaluate(
        rules,
        resources.map((each) => ({ type: each.type, inputs: each, outputs: each })),
    )
        .filter(({ rule, level }) => level === "mandatory" || rule === "edge-resources-readable")
        .map(({ rule, kind, urn, path }) => `${rule}: ${kind}: ${urn?.split("::").at(-1)} ${path ?? ""}`)
        .sort();
}

async function holds(program: string, expected: readonly string[]): Promise<void> {
    for (const form of forms) {
        assert.deepEqual(said(program, form), expected, form);
    }
    const violated = [...new Set(expected.map((line) => line.split(": ")))].filter(([, kind]) => kind === "violation");
    for (const [name = ""] of violated) {
        for (const form of engineForms) {
            const seen = await run(byName(name), fixturesOf(programOf(program)), form);
            assert.ok(
                seen.some(({ kind }) => kind === "violation"),
                `${name} through the engine's messages, ${form}`,
            );
        }
    }
}

describe("resources that make others", () => {
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

        it("what is not known, or no JSON, is said; what the rules do not look at is not", () => {
            const of = (desiredState: unknown, typeName = "AWS::EC2::SecurityGroup") =>
                said({ one: { type: "aws:cloudcontrol/resource:Resource", properties: { typeName, desiredState } } });
            assert.deepEqual(of("{"), ["edge-resources-readable: cannot tell: one desiredState"]);
            assert.deepEqual(of("[]"), ["edge-resources-readable: cannot tell: one desiredState"]);
            assert.deepEqual(of('{"BucketName":"b"}', "AWS::S3::Bucket"), []);
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
    });

    describe("CloudFormation", () => {
        const yaml = (body: string) => `
resources:
  network:
    type: aws:cloudformation:Stack
    properties:
      parameters: { Who: "0.0.0.0/0" }
      templateBody: |
${body.replace(/^/gm, "        ")}`;

        it("a group and a balancer of one YAML template, with short forms, parameters and conditions", () =>
            holds(
                yaml(`Parameters: { Who: { Type: String }, Stage: { Type: String, Default: dev } }
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

        it("two groups of one template are told apart", () => {
            const template = (open: string, attached: string) =>
                yaml(`Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: [!Ref ${attached}] } }
  A: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1 } }
  B: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1 } }
  Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref ${open}, CidrIp: 0.0.0.0/0 } }`);
            assert.deepEqual(said(template("A", "B")), []);
            assert.equal(said(template("B", "B")).length, 1);
            assert.equal(said(template("A", "A")).length, 1);
        });

        describe("functions of a template", () => {
            /** The range that a rule lets in, as the template writes it, and what the rules make of it. */
            const lets = (cidr: string, head = "", properties: Record<string, unknown> = {}) => {
                const body = `${head}
Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: [!GetAtt Group.GroupId] } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1, SecurityGroupIngress: [{ CidrIp: ${cidr} }] } }`;
                // Not as a program: Pulumi YAML has references of its own in these texts.
                const one = resource("aws:cloudformation/stack:Stack", "one", { templateBody: body, ...properties });
                const kinds = evaluate(
                    [byName("alb-no-public-ingress")],
                    [{ type: one.type, inputs: one, outputs: one }],
                ).map(({ kind }) => kind);
                return kinds.includes("violation") ? "open" : kinds.includes("cannot tell") ? "cannot tell" : "closed";
            };
            const parameter = "Parameters: { Who: { Type: String, Default: 0.0.0.0/0 }, More: { Type: String } }";

            for (const [title, cidr, expected] of [
                ["Join", '!Join ["/", ["0.0.0.0", 0]]', "open"],
                ["Join of other parts", '!Join ["/", ["10.0.0.0", 8]]', "closed"],
                ["Join of what is not known", '!Join ["/", ["0.0.0.0", !Ref More]]', "cannot tell"],
                ["Join of no list", '!Join ["/", "0.0.0.0/0"]', "cannot tell"],
                ["Join without a separator", "!Join [[a]]", "cannot tell"],
                ["Sub", '!Sub "${Who}"', "open"],
                ["Sub with values of its own", '!Sub ["${A}/${B}", { A: 0.0.0.0, B: 0 }]', "open"],
                ["Sub of what is not known", '!Sub "${More}"', "cannot tell"],
                ["Sub of an attribute", '!Sub "${Group.GroupId}"', "cannot tell"],
                ["Sub of no text", "!Sub {}", "cannot tell"],
                ["Ref of a default", "!Ref Who", "open"],
                ["Ref of nothing", "!Ref Nobody", "cannot tell"],
                ["Ref of no text", "!Ref [Who]", "cannot tell"],
                ["GetAtt of nothing", "!GetAtt Nobody.CidrIp", "cannot tell"],
                ["GetAtt in a list", "!GetAtt [Group, VpcId]", "cannot tell"],
                ["NoValue", "!Ref AWS::NoValue", "closed"],
                ["another function", "!ImportValue a", "cannot tell"],
                ["If without a condition", "!If [None, 0.0.0.0/0, 10.0.0.0/8]", "cannot tell"],
                ["If of no list", "!If 1", "cannot tell"],
            ] as const) {
                it(title, () => assert.equal(lets(cidr, parameter), expected));
            }

            for (const [title, condition, expected] of [
                ["Equals", '!Equals [!Ref Who, "0.0.0.0/0"]', "open"],
                ["Equals of others", "!Equals [a, b]", "closed"],
                ["Equals of what is not known", "!Equals [!Ref More, b]", "cannot tell"],
                ["Not", "!Not [!Equals [a, b]]", "open"],
                ["Not of what is not known", "!Not [!Equals [!Ref More, b]]", "cannot tell"],
                ["And", "!And [!Equals [a, a], !Equals [b, b]]", "open"],
                ["And of one that does not hold", "!And [!Equals [!Ref More, a], !Equals [a, b]]", "closed"],
                ["And of what is not known", "!And [!Equals [!Ref More, a], !Equals [b, b]]", "cannot tell"],
                ["Or", "!Or [!Equals [!Ref More, a], !Equals [b, b]]", "open"],
                ["Or of none that holds", "!Or [!Equals [a, b], !Equals [b, c]]", "closed"],
                ["Or of what is not known", "!Or [!Equals [!Ref More, a], !Equals [b, c]]", "cannot tell"],
                ["a condition of another", "!Condition Other", "open"],
                ["a condition of itself", "!Condition Open", "cannot tell"],
                ["no condition", "1", "cannot tell"],
                ["another function", "!Nor [!Equals [a, b]]", "cannot tell"],
            ] as const) {
                it(`If with ${title}`, () => {
                    const head = `${parameter}\nConditions: { Other: !Equals [a, a], Open: ${condition} }`;
                    assert.equal(lets("!If [Open, 0.0.0.0/0, 10.0.0.0/8]", head), expected);
                });
            }

            it("parameters: given, by a list, and unknown", () => {
                assert.equal(lets("!Ref More", parameter, { parameters: { More: "0.0.0.0/0" } }), "open");
                assert.equal(lets("!Ref Who", parameter, { parameters: { Who: "10.0.0.0/8" } }), "closed");
                const listed = [
                    { parameterKey: "Other", parameterValue: "a" },
                    { parameterKey: "More", parameterValue: "0.0.0.0/0" },
                ];
                assert.equal(lets("!Ref More", parameter, { parameters: listed }), "open");
                assert.equal(lets("!Ref More", parameter, { parameters: UNKNOWN }), "cannot tell");
                assert.equal(lets("!Ref More", parameter), "cannot tell");
            });

            it("a list in a parameter is its parts", () => {
                const head = (type: string) =>
                    `Parameters: { Groups: { Type: "${type}", Default: "sg-1, sg-2" } }
Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: !Ref Groups } }
  Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: sg-2, CidrIp: 0.0.0.0/0 } }`;
                const of = (type: string) =>
                    said({ one: { type: "aws:cloudformation:Stack", properties: { templateBody: head(type) } } })
                        .length;
                assert.deepEqual(
                    ["CommaDelimitedList", "List<AWS::EC2::SecurityGroup::Id>", "String"].map(of),
                    [1, 1, 0],
                );
            });
        });

        it("a resource whose condition does not hold is not made", () => {
            const body = (condition: string) => `Conditions: { Live: ${condition} }
Resources:
  Shop: { Type: AWS::ElasticBeanstalk::Environment, Condition: Live }`;
            const of = (condition: string) =>
                said({ one: { type: "aws:cloudformation:Stack", properties: { templateBody: body(condition) } } })
                    .length;
            assert.deepEqual(["!Equals [a, b]", "!Equals [a, a]", "!Equals [!Ref AWS::Region, a]"].map(of), [0, 1, 1]);
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

        describe("functions that choose", () => {
            const mappings = { Stage: { dev: { Cidr: "0.0.0.0/0", Ports: [443] }, prod: { Cidr: "203.0.113.0/28" } } };
            const find = (key: unknown, ...more: unknown[]) => ({ "Fn::FindInMap": ["Stage", key, "Cidr", ...more] });
            const open = ["violation"];
            const unsure = ["cannot tell"];
            for (const [title, CidrIp, expected] of [
                ["a mapping that opens", find("dev"), open],
                ["a mapping that does not", find("prod"), []],
                ["a mapping by a parameter that opens", find({ Ref: "Stage" }), open],
                [
                    "a mapping by a key that is not known",
                    find({ Ref: "Unknown" }, { DefaultValue: "10.0.0.0/8" }),
                    unsure,
                ],
                ["a mapping by the region", find({ Ref: "AWS::Region" }), unsure],
                ["a key that a mapping does not have", find("test"), unsure],
                [
                    "the default of a key that a mapping does not have",
                    find("test", { DefaultValue: "0.0.0.0/0" }),
                    open,
                ],
                ["one of a list that opens", { "Fn::Select": [1, ["10.0.0.0/8", "0.0.0.0/0"]] }, open],
                ["one of a list that does not", { "Fn::Select": ["0", ["10.0.0.0/8", "0.0.0.0/0"]] }, []],
                ["one of a list that is shorter", { "Fn::Select": [2, ["10.0.0.0/8", "0.0.0.0/0"]] }, unsure],
                ["a part of a text", { "Fn::Select": [1, { "Fn::Split": ["|", "10.0.0.0/8|0.0.0.0/0"] }] }, open],
                [
                    "a part of an unknown text",
                    { "Fn::Select": [0, { "Fn::Split": ["|", { Ref: "Unknown" }] }] },
                    unsure,
                ],
            ] as const) {
                it(title, () => {
                    const templateBody = JSON.stringify({
                        Mappings: mappings,
                        Parameters: { Stage: { Type: "String", Default: "dev" }, Unknown: { Type: "String" } },
                        Resources: {
                            Alb: {
                                Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
                                Properties: { SecurityGroups: [{ Ref: "Group" }] },
                            },
                            Group: {
                                Type: "AWS::EC2::SecurityGroup",
                                Properties: {
                                    SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp }],
                                },
                            },
                        },
                    });
                    const resources = resourcesOf(
                        { one: { type: "aws:cloudformation:Stack", properties: { templateBody } } },
                        "state",
                    );
                    const findings = findingsOf(byName("alb-no-public-ingress"), resources).map(({ kind }) => kind);
                    assert.deepEqual(findings, expected);
                });
            }
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

        it("says what it cannot read of a template", () => {
            const of = (properties: Record<string, unknown>) =>
                said({ one: { type: "aws:cloudformation:Stack", properties } });
            assert.deepEqual(of({ templateUrl: "https://bucket/template.yaml" }), [
                "edge-resources-readable: cannot tell: one templateUrl",
            ]);
            for (const templateBody of ["no template", "[]", "a: [", "Resources: 1", "&a [*a]"]) {
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
  group: { type: "aws:index/securityGroup:SecurityGroup", properties: { ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] } }
  web:
    type: awscc:index/cloudfrontDistribution:CloudfrontDistribution
    properties:
      distributionConfig: { origins: [{ id: a, domainName: o.example.com, customOriginConfig: { originProtocolPolicy: http-only } }] }
`,
                [
                    "alb-no-public-ingress: violation: group ingress[0].cidrBlocks[0]",
                    "cloudfront-origin-https-only: violation: web distributionConfig.origins[0].customOriginConfig.originProtocolPolicy",
                ],
            ));

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
                    "cloudfront-origin-https-only: violation: stack templateBody.Resources.Web.Properties.DistributionConfig.Origins[0].CustomOriginConfig.OriginProtocolPolicy",
                    "edge-resources-readable: violation: shop settings",
                ],
            ));

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

    describe("Kubernetes", () => {
        const ingress = (annotations: Record<string, string>, more: object = {}, type = "Ingress") => ({
            type: `kubernetes:networking.k8s.io/v1:${type}`,
            properties: {
                metadata: {
                    name: "web",
                    annotations: Object.fromEntries(
                        Object.entries(annotations).map(([name, value]) => [
                            `alb.ingress.kubernetes.io/${name}`,
                            value,
                        ]),
                    ),
                },
                spec: { ingressClassName: "alb" },
                ...more,
            },
        });
        const at = (name: string, index: number) =>
            `metadata.annotations["alb.ingress.kubernetes.io/${name}"][${index}]`;

        it("an Ingress without ranges is open to everybody: the controller's default", () =>
            holds(JSON.stringify({ resources: { web: ingress({ scheme: "internet-facing" }) } }), [
                `alb-no-public-ingress: violation: web ${at("inbound-cidrs", 0)}`,
                `alb-no-public-ingress: violation: web ${at("inbound-cidrs", 1)}`,
            ]));

        it("the remedy is written as the resource writes it", () => {
            const remedy = (program: Program) =>
                evaluate(
                    [byName("alb-no-public-ingress")],
                    resourcesOf(program, "state").map((each) => ({ type: each.type, inputs: each, outputs: each })),
                ).map(({ message }) => /Write (\S+) with /.exec(message)?.[1])[0];
            assert.equal(
                remedy({ web: ingress({}) }),
                'metadata.annotations["alb.ingress.kubernetes.io/security-group-prefix-lists"]',
            );
            const balancer = { type: "alb:tf:aws_lb", properties: { security_groups: ["sg-9"] } };
            const properties = { id: "sg-9", ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] };
            assert.equal(
                remedy({ balancer, group: { type: "alb:tf:aws_security_group", properties } }),
                "ingress[0].prefix_list_ids",
            );
        });

        it("ranges, prefix lists and groups of the Ingress decide", () => {
            const of = (annotations: Record<string, string>, others: Program = {}) =>
                said({ web: ingress(annotations), ...others });
            assert.deepEqual(of({ "inbound-cidrs": "10.0.0.0/8, 0.0.0.0/0" }), [
                `alb-no-public-ingress: violation: web ${at("inbound-cidrs", 1)}`,
            ]);
            assert.deepEqual(of({ "inbound-cidrs": "10.0.0.0/8" }), []);
            assert.deepEqual(of({ "security-group-prefix-lists": "pl-4fa04526" }), []);
            const group = (cidr: string): Program => ({
                group: { type: "aws:ec2:SecurityGroup", properties: { id: "sg-3", ingress: [{ cidrBlocks: [cidr] }] } },
            });
            assert.deepEqual(of({ "security-groups": "sg-3" }, group("10.0.0.0/8")), []);
            assert.deepEqual(of({ "security-groups": "sg-2, sg-3" }, group("0.0.0.0/0")), [
                "alb-no-public-ingress: violation: group ingress[0].cidrBlocks[0]",
            ]);
        });

        it("the default does not hold where the group or the class of the Ingress has ranges", () => {
            const grouped = ingress({ "group.name": "shared" });
            const owner = ingress({ "group.name": "shared", "inbound-cidrs": "10.0.0.0/8" });
            assert.deepEqual(said({ web: grouped, owner }), []);
            assert.equal(said({ web: grouped }).length, 2);
            const parameters = (inboundCIDRs: string[]) => ({
                type: "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
                properties: { spec: { inboundCIDRs } },
            });
            assert.deepEqual(said({ web: ingress({}), class: parameters(["10.0.0.0/8"]) }), []);
            assert.deepEqual(said({ web: ingress({}), class: parameters(["0.0.0.0/0"]) }), [
                "alb-no-public-ingress: violation: class spec.inboundCIDRs[0]",
            ]);
        });

        it("what is not known of an Ingress is said, at the place that is not known", () => {
            const of = (properties: Record<string, unknown>, type = "Ingress") =>
                said({ web: { type: `kubernetes:networking.k8s.io/v1:${type}`, properties } });
            const place = (path: string) => [`edge-resources-readable: cannot tell: web ${path}`];
            assert.deepEqual(of({ metadata: UNKNOWN }), place("metadata"));
            assert.deepEqual(of({ metadata: { annotations: UNKNOWN } }), place("metadata.annotations"));
            assert.deepEqual(of({ items: UNKNOWN }, "IngressList"), place("items"));
            assert.deepEqual(of({ items: [{ metadata: UNKNOWN }, 1] }, "IngressList"), place("items[0].metadata"));
            assert.deepEqual(of({}, "IngressList"), []);
        });

        it("ranges and groups that are not known are told of by the rule that needs them", () => {
            const unknown = (name: string) => {
                const one = ingress({ [name]: "x" });
                const annotations = (one.properties.metadata as { annotations: Record<string, unknown> }).annotations;
                annotations[`alb.ingress.kubernetes.io/${name}`] = UNKNOWN;
                const web = resource(one.type, "web", one.properties);
                return evaluate([byName("alb-no-public-ingress")], [{ type: web.type, inputs: web, outputs: web }]).map(
                    ({ kind, path }) => `${kind}: ${path}`,
                );
            };
            const annotation = (name: string) => `metadata.annotations["alb.ingress.kubernetes.io/${name}"]`;
            assert.deepEqual(unknown("inbound-cidrs"), [`cannot tell: ${annotation("inbound-cidrs")}`]);
            assert.deepEqual(unknown("security-groups"), [`cannot tell: ${annotation("security-groups")}`]);
        });

        it("prefix lists of the class take the place of the default, and are asked for where they are not known", () => {
            const parameters = (spec: object) => ({
                type: "kubernetes:eks.amazonaws.com/v1:IngressClassParams",
                properties: { spec },
            });
            assert.deepEqual(said({ web: ingress({}), class: parameters({ prefixListsIDs: ["pl-4fa04526"] }) }), []);
            assert.equal(said({ web: ingress({}), class: parameters({ scheme: "internal" }) }).length, 2);
            assert.deepEqual(said({ class: parameters({ inboundCIDRs: ["::/0"], prefixListsIDs: [] }) }), [
                "alb-no-public-ingress: violation: class spec.inboundCIDRs[0]",
            ]);
        });

        it("Ingresses of one group: only what names a source takes the default away", () => {
            const grouped = (annotations: Record<string, string>) =>
                ingress({ "group.name": "shared", ...annotations });
            const opened = (other: Record<string, string>) =>
                said({ web: grouped({}), other: grouped(other) }).filter((line) => line.includes(": web ")).length;
            assert.equal(opened({ scheme: "internal" }), 2);
            assert.equal(opened({ "inbound-cidrs": "10.0.0.0/8" }), 0);
            assert.equal(opened({ "security-groups": "sg-1" }), 0);
            assert.equal(opened({ "security-group-prefix-lists": "pl-1" }), 0);
            assert.equal(
                said({ web: grouped({}), other: ingress({ "group.name": "b", "inbound-cidrs": "10.0.0.0/8" }) }).length,
                2,
            );
        });

        it("the class may stand in an annotation, and other controllers of a declared class are left alone", () => {
            const annotated = (name: string) => ({
                type: "kubernetes:extensions/v1beta1:Ingress",
                properties: { metadata: { annotations: { "kubernetes.io/ingress.class": name } } },
            });
            assert.equal(said({ web: annotated("alb") }).length, 2);
            assert.deepEqual(said({ web: annotated("traefik") }), []);
            const declared = (metadata: object) => ({
                class: {
                    type: "kubernetes:networking.k8s.io/v1:IngressClass",
                    properties: { metadata, spec: { controller: "example.com/own" } },
                },
            });
            const open = (others: Program) =>
                said({ web: ingress({}, { spec: { ingressClassName: "own" } }), ...others });
            assert.deepEqual(open(declared({ name: "own" })), [
                "edge-resources-readable: cannot tell: web spec.ingressClassName",
            ]);
        });

        it("HTTP that redirects is a redirect, and ports that are no JSON are no listeners", () => {
            const listener = byName("alb-listener-https-only");
            const paths = (annotations: Record<string, string>, allowRedirectToHttps = false) =>
                findingsOf(listener, resourcesOf({ web: ingress(annotations) }, "state"), { allowRedirectToHttps }).map(
                    ({ path }) => path,
                );
            const ports = { "listen-ports": '[{"HTTP":80},{"HTTPS":443}]' };
            assert.deepEqual(paths({ ...ports, "ssl-redirect": "443" }, true), []);
            assert.equal(paths({ ...ports, "ssl-redirect": "443" }).length, 1);
            assert.equal(paths(ports, true).length, 1);
            for (const broken of ["{", "{}", "[1]", "null"]) {
                assert.deepEqual(paths({ "listen-ports": broken }), [], broken);
            }
        });

        it("a list and a patch of Ingresses", () => {
            const { properties } = ingress({ "inbound-cidrs": "0.0.0.0/0" });
            const list = { type: "kubernetes:networking.k8s.io/v1:IngressList", properties: { items: [properties] } };
            assert.equal(said({ all: list }).length, 1);
            assert.equal(said({ web: ingress({ "inbound-cidrs": "::/0" }, {}, "IngressPatch") }).length, 1);
            assert.deepEqual(said({ web: ingress({}, {}, "IngressPatch") }), []);
        });

        it("an Ingress of another controller is left alone, one of an unknown controller is named", () => {
            const of = (spec: object, others: Program = {}) => said({ web: ingress({}, { spec }), ...others });
            assert.deepEqual(of({ ingressClassName: "nginx" }), []);
            const unknown = ["edge-resources-readable: cannot tell: web spec.ingressClassName"];
            assert.deepEqual(of({}), unknown);
            assert.deepEqual(of({ ingressClassName: "public" }), unknown);
            const declared = (controller: string): Program => ({
                class: {
                    type: "kubernetes:networking.k8s.io/v1:IngressClass",
                    properties: { metadata: { name: "public" }, spec: { controller } },
                },
            });
            const read = of({ ingressClassName: "public" }, declared("ingress.k8s.aws/alb"));
            assert.equal(read.filter((line) => line.startsWith("alb-no-public-ingress: violation: web")).length, 2);
        });

        it("listeners and attributes of an Ingress are those that the annotations say", () => {
            const listener = byName("alb-listener-https-only");
            const verdict = (annotations: Record<string, string>) =>
                evaluate(
                    [listener, byName("alb-drop-invalid-headers")],
                    resourcesOf({ web: ingress(annotations) }, "state").map((each) => ({
                        type: each.type,
                        inputs: each,
                        outputs: each,
                    })),
                ).map(({ rule }) => rule);
            const drops = "alb-drop-invalid-headers";
            assert.deepEqual(verdict({}), [drops, listener.name].sort().reverse());
            assert.deepEqual(
                verdict({
                    "certificate-arn": "arn:x",
                    "load-balancer-attributes":
                        "idle_timeout.timeout_seconds=60,routing.http.drop_invalid_header_fields.enabled=true",
                }),
                [],
            );
            assert.deepEqual(verdict({ "listen-ports": '[{"HTTP":80},{"HTTPS":443}]' }).includes(listener.name), true);
        });
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
    });
});
