import assert from "node:assert/strict";

import { evaluate } from "../judging";
import { UNKNOWN } from "../graph";
import { byName, said } from "../test/programVerdicts";
import { resource } from "../test/stack";
import { findingsOf, resourcesOf } from "../test/yamlProgram";

describe("functions of a template", () => {
    /** The range that a rule lets in, as the template writes it, and what the rules make of it. */
    const lets = (cidr: string, head = "", properties: Record<string, unknown> = {}) => {
        const body = `${head}
Resources:
  Alb: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { SecurityGroups: [!GetAtt Group.GroupId] } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: vpc-1, SecurityGroupIngress: [{ CidrIp: ${cidr} }] } }`;
        // Not as a program: Pulumi YAML has references of its own in these texts.
        const one = resource("aws:cloudformation/stack:Stack", "one", { templateBody: body, ...properties });
        const kinds = evaluate([byName("alb-no-public-ingress")], [{ type: one.type, inputs: one, outputs: one }]).map(
            ({ kind }) => kind,
        );
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

    it("If with conditions that name the one before several times, each of which is worked out once", () => {
        const chain = Array.from(
            { length: 30 },
            (_, index) => `C${index + 1}: !And [!Condition C${index}, !Condition C${index}, !Condition C${index}]`,
        );
        const head = `${parameter}\nConditions: { C0: !Equals [a, a], ${chain.join(", ")} }`;
        assert.equal(lets("!If [C30, 0.0.0.0/0, 10.0.0.0/8]", head), "open");
    });

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
            said({ one: { type: "aws:cloudformation:Stack", properties: { templateBody: head(type) } } }).length;
        assert.deepEqual(["CommaDelimitedList", "List<AWS::EC2::SecurityGroup::Id>", "String"].map(of), [1, 1, 0]);
    });
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
        ["a mapping by a key that is not known", find({ Ref: "Unknown" }, { DefaultValue: "10.0.0.0/8" }), unsure],
        ["a mapping by the region", find({ Ref: "AWS::Region" }), unsure],
        ["a key that a mapping does not have", find("test"), unsure],
        ["the default of a key that a mapping does not have", find("test", { DefaultValue: "0.0.0.0/0" }), open],
        ["one of a list that opens", { "Fn::Select": [1, ["10.0.0.0/8", "0.0.0.0/0"]] }, open],
        ["one of a list that does not", { "Fn::Select": ["0", ["10.0.0.0/8", "0.0.0.0/0"]] }, []],
        ["one of a list that is shorter", { "Fn::Select": [2, ["10.0.0.0/8", "0.0.0.0/0"]] }, unsure],
        ["a part of a text", { "Fn::Select": [1, { "Fn::Split": ["|", "10.0.0.0/8|0.0.0.0/0"] }] }, open],
        ["a part of an unknown text", { "Fn::Select": [0, { "Fn::Split": ["|", { Ref: "Unknown" }] }] }, unsure],
    ] as const) {
        it(title, () => {
            assert.deepEqual(kindsOf(CidrIp, mappings), expected);
        });
    }

    it("a mapping by the Region and the partition of the stack", () => {
        const by = {
            "cn-north-1": { Cidr: "0.0.0.0/0" },
            "aws-cn": { Cidr: "0.0.0.0/0" },
            aws: { Cidr: "10.0.0.0/8" },
        };
        const of = (key: string, region: string) =>
            kindsOf({ "Fn::FindInMap": ["By", { Ref: key }, "Cidr"] }, { By: by }, { region });
        assert.deepEqual(of("AWS::Region", "cn-north-1"), open);
        assert.deepEqual(of("AWS::Partition", "cn-north-1"), open);
        assert.deepEqual(of("AWS::Partition", "us-east-1"), []);
        assert.deepEqual(of("AWS::Partition", "us-isob-east-1"), unsure);
        assert.deepEqual(of("AWS::AccountId", "us-east-1"), unsure);
    });
});

/** What the rule says of a load balancer whose group lets this range in, in a template with these mappings. */
function kindsOf(CidrIp: unknown, Mappings: object, more: Record<string, string> = {}): string[] {
    const templateBody = JSON.stringify({
        Mappings,
        Parameters: { Stage: { Type: "String", Default: "dev" }, Unknown: { Type: "String" } },
        Resources: {
            Alb: {
                Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
                Properties: { SecurityGroups: [{ Ref: "Group" }] },
            },
            Group: {
                Type: "AWS::EC2::SecurityGroup",
                Properties: { SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp }] },
            },
        },
    });
    const one = { type: "aws:cloudformation:Stack", properties: { templateBody, ...more } };
    return findingsOf(byName("alb-no-public-ingress"), resourcesOf({ one }, "state")).map(({ kind }) => kind);
}
