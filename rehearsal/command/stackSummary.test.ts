import assert from "node:assert/strict";
import { builtSummary, outputLines } from "./stackSummary";

describe("rehearse show: what was built", () => {
    const resource = (type: string, more: object = {}) => ({ urn: `urn:${type}`, type, custom: true, ...more });

    it("groups resources by what they are for, in the order of the hops", () => {
        const lines = builtSummary([
            resource("pulumi:pulumi:Stack", { custom: false }),
            resource("encrypted-edge:index:EncryptedEdge", { custom: false }),
            resource("pulumi:providers:aws"),
            resource("aws:lb/listener:Listener"),
            resource("aws:cloudfront/distribution:Distribution"),
            resource("aws:route53/record:Record"),
            resource("aws:route53/record:Record"),
            resource("aws:ec2/vpc:Vpc", { external: true }),
            resource("other:index:Thing"),
        ]);
        assert.deepEqual(lines, [
            "  Names          2 Record",
            "  Edge           Distribution",
            "  Load balancer  Listener",
            "  other          Thing",
        ]);
    });

    it("shows no secret among the outputs, at any depth", () => {
        const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:abc" };
        const text = outputLines({
            url: "https://www.example.com",
            names: ["a", "b"],
            key: secret,
            deep: { a: [secret] },
        });
        assert.deepEqual(text, [
            "  url    https://www.example.com",
            '  names  ["a","b"]',
            "  key    [secret]",
            '  deep   {"a":["[secret]"]}',
        ]);
    });
});
