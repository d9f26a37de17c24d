import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import { annotation } from "../test/annotations";
import { demands, edge, hostname, ingress, paths, saidOfOrigins, secret } from "../test/originIngress";
import type { Objects } from "../test/stack";

const named = { ...paths, ingressClassName: "web" };
const parametersOf = (spec: Value) =>
    ["kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", { metadata: { name: "settings" }, spec }] as const;
const classOf = (parameters: Value, name = "web") =>
    [
        "kubernetes:networking.k8s.io/v1:IngressClass",
        {
            metadata: { name },
            spec: { controller: "ingress.k8s.aws/alb", parameters: { kind: "IngressClassParams", name: parameters } },
        },
    ] as const;

/** What a rule says of an origin whose Ingress is in a class with these settings: kind, resource and path. */
function saidOf(rule: string, objects: Objects): string[] {
    return saidOfOrigins(objects)
        .filter((line) => line.startsWith(`${rule}: `))
        .map((line) => line.slice(rule.length + 2));
}

describe("what decides about the load balancer of an Ingress", () => {
    describe("the web ACL", () => {
        const of = (annotations: object, more: Objects = {}) =>
            saidOf("cloudfront-origin-authenticated", {
                edge: edge(hostname, secret),
                web: ingress(annotations, named),
                ...more,
            });
        const mayGuard = ["cannot tell: edge origins[0].domainName"];
        const none = ["violation: edge origins[0].domainName"];

        for (const [title, spec, annotations, expected] of [
            ["the class's, by its ARN", { wafv2AclArn: "arn:acl" }, {}, mayGuard],
            ["the class's, by its name", { wafv2AclName: "acl" }, {}, mayGuard],
            ["the class's, before the Ingress's", { wafv2AclArn: "none" }, { "wafv2-acl-arn": "arn:acl" }, none],
            ["none by its name, before an ARN", { wafv2AclName: "none" }, { "wafv2-acl-arn": "arn:acl" }, none],
            ["the Ingress's where the class names none", { wafv2AclArn: "" }, { "wafv2-acl-arn": "arn:acl" }, mayGuard],
            ["none where neither names one", { wafv2AclArn: "" }, {}, none],
            ["not known", { wafv2AclArn: UNKNOWN }, {}, mayGuard],
        ] as const) {
            it(`is ${title}`, () =>
                assert.deepEqual(
                    of(annotations, { settings: parametersOf(spec), class: classOf("settings") }),
                    expected,
                ));
        }

        it("is not that of another class", () => {
            const settings = parametersOf({ wafv2AclArn: "arn:acl" });
            assert.deepEqual(of({}, { settings, class: classOf("others"), second: classOf("settings", "b") }), none);
        });

        it("may be that of a class of which it is not known whose it is", () => {
            const settings = parametersOf({ wafv2AclArn: "none" });
            assert.deepEqual(of({ "wafv2-acl-arn": "none" }, { settings, class: classOf(UNKNOWN) }), mayGuard);
            assert.deepEqual(of({ "wafv2-acl-arn": "none" }, { settings, class: classOf("settings") }), none);
        });
    });

    describe("the certificates", () => {
        const certificate = (arn: string, domainName: string) =>
            ["aws:acm/certificate:Certificate", { arn, domainName }] as const;
        const domain = "origin.example.com";
        const known: Objects = {
            edge: edge(domain, secret),
            record: ["aws:route53/record:Record", { name: domain, type: "CNAME", records: [hostname] }],
            good: certificate("arn:good", domain),
            bad: certificate("arn:bad", "other.example.com"),
        };
        const of = (annotations: object, more: Objects = {}) =>
            saidOf("cloudfront-origin-host-header", {
                ...known,
                web: ingress({ ...demands(), ...annotations }, named),
                ...more,
            });
        const bad = ["violation: edge origins[0].domainName"];
        const mayBe = ["cannot tell: edge defaultCacheBehavior.originRequestPolicyId"];
        const byClass = (spec: Value, parameters: Value = "settings") => ({
            settings: parametersOf(spec),
            class: classOf(parameters),
        });

        for (const [title, expected, annotations, more] of [
            ["the Ingress's", [], { "certificate-arn": "arn:good" }, {}],
            ["the Ingress's, one of several", [], { "certificate-arn": "arn:bad, arn:good" }, {}],
            ["the Ingress's, which may not fit", bad, { "certificate-arn": "arn:bad" }, {}],
            ["not known where the Ingress's are not", mayBe, { "certificate-arn": UNKNOWN }, {}],
            ["the class's", bad, { "certificate-arn": "arn:good" }, byClass({ certificateArn: ["arn:bad"] })],
            [
                "the class's of EKS Auto Mode",
                bad,
                { "certificate-arn": "arn:good" },
                byClass({ certificateARNs: ["arn:bad"] }),
            ],
            [
                "the class's, which fits",
                [],
                { "certificate-arn": "arn:bad" },
                byClass({ certificateARNs: ["arn:good"] }),
            ],
            [
                "the Ingress's where the class has none",
                [],
                { "certificate-arn": "arn:good" },
                byClass({ certificateArn: [] }),
            ],
            [
                "not known with the class's",
                mayBe,
                { "certificate-arn": "arn:bad" },
                byClass({ certificateArn: UNKNOWN }),
            ],
            [
                "not known with the class",
                mayBe,
                { "certificate-arn": "arn:bad" },
                byClass({ certificateArn: ["arn:good"] }, UNKNOWN),
            ],
        ] as const) {
            it(`are ${title}`, () => assert.deepEqual(of(annotations, more), expected));
        }
    });

    describe("how clients are verified", () => {
        const mtls = { originMtlsConfig: { clientCertificateArn: "arn:client" } };
        const group = { "group.name": "shared" };
        const status = { loadBalancer: { ingress: [{ hostname }] } };
        const of = (web: object, other: object, ports = "443") =>
            saidOf("cloudfront-origin-authenticated", {
                edge: edge(hostname, [], mtls),
                web: ingress({ ...group, "listen-ports": `[{"HTTPS":${ports}}]`, ...web }, paths, status),
                other: ingress({ ...group, "listen-ports": '[{"HTTPS":8443}]', ...other }, {}, {}),
            });
        const path = "edge origins[0].customOriginConfig.originMtlsConfig.clientCertificateArn";
        const verify = (port: number, mode = "verify") => ({
            "mutual-authentication": JSON.stringify([{ port, mode, trustStore: "arn:trust" }]),
        });

        for (const [title, web, other, expected] of [
            ["another Ingress of the group says it", {}, verify(443), []],
            ["another Ingress says it of another port", {}, verify(9443), [`violation: ${path}`]],
            ["another Ingress lets anybody in", {}, verify(443, "off"), [`violation: ${path}`]],
            ["each says it of a port", verify(443), verify(8443), []],
            ["the Ingress itself says it first", verify(443), verify(443, "off"), []],
            ["nobody says it", {}, {}, [`violation: ${path}`]],
            [
                "another Ingress's settings are not known",
                {},
                { "mutual-authentication": UNKNOWN },
                [`cannot tell: ${path}`],
            ],
            [
                "the group of the one that says it is not known",
                {},
                { ...verify(443), "group.name": UNKNOWN },
                [`cannot tell: ${path}`],
            ],
            ["the group of one that says nothing is not known", {}, { "group.name": UNKNOWN }, [`violation: ${path}`]],
            [
                "the Ingress itself says it, and another's group is not known",
                verify(443),
                { ...verify(443), "group.name": UNKNOWN },
                [],
            ],
            [
                "the Ingress itself says it, of ports that are not known",
                { ...verify(443), "listen-ports": UNKNOWN },
                {},
                [`cannot tell: ${path}`],
            ],
        ] as const) {
            it(`is read where ${title}`, () => assert.deepEqual(of(web, other), expected));
        }
    });

    it("conditions are read where the annotation that gives them is", () => {
        const of = (conditions: Value) =>
            saidOf("cloudfront-origin-authenticated", {
                edge: edge(hostname, secret),
                web: ingress({ "conditions.web": conditions }),
            });
        assert.deepEqual(of(demands()["conditions.web"]), []);
        assert.deepEqual(of(UNKNOWN), [`cannot tell: web ${annotation("conditions.web")}`]);
    });
});
