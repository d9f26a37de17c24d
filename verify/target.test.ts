import assert from "node:assert/strict";
import { targetFromOutputs, TargetProblems } from "./target";

function problemsOf(outputs: unknown): readonly string[] {
    try {
        targetFromOutputs(outputs);
    } catch (error) {
        assert.ok(error instanceof TargetProblems);
        return error.problems;
    }
    return [];
}

describe("the target of a verification", () => {
    it("is read from a stack's outputs, and nothing else of them", () => {
        const outputs = {
            url: "https://www.example.com",
            domainNames: ["WWW.example.com.", "*.example.com"],
            originDomainName: "origin.example.com",
            originPort: 8443,
            loadBalancerDnsName: "lb-1.eu-central-1.elb.amazonaws.com",
            targetProtocol: "HTTPS",
            password: "hunter2",
        };
        assert.deepEqual(targetFromOutputs(outputs), {
            domainNames: ["www.example.com", "verify-edge.example.com"],
            originDomainName: "origin.example.com",
            originPort: 8443,
            loadBalancerDnsName: "lb-1.eu-central-1.elb.amazonaws.com",
            targetProtocol: "HTTPS",
        });
    });

    it("is read from the URL alone", () => {
        assert.deepEqual(targetFromOutputs({ url: "https://www.example.com/" }).domainNames, ["www.example.com"]);
    });

    it("has every problem told at once, with the value and what is expected", () => {
        const problems = problemsOf({ domainNames: ["a b", 5], originDomainName: { a: 1 }, targetProtocol: "FTP" });
        assert.deepEqual(problemsOf({ url: "https://www.example.com/", originPort: 0 }), [
            "Output originPort is 0: expected a port such as 443.",
        ]);
        assert.equal(problems.length, 4);
        assert.match(problems.join("\n"), /domainNames holds "a b": expected a DNS name/);
        assert.match(problems.join("\n"), /originDomainName is \{"a":1\}: expected a DNS name/);
        assert.match(problems.join("\n"), /targetProtocol is "FTP": expected HTTPS or HTTP/);
    });

    for (const outputs of [
        undefined,
        null,
        5,
        "text",
        [],
        {},
        { domainNames: [] },
        { domainNames: "www.example.com" },
        { url: "nowhere" },
        { url: 5 },
    ]) {
        it(`is refused in words: ${JSON.stringify(outputs)}`, () => {
            assert.equal(problemsOf(outputs).length, 1);
            assert.match(problemsOf(outputs).join(), /expected|export|pulumi stack output/);
        });
    }
});
