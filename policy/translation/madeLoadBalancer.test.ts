import assert from "node:assert/strict";

import { annotations } from "../test/annotations";
import { resource } from "../test/stack";
import { translationOf } from "./index";

describe("what an Ingress makes, as the rules read it", () => {
    it("is a load balancer, its listeners, and a group where it names none", () => {
        const annotated = (more: object) => ({
            metadata: { annotations: annotations({ "listen-ports": '[{"HTTPS":443},{"HTTP":80}]', ...more }) },
        });
        const made = (more: object) => {
            const web = resource("kubernetes:networking.k8s.io/v1:Ingress", "web", annotated(more));
            return translationOf(web)?.resources.map(({ urn, type, properties }) => ({ urn, type, ...properties }));
        };
        const urn = "urn:pulumi:test::test::kubernetes:networking.k8s.io/v1:Ingress::web";
        const balancer = {
            urn,
            type: "application",
            scheme: "internal",
            loadBalancerAttributes: [{ key: "a", value: "b=c" }],
            id: "${web/}",
            loadBalancerArn: "${web/}",
        };
        const listener = {
            urn,
            type: "aws-native:elasticloadbalancingv2:Listener",
            loadBalancerArn: "${web/}",
            sslPolicy: "x",
            certificates: [],
            defaultActions: [{ type: "fixed-response", fixedResponseConfig: { statusCode: "404" } }],
        };
        const listeners = [
            { ...listener, id: "${web/}.listener[0]", protocol: "HTTPS", port: 443 },
            { ...listener, id: "${web/}.listener[1]", protocol: "HTTP", port: 80 },
        ];
        const more = { "load-balancer-attributes": " a = b=c ,", "ssl-policy": "x" };
        assert.deepEqual(made({ ...more, "security-groups": "sg-1, sg-2" }), [
            { ...balancer, securityGroups: ["sg-1", "sg-2"] },
            ...listeners,
        ]);
        assert.deepEqual(made({ ...more, "inbound-cidrs": "10.0.0.0/8", "security-group-prefix-lists": "pl-1" }), [
            { ...balancer, securityGroups: ["${web/}.securityGroup"] },
            ...listeners,
            {
                urn,
                type: "aws-native:ec2:SecurityGroup",
                securityGroupIngress: [{ cidrBlocks: ["10.0.0.0/8"], sourcePrefixListId: ["pl-1"] }],
                id: "${web/}.securityGroup",
            },
        ]);
    });
});
