import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import { resource } from "../test/stack";
import { translationOf } from "./index";

/** The properties of what one resource of a template makes, as the rules read them. */
function propertiesOf(template: string | object, given: Record<string, unknown> = {}): Record<string, Value>[] {
    const templateBody = typeof template === "string" ? template : JSON.stringify(template);
    const stack = resource("aws:cloudformation/stack:Stack", "network", { templateBody, ...given });
    return (translationOf(stack)?.resources ?? []).map(({ properties }) => properties);
}

/** What a property of a template becomes that is this expression. */
function value(expression: unknown, more: object = {}, given: Record<string, unknown> = {}): Value {
    const Resources = {
        Group: { Type: "AWS::EC2::SecurityGroup", Properties: { GroupDescription: expression } },
        Alb: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
    };
    const [group] = propertiesOf({ Resources, ...more }, given);
    return group?.groupDescription;
}

const Parameters = { Given: { Type: "String", Default: "given" }, Open: { Type: "String" } };

describe("what a function of a template becomes", () => {
    for (const [expression, expected] of [
        [{ Ref: "Given" }, "given"],
        [{ Ref: "Open" }, UNKNOWN],
        [{ Ref: "Alb" }, "${network/Alb}"],
        [{ Ref: "AWS::NoValue" }, undefined],
        [
            { Ref: "Given", Other: 1 },
            { ref: "Given", other: 1 },
        ],
        [{ "Fn::GetAtt": "Alb.DNSName" }, "${network/Alb.DNSName}"],
        [{ "Fn::GetAtt": ["Alb", "DNSName"] }, "${network/Alb.DNSName}"],
        [{ "Fn::GetAtt": "Alb.LoadBalancerArn" }, "${network/Alb}"],
        [{ "Fn::GetAtt": "Alb.CanonicalHostedZoneID" }, UNKNOWN],
        [{ "Fn::GetAtt": ["Alb", { Ref: "Open" }] }, UNKNOWN],
        [{ "Fn::GetAtt": [] }, UNKNOWN],
        [{ "Fn::GetAtt": [1, "DNSName"] }, UNKNOWN],
        [{ "Fn::GetAtt": [1] }, UNKNOWN],
        [{ "Fn::GetAtt": 1 }, UNKNOWN],
        [{ "Fn::GetAtt": "Alb" }, UNKNOWN],
        [{ "Fn::Sub": "a ${Given} b" }, "a given b"],
        [{ "Fn::Sub": "${!Given} ${Given}" }, "${Given} given"],
        [{ "Fn::Sub": "${Alb.DNSName}" }, "${network/Alb.DNSName}"],
        [{ "Fn::Sub": "${Given!}" }, UNKNOWN],
        [{ "Fn::Sub": ["${A}", { A: true }] }, "true"],
        [{ "Fn::Sub": ["${A}${Open}", { A: "a" }] }, UNKNOWN],
        [{ "Fn::Sub": [1] }, UNKNOWN],
        [{ "Fn::Join": ["-", ["a", 1, true]] }, "a-1-true"],
        [{ "Fn::Join": [1, ["a", "b"]] }, UNKNOWN],
        [{ "Fn::Join": ["-", "ab"] }, UNKNOWN],
        [{ "Fn::Join": "ab" }, UNKNOWN],
        [{ "Fn::Split": ["-", "a-b"] }, ["a", "b"]],
        [{ "Fn::Split": [1, "a1b"] }, UNKNOWN],
        [{ "Fn::Split": "a" }, UNKNOWN],
        [{ "Fn::Select": [true, ["a", "b"]] }, "b"],
        [{ "Fn::Select": ["x", ["a", "b"]] }, UNKNOWN],
        [{ "Fn::If": ["Yes", "a", "b"] }, "a"],
        [{ "Fn::If": ["No", "a", "b"] }, "b"],
        [{ "Fn::If": ["No", "a"] }, undefined],
        [{ "Fn::If": [["Yes"], "a", "b"] }, UNKNOWN],
        [{ "Fn::If": ["toString", "a", "b"] }, UNKNOWN],
        [{ "Fn::If": ["Empty", "a", "b"] }, UNKNOWN],
        [{ "Fn::If": ["Strange", "a", "b"] }, UNKNOWN],
        [{ "Fn::If": ["Bare", "a", "b"] }, UNKNOWN],
        [
            ["a", { Ref: "AWS::NoValue" }, "b"],
            ["a", "b"],
        ],
        ["{{resolve:secretsmanager:a}}", "{{resolve:secretsmanager:a}}"],
    ] as const) {
        it(JSON.stringify(expression), () => {
            const Conditions = {
                Yes: { "Fn::Equals": [true, "true"] },
                No: { "Fn::Not": [{ Condition: "Yes" }] },
                Empty: { "Fn::Equals": [] },
                Strange: { "Fn::Not": "Yes" },
                Bare: { Condition: ["Yes"] },
            };
            assert.deepEqual(value(expression, { Parameters, Conditions }), expected);
        });
    }

    it("conditions hold through others, up to the depth of a real template, and never for one of itself", () => {
        const chain = (length: number) =>
            Object.fromEntries([
                ["C0", { "Fn::Equals": ["a", "a"] }],
                ...Array.from({ length }, (_, index) => [`C${index + 1}`, { Condition: `C${index}` }]),
            ]) as Record<string, unknown>;
        const of = (Conditions: object, name: string) => value({ "Fn::If": [name, "yes", "no"] }, { Conditions });
        assert.equal(of(chain(20), "C20"), "yes");
        assert.equal(of({ A: { "Fn::Not": [{ Condition: "A" }] } }, "A"), UNKNOWN);
        assert.equal(of({ A: { Condition: "A" } }, "A"), UNKNOWN);
    });
});

describe("parameters of a template", () => {
    const of = (declared: object, parameters?: unknown) =>
        value({ Ref: "One" }, { Parameters: { One: declared } }, parameters === undefined ? {} : { parameters });

    it("are the given value before the default, and a list where their type says so", () => {
        assert.equal(of({ Type: "String", Default: "a" }), "a");
        assert.equal(of({ Type: "String", Default: "a" }, { One: "b" }), "b");
        assert.equal(of({ Type: "String", Default: "a" }, UNKNOWN), UNKNOWN);
        assert.equal(of({ Type: "String", Default: "a" }, [{ parameterKey: "One", parameterValue: "b" }]), "b");
        assert.equal(of({ Type: "String", Default: "a, b" }), "a, b");
        assert.equal(of({ Default: "a" }), "a");
        assert.deepEqual(of({ Type: "List<Number>", Default: "1, 2" }), ["1", "2"]);
        assert.deepEqual(of({ Type: "CommaDelimitedList", Default: "a" }), ["a"]);
        assert.equal(of({ Type: "CommaDelimitedList" }), UNKNOWN);
        for (const type of ["MyList<String>", "CommaDelimitedListOfMine", "NoCommaDelimitedList"]) {
            assert.equal(of({ Type: type, Default: "a,b" }), "a,b", type);
        }
    });
});

describe("what a template makes", () => {
    const Outputs = {
        Group: { Value: { Ref: "Group" } },
        Name: { Value: { "Fn::GetAtt": "Alb.DNSName" } },
        Alb: { Value: { "Fn::GetAtt": ["Alb", "LoadBalancerArn"] } },
        Zone: { Value: { "Fn::GetAtt": ["Other", "CanonicalHostedZoneID"] } },
        Half: { Value: { "Fn::GetAtt": ["Other"] } },
        Open: { Value: { Ref: "Other" } },
    };
    const Resources = {
        Group: { Type: "AWS::EC2::SecurityGroup" },
        Alb: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
        Other: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
    };
    const outputs = { Group: "sg-1", Name: "alb.example.com", Alb: "arn:alb", Zone: "Z1", Half: "half" };

    it("has the ids that the stack's outputs give, and else one of its own", () => {
        assert.deepEqual(propertiesOf({ Resources, Outputs }, { outputs }), [
            { id: "sg-1" },
            { id: "arn:alb", arn: "arn:alb", dnsName: "alb.example.com" },
            { id: "${network/Other}", dnsName: "${network/Other.DNSName}" },
        ]);
        assert.deepEqual(propertiesOf({ Resources, Outputs }), [
            { id: "${network/Group}" },
            { id: "${network/Alb}", dnsName: "${network/Alb.DNSName}" },
            { id: "${network/Other}", dnsName: "${network/Other.DNSName}" },
        ]);
    });

    it("has both its id and its ARN where the outputs say both, in either order", () => {
        const acl = { Acl: { Type: "AWS::WAFv2::WebACL" } };
        const [byId, byArn] = [{ Value: { Ref: "Acl" } }, { Value: { "Fn::GetAtt": "Acl.Arn" } }];
        const given = { Id: "acl|1|CLOUDFRONT", Arn: "arn:acl" };
        assert.deepEqual(propertiesOf({ Resources: acl, Outputs: { Id: byId, Arn: byArn } }, { outputs: given }), [
            { id: "acl|1|CLOUDFRONT", arn: "arn:acl" },
        ]);
        assert.deepEqual(propertiesOf({ Resources: acl, Outputs: { Arn: byArn, Id: byId } }, { outputs: given }), [
            { id: "arn:acl", arn: "arn:acl" },
        ]);
    });

    it("has the network's id only where it is the network", () => {
        const of = (Type: string) =>
            propertiesOf({
                Resources: {
                    One: { Type },
                    Group: { Type: "AWS::EC2::SecurityGroup", Properties: { VpcId: { "Fn::GetAtt": "One.VpcId" } } },
                },
            })[1]?.vpcId;
        assert.equal(of("AWS::EC2::VPC"), "${network/One}");
        assert.equal(of("AWS::EC2::SecurityGroup"), UNKNOWN);
    });

    it("is what its text says in JSON and in YAML", () => {
        const group = "Resources: { Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: ";
        const of = (text: string) => propertiesOf(`${group}${text} } } }`)[0]?.groupDescription;
        assert.equal(of("a"), "a");
        assert.equal(of("!!str 1"), "1");
        assert.equal(of("!Join ['-', [a, b]]"), "a-b");
        assert.deepEqual(of("[&one [a], *one]"), [["a"], ["a"]]);
        assert.equal(of("null"), null);
        assert.deepEqual(of("{ ? [a] : b }"), { "": "b" });
        assert.deepEqual(propertiesOf("Resources: { A: { Type: AWS::EC2::SecurityGroup } }\nResources: {}"), []);
    });
});
