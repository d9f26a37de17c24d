import assert from "node:assert/strict";

import { evaluate } from "../judging";
import { rules } from "../rules";
import { resource } from "../test/stack";

/** The kinds of what a rule says of a stack with this template. */
function kindsOf(ruleName: string, template: object, given: unknown = {}): string[] {
    const rule = rules.find(({ name }) => name === ruleName) ?? assert.fail(ruleName);
    const type = "aws:cloudformation/stack:Stack";
    const templateBody = JSON.stringify(template);
    const stack = resource(type, "network", { templateBody, parameters: given });
    return evaluate([rule], [{ type, inputs: stack, outputs: stack }]).map(({ kind, message }) => {
        assert.ok(!message.includes("please report it"), message);
        return kind;
    });
}

/** Whether a balancer of a template lets everybody in by a range that its group takes from this expression. */
function lets(range: unknown, Parameters: object = {}, given: unknown = {}): string {
    const Mappings = { Ranges: { open: { cidr: "0.0.0.0/0" } } };
    const Resources = {
        Alb: {
            Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
            Properties: { SecurityGroups: [{ "Fn::GetAtt": ["Group", "GroupId"] }] },
        },
        Group: {
            Type: "AWS::EC2::SecurityGroup",
            Properties: { VpcId: "vpc-1", SecurityGroupIngress: [{ IpProtocol: "tcp", CidrIp: range }] },
        },
    };
    const kinds = kindsOf("alb-no-public-ingress", { Parameters, Mappings, Resources }, given);
    return kinds.includes("violation") ? "open" : kinds.length > 0 ? "cannot tell" : "closed";
}

/** What is said of a listener whose protocol is this expression. */
function speaks(Protocol: unknown, Parameters: object = {}): string[] {
    const Properties = { LoadBalancerArn: "arn", Port: 443, Protocol, DefaultActions: [] };
    const Resources = { Listener: { Type: "AWS::ElasticLoadBalancingV2::Listener", Properties } };
    return kindsOf("alb-listener-https-only", { Parameters, Resources });
}

describe("a value of a template", () => {
    const open = "0.0.0.0/0";
    const closed = "10.0.0.0/8";
    const unknown = { Ref: "Unknown" };

    it("that AWS looks up when it deploys is not known", () => {
        for (const reference of ["{{resolve:ssm:/net/value}}", "{{resolve:ssm:/net/value:1}}"]) {
            assert.equal(lets(reference), "cannot tell");
            for (const expression of [reference, { "Fn::Sub": reference }, { "Fn::Join": ["", [reference]] }]) {
                assert.deepEqual(speaks(expression), ["cannot tell"], JSON.stringify(expression));
            }
        }
        assert.deepEqual(speaks({ "Fn::Join": ["", ["{{resolve:ss", "m:/net/value}}"]] }), ["cannot tell"]);
        assert.deepEqual(speaks("HTTPS"), []);
    });

    it("of a parameter that names one of Systems Manager is not that name", () => {
        for (const type of [
            "AWS::SSM::Parameter::Value<String>",
            "AWS::SSM::Parameter::Value<List<String>>",
            "AWS::SSM::Parameter::Value<CommaDelimitedList>",
        ]) {
            const parameters = { Range: { Type: type, Default: "/net/range" } };
            assert.equal(lets({ Ref: "Range" }, parameters), "cannot tell", type);
            assert.equal(lets({ Ref: "Range" }, parameters, { Range: "/net/other" }), "cannot tell", type);
            assert.equal(lets({ "Fn::Sub": "${Range}" }, parameters), "cannot tell", type);
            assert.deepEqual(speaks({ Ref: "Range" }, parameters), ["cannot tell"], type);
        }
        assert.equal(lets({ Ref: "Range" }, { Range: { Type: "String", Default: closed } }), "closed");
    });

    it("that is chosen by what is not known is not known", () => {
        assert.equal(lets({ "Fn::Select": [unknown, [open, closed]] }), "cannot tell");
        assert.equal(lets({ "Fn::Select": [0, [closed, unknown]] }), "closed");
        assert.equal(lets({ "Fn::Select": ["1", [closed, open]] }), "open");
        assert.equal(lets({ "Fn::Select": [2, [closed, open]] }), "cannot tell");
        assert.equal(lets({ "Fn::FindInMap": ["Ranges", "open", "cidr"] }), "open");
        assert.equal(lets({ "Fn::FindInMap": ["Ranges", unknown, "cidr"] }), "cannot tell");
        assert.equal(lets({ "Fn::Select": [0, { "Fn::Split": [",", `${open},${closed}`] }] }), "open");
        assert.equal(lets({ "Fn::Select": [0, { "Fn::Split": [",", unknown] }] }), "cannot tell");
    });

    it("that is put together takes each part as it is", () => {
        assert.equal(lets({ "Fn::Sub": ["${A}${!B}", { A: open }] }), lets("0.0.0.0/0${B}"));
        assert.equal(lets({ "Fn::Join": ["/", ["0.0.0.0", { Ref: "AWS::NoValue" }, "0"]] }), "open");
        assert.equal(lets({ "Fn::Join": [unknown, ["0.0.0.0", "0"]] }), "cannot tell");
        assert.equal(lets({ "Fn::Join": ["/", ["0.0.0.0", ["0"]]] }), "cannot tell");
    });
});
