import assert from "node:assert/strict";

import { evaluate } from "../../policy/judging";
import { readState } from "../../policy/graph";
import { rules } from "../../policy/rules";
import { copiesOf } from "./exported";

const urn = (type: string, name: string) => `urn:pulumi:dev::edge::${type}::${name}`;
const distribution = "aws:cloudfront/distribution:Distribution";
const origins = [
    {
        originId: "alb",
        domainName: "origin.example.com",
        customOriginConfig: { originProtocolPolicy: "https-only" },
    },
];
/** As the engine writes a secret that is exported with `--show-secrets`. */
const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(origins),
};
const exported = JSON.stringify({
    version: 3,
    deployment: {
        resources: [
            { urn: urn("pulumi:pulumi:Stack", "edge-dev"), type: "pulumi:pulumi:Stack" },
            {
                urn: urn(distribution, "web"),
                type: distribution,
                custom: true,
                id: "E123",
                parent: urn("pulumi:pulumi:Stack", "edge-dev"),
                inputs: { webAclId: "arn:aws:wafv2:x", origins: secret },
                outputs: { arn: "arn:aws:cloudfront::1:distribution/E123", origins: secret },
            },
            { urn: urn("aws:s3/bucket:Bucket", "logs"), type: "aws:s3/bucket:Bucket", id: "logs-1", inputs: {} },
        ],
    },
});

describe("benchmark: an estate of an exported stack", () => {
    it("is the stack over and over, each time under other names, every second time in breach", () => {
        const { text, breaches } = copiesOf(exported, 9);
        const state = readState(text);
        assert.equal(state.kind, "state");
        assert.deepEqual(state.problems, []);
        const urns = state.resources.map(({ outputs }) => outputs.urn);
        assert.equal(new Set(urns).size, urns.length);
        assert.equal(urns.length, 1 + 2 * 5);
        const ids = state.resources.map(({ outputs }) => outputs.properties.id).filter((id) => id !== undefined);
        assert.equal(new Set(ids).size, ids.length);
        assert.doesNotMatch(text, /webAclId|"origin\.example\.com|distribution\/E123"/);
        assert.match(text, /\\"originProtocolPolicy\\":\\"http-only\\"/);
        const found = evaluate(rules, state.resources).filter(({ rule }) => rule === "cloudfront-origin-https-only");
        assert.deepEqual([found.length, breaches], [3, 3]);
    });
});
