import assert from "node:assert/strict";

import { changed } from "../test/compliantStack";
import { violation } from "../test/originAuthentication";
import { messagesOf, verdictsOf } from "../test/testRule";
import { albDefaultActionFailClosed } from "./alb-default-action-fail-closed";
import { cloudfrontOriginAuthenticated } from "./cloudfront-origin-authenticated";

describe("cloudfront-origin-authenticated, where a web ACL of the load balancer looks at the header", () => {
    const blocking = (name: string) => ({
        type: "aws:wafv2:WebAcl",
        properties: {
            scope: "REGIONAL",
            defaultAction: { block: {} },
            rules: [
                {
                    name: "from-cloudfront",
                    action: { allow: {} },
                    statement: {
                        byteMatchStatement: { searchString: "s", fieldToMatch: { singleHeader: { name } } },
                    },
                },
            ],
        },
    });
    const association = {
        type: "aws:wafv2:WebAclAssociation",
        properties: { resourceArn: "${loadBalancer.arn}", webAclArn: "${regional.arn}" },
    };
    const open = {
        rule: undefined,
        "listener.defaultActions": [{ type: "forward", targetGroupArn: "${targets.arn}" }],
    };

    it("cannot tell, and names both ways out", () => {
        const program = changed({ ...open, regional: blocking("x-origin-verify"), association });
        assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, program), [
            "cannot tell: distribution origins[0].domainName",
        ]);
        const [message] = messagesOf(cloudfrontOriginAuthenticated, program);
        assert.match(
            message ?? "",
            /web ACL "regional" on the load balancer .*Demand the header in the listener's rules/,
        );
        assert.match(message ?? "", /exempt the resource \(exemptions of cloudfront-origin-authenticated\)/);
        assert.deepEqual(verdictsOf(albDefaultActionFailClosed, program), ["cannot tell: listener defaultActions"]);
        const [other] = messagesOf(albDefaultActionFailClosed, program);
        assert.match(other ?? "", /exempt the listener \(exemptions of alb-default-action-fail-closed\)/);
    });

    it("also where its rules are text, resources of their own, or of another stack", () => {
        const json = { ...blocking("x"), properties: { ruleJson: JSON.stringify(blocking("X-Origin-Verify")) } };
        const bare = { ...blocking("x"), properties: { scope: "REGIONAL" } };
        const rule = {
            type: "aws:wafv2:WebAclRule",
            properties: { webAclArn: "${regional.arn}", statement: blocking("x-origin-verify").properties },
        };
        const foreign = { ...association, properties: { ...association.properties, webAclArn: "arn:aws:wafv2:1" } };
        for (const changes of [
            { regional: json, association },
            { regional: bare, own: rule, association },
            { association: foreign },
        ]) {
            assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, changed({ ...open, ...changes })), [
                "cannot tell: distribution origins[0].domainName",
            ]);
        }
    });

    it("refuses where it looks at another header, or at another load balancer", () => {
        for (const changes of [
            { regional: blocking("x-other"), association },
            {
                regional: blocking("x-origin-verify"),
                association: { ...association, properties: { ...association.properties, resourceArn: "arn:other" } },
            },
        ]) {
            const program = changed({ ...open, ...changes });
            assert.deepEqual(verdictsOf(cloudfrontOriginAuthenticated, program), [violation]);
            assert.deepEqual(verdictsOf(albDefaultActionFailClosed, program), ["violation: listener defaultActions"]);
        }
    });
});
