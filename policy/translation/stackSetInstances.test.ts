import assert from "node:assert/strict";

import { Read, UNKNOWN } from "../graph";
import type { ResourceRule } from "../rule";
import { rules } from "../rules";
import { byName, lineOf, resultsOf } from "../test/programVerdicts";
import { messagesOf } from "../test/testRule";
import { findingsOf, resourcesOf, type Form, type Program } from "../test/yamlProgram";

const templateBody = JSON.stringify({
    Parameters: {
        Range: { Type: "String", Default: "10.0.0.0/8" },
        Ranges: { Type: "CommaDelimitedList", Default: "10.0.0.0/8" },
        Policy: { Type: "String", Default: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" },
        Open: { Type: "String", Default: "no" },
    },
    Conditions: { IsOpen: { "Fn::Equals": [{ Ref: "Open" }, "yes"] } },
    Resources: {
        Group: {
            Type: "AWS::EC2::SecurityGroup",
            Properties: {
                GroupDescription: "web",
                SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: { Ref: "Range" } }],
            },
        },
        Extra: {
            Type: "AWS::EC2::SecurityGroupIngress",
            Condition: "IsOpen",
            Properties: { GroupId: { Ref: "Group" }, IpProtocol: "tcp", FromPort: 1, ToPort: 2, CidrIp: "0.0.0.0/0" },
        },
        Balancer: {
            Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
            Properties: { SecurityGroups: [{ Ref: "Group" }] },
        },
        Listener: {
            Type: "AWS::ElasticLoadBalancingV2::Listener",
            Properties: {
                LoadBalancerArn: { Ref: "Balancer" },
                Port: 443,
                Protocol: "HTTPS",
                SslPolicy: { Ref: "Policy" },
                DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "403" } }],
            },
        },
        Code: { Type: 1 },
        Wrong: { Type: "AWS::S3::Bucket", Properties: [] },
    },
});

const names = ["alb-no-public-ingress", "alb-listener-security-policy", "alb-access-logging"];

/** What the rules say of a program: rule, kind, resource and path. */
function said(program: Program, form: Form = "state"): string[] {
    const judging = rules.filter(({ name }) => names.includes(name));
    return resultsOf(judging, resourcesOf(program, form)).map(lineOf);
}

/** What the template itself makes wrong, whatever its parameters. */
const ofSet = [
    "alb-access-logging: violation: set templateBody.Resources.Balancer.Properties.LoadBalancerAttributes.access_logs.s3.enabled",
];
const open = (path: string, name = "instance") => `alb-no-public-ingress: violation: ${name} ${path}`;

describe("instances of a stack set", () => {
    const types = {
        "aws:cloudformation/stackSetInstance:StackSetInstance": "aws:cloudformation:StackSet",
        "aws:cloudformation/stackInstances:StackInstances": "aws:cloudformation:StackSet",
    };
    const program = (type: string, setType: string, parameterOverrides: unknown, more: object = {}): Program => ({
        set: { type: setType, properties: { name: "web", templateBody, ...more } },
        instance: { type, properties: { stackSetName: "${set.name}", parameterOverrides } },
    });

    for (const [type, setType] of Object.entries(types)) {
        for (const form of ["preview", "state"] as const) {
            const of = (overrides: unknown, more: object = {}) => said(program(type, setType, overrides, more), form);

            it(`${type}, ${form}: what they let in is said where they say it`, () => {
                assert.deepEqual(of({}), ofSet);
                assert.deepEqual(of({ Range: "10.1.0.0/16" }), ofSet);
                assert.deepEqual(of({ Range: "0.0.0.0/0" }), [open("parameterOverrides.Range"), ...ofSet]);
                assert.deepEqual(of({ Range: "0.0.0.0/0", Policy: "ELBSecurityPolicy-2016-08" }), [
                    open("parameterOverrides.Range"),
                    ...ofSet,
                    "alb-listener-security-policy: violation: instance parameterOverrides.Policy",
                ]);
                assert.deepEqual(of({ Open: "yes" }), [open("parameterOverrides"), ...ofSet]);
                assert.deepEqual(of({ Range: "10.1.0.0/16" }, { parameters: { Range: "0.0.0.0/0" } }), [
                    open("templateBody.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp", "set"),
                    ...ofSet,
                ]);
                assert.deepEqual(
                    of({ Policy: "x" }, { parameters: { Range: "0.0.0.0/0" } }).filter((line) =>
                        line.startsWith("alb-no"),
                    ),
                    [open("templateBody.Resources.Group.Properties.SecurityGroupIngress[0].CidrIp", "set")],
                );
            });
        }
    }

    it("give a distribution other values, which the rules on distributions read as well", () => {
        const distribution = JSON.stringify({
            Parameters: { Policy: { Type: "String", Default: "https-only" } },
            Resources: {
                Web: {
                    Type: "AWS::CloudFront::Distribution",
                    Properties: {
                        DistributionConfig: {
                            Origins: [
                                {
                                    Id: "web",
                                    DomainName: "web.example.com",
                                    CustomOriginConfig: { OriginProtocolPolicy: { Ref: "Policy" } },
                                },
                            ],
                            DefaultCacheBehavior: { TargetOriginId: "web", ViewerProtocolPolicy: "allow-all" },
                        },
                    },
                },
            },
        });
        const judging = ["cloudfront-origin-https-only", "cloudfront-origin-tls-versions", "cloudfront-viewer-https"];
        for (const [type, setType] of Object.entries(types)) {
            for (const form of ["preview", "state"] as const) {
                const of = (overrides: unknown) => {
                    const { set, instance } = program(type, setType, overrides, { templateBody: distribution });
                    const resources = resourcesOf({ set, instance } as Program, form);
                    return resultsOf(judging.map(byName), resources).map(lineOf).sort();
                };
                const path = "templateBody.Resources.Web.Properties.DistributionConfig";
                // What the template itself makes wrong is said once, of the stack set.
                const ofTemplate = [
                    `cloudfront-origin-tls-versions: violation: set ${path}.Origins[0].CustomOriginConfig.OriginSSLProtocols`,
                    `cloudfront-viewer-https: violation: set ${path}.DefaultCacheBehavior.ViewerProtocolPolicy`,
                ];
                assert.deepEqual(of({ Policy: "https-only" }), ofTemplate, form);
                assert.deepEqual(
                    of({ Policy: "http-only" }),
                    ["cloudfront-origin-https-only: violation: instance parameterOverrides.Policy", ...ofTemplate],
                    form,
                );
                assert.deepEqual(
                    of({ Policy: UNKNOWN }),
                    ["cloudfront-origin-https-only: cannot tell: instance parameterOverrides.Policy", ...ofTemplate],
                    form,
                );
            }
        }
    });

    it("that leave a load balancer as it is say nothing of it again", () => {
        const [[type, setType] = ["", ""]] = Object.entries(types);
        for (const overrides of [{ Range: "10.1.0.0/16" }, { Policy: "ELBSecurityPolicy-2016-08" }]) {
            const resources = resourcesOf(program(type, setType, overrides), "state");
            assert.deepEqual(
                resultsOf([byName("alb-drop-invalid-headers")], resources).map(({ kind, urn = "" }) => [
                    kind,
                    urn.split("::").at(-1),
                ]),
                [["violation", "set"]],
            );
        }
    });

    it("are wrong where a value of theirs makes wrong what nobody could tell of the set", () => {
        const rule: ResourceRule = {
            ...(byName("alb-listener-security-policy") as ResourceRule),
            evaluate(listener, report) {
                const { text, isUnknown } = Read.of(listener).at("protocol");
                if (isUnknown || text === "HTTP") {
                    const kind = isUnknown ? "cannot tell" : "violation";
                    report({ kind, resource: listener, path: "certificateArn", message: "" });
                }
            },
        };
        const template = JSON.stringify({
            Parameters: { Protocol: { Type: "String" } },
            Resources: {
                Web: { Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: { Protocol: { Ref: "Protocol" } } },
            },
        });
        for (const [type, setType] of Object.entries(types)) {
            const { set, instance } = program(type, setType, { Protocol: "HTTP" }, { templateBody: template });
            assert.deepEqual(
                findingsOf(rule, resourcesOf({ set, instance } as Program, "state")).map(({ kind }) => kind),
                ["cannot tell", "violation"],
            );
        }
    });

    it("of a set outside the stack, or with a template in a bucket, have nothing to judge", () => {
        const [type = ""] = Object.keys(types);
        const overrides = { Range: "0.0.0.0/0" };
        const { instance } = program(type, "aws:cloudformation:StackSet", overrides);
        assert.ok(instance);
        const alone = { instance: { ...instance, properties: { ...instance.properties, stackSetName: "elsewhere" } } };
        assert.deepEqual(said(alone), []);
        const inBucket = { name: "web", templateUrl: "https://example.com/web.yaml" };
        assert.deepEqual(said({ set: { type: "aws:cloudformation:StackSet", properties: inBucket }, instance }), []);
        assert.deepEqual(said(program(type, "aws:cloudformation:StackSet", UNKNOWN)), ofSet);
    });

    it("that a stack set of aws-native holds itself are judged with it", () => {
        const of = (...groups: unknown[]) =>
            said({
                set: {
                    type: "aws-native:cloudformation:StackSet",
                    properties: { stackSetName: "web", templateBody, stackInstancesGroup: groups },
                },
            });
        const range = (parameterValue: unknown) => [{ parameterKey: "Range", parameterValue }];
        assert.deepEqual(of({ regions: ["eu-west-1"] }), ofSet);
        const path = "stackInstancesGroup[1].parameterOverrides[0].parameterValue";
        assert.deepEqual(of({}, { parameterOverrides: range("0.0.0.0/0") }), [open(path, "set"), ...ofSet]);
        assert.deepEqual(
            of({}, { parameterOverrides: range(UNKNOWN) }).filter((line) => line.includes("cannot tell")),
            [`alb-no-public-ingress: cannot tell: set ${path}`],
        );
        assert.deepEqual(of({ parameterOverrides: UNKNOWN }, UNKNOWN), ofSet);
    });

    it("are each judged by themselves, and what is not known of one is said", () => {
        const range = (parameterValue: string) => ({
            parameterOverrides: [{ parameterKey: "Range", parameterValue }],
        });
        const set = {
            type: "aws-native:cloudformation:StackSet",
            properties: { templateBody, stackInstancesGroup: [UNKNOWN, range("0.0.0.0/0"), range("::/0"), {}] },
        };
        assert.deepEqual(said({ set }), [
            open("stackInstancesGroup[1].parameterOverrides[0].parameterValue", "set"),
            open("stackInstancesGroup[2].parameterOverrides[0].parameterValue", "set"),
            ...ofSet,
        ]);
        const hidden = (stackInstancesGroup: unknown) =>
            messagesOf(byName("edge-resources-readable"), {
                set: { type: set.type, properties: { templateBody, stackInstancesGroup } },
            }).flatMap((message) => /, and (stackInstancesGroup.*)\.$/.exec(message)?.[1] ?? []);
        const because = "is not known yet: it may give parameters other values than the stack set";
        assert.deepEqual(hidden(set.properties.stackInstancesGroup), [`stackInstancesGroup[0] ${because}`]);
        assert.deepEqual(hidden(UNKNOWN), [`stackInstancesGroup ${because}`]);
        assert.deepEqual(hidden([{}]), []);
    });

    it("are told where they give the value, and as a whole where one of several may", () => {
        const [type = ""] = Object.keys(types);
        const two = templateBody
            .replace('"Open":', '"Port":{"Type":"Number","Default":443},"Open":')
            .replace('"FromPort":443', '"FromPort":{"Ref":"Port"}');
        const of = (overrides: object) =>
            messagesOf(
                byName("alb-no-public-ingress"),
                program(type, "aws:cloudformation:StackSet", overrides, { templateBody: two }),
            ).map((message) =>
                /load balancer "(.*?)": security group "(.*?)" .* -> (\S+) = "0/.exec(message)?.slice(1),
            );
        assert.deepEqual(of({ Range: "0.0.0.0/0" }), [["set/Balancer", "instance/Group", "parameterOverrides.Range"]]);
        assert.deepEqual(of({ Range: "0.0.0.0/0", Port: "80" }), [
            ["set/Balancer", "instance/Group", "parameterOverrides"],
        ]);
        assert.deepEqual(of({ Range: "0.0.0.0/0", Other: "80" }), [
            ["set/Balancer", "instance/Group", "parameterOverrides.Range"],
        ]);
        assert.deepEqual(of({ Port: "80" }), []);
    });

    it("have the set's own value of a parameter before the template's default", () => {
        const [type = ""] = Object.keys(types);
        const open = templateBody.replace('"Default":"10.0.0.0/8"', '"Default":"0.0.0.0/0"');
        const more = { templateBody: open, parameters: { Range: "10.1.0.0/16" } };
        const of = (overrides: object) => said(program(type, "aws:cloudformation:StackSet", overrides, more));
        assert.deepEqual(of({ Open: "no" }), ofSet);
    });

    it("are told of what the template says itself where it says it", () => {
        const [type = ""] = Object.keys(types);
        const path = "templateBody.Resources.Group.Properties.SecurityGroupIngress";
        const two = templateBody.replace('"SecurityGroupIngress":[', '"SecurityGroupIngress":[{"CidrIp":"0.0.0.0/0"},');
        const of = (Range: string) =>
            said(program(type, "aws:cloudformation:StackSet", { Range }, { templateBody: two })).filter(
                (text) => !ofSet.includes(text),
            );
        assert.deepEqual(of("10.0.0.0/8"), [open(`${path}[0].CidrIp`, "set")]);
        assert.deepEqual(of("10.1.0.0/16"), [open(`${path}[0].CidrIp`, "set"), open(`${path}[0].CidrIp`)]);
    });

    it("are judged by the prefix lists that they name", () => {
        const lists = templateBody.replace(
            '"CidrIp":{"Ref":"Range"}',
            '"SourcePrefixListId":{"Fn::Select":[0,{"Ref":"Ranges"}]}',
        );
        const type = "aws:cloudformation/stackSetInstance:StackSetInstance";
        const list = {
            type: "aws:ec2:ManagedPrefixList",
            properties: { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] },
        };
        const overrides = { Range: "10.1.0.0/16", Ranges: "pl-1,pl-2" };
        const lines = said({
            ...program(type, "aws:cloudformation:StackSet", overrides, { templateBody: lists }),
            list,
        });
        assert.deepEqual(lines, [
            open("parameterOverrides.Ranges"),
            ...ofSet,
            "alb-no-public-ingress: cannot tell: set templateBody.Resources.Group.Properties.SecurityGroupIngress[0].SourcePrefixListId",
        ]);
    });
});
