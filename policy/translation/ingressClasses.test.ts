import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { annotation } from "../test/annotations";
import { forms, run } from "../test/harness";
import {
    good,
    without,
    ingress,
    parametersType,
    parameters,
    declared,
    openPolicy,
    noLogs,
    logs,
    saidOfIngresses as said,
    webClass,
} from "../test/ingressClass";
import { byName } from "../test/programVerdicts";
import type { Objects } from "../test/stack";

describe("the settings of a class", () => {
    it("are judged where they are written, and never for what they leave to the Ingress", () => {
        assert.deepEqual(said({ settings: parameters({ inboundCIDRs: ["10.0.0.0/8"] }) }), []);
        assert.deepEqual(said({ settings: parameters({ scheme: "internet-facing" }) }), []);
        assert.deepEqual(said({ settings: parameters({ inboundCIDRs: null }) }), []);
        assert.deepEqual(said({ settings: parameters({ inboundCIDRs: ["0.0.0.0/0"] }) }), [
            "alb-no-public-ingress: violation: settings spec.inboundCIDRs[0]",
        ]);
        assert.deepEqual(said({ settings: parameters(openPolicy) }), [
            "alb-listener-security-policy: violation: settings spec.sslPolicy",
        ]);
        assert.deepEqual(said({ settings: parameters({ loadBalancerAttributes: noLogs }) }), [
            "alb-access-logging: violation: settings spec.loadBalancerAttributes[0].value",
        ]);
        const drops = { key: "routing.http.drop_invalid_header_fields.enabled", value: "false" };
        assert.deepEqual(said({ settings: parameters({ loadBalancerAttributes: [...logs, drops] }) }), [
            "alb-drop-invalid-headers: violation: settings spec.loadBalancerAttributes[2].value",
        ]);
        assert.deepEqual(said({ settings: parameters({ loadBalancerAttributes: logs }) }), []);
    });

    it("are judged in each spelling of their properties, and in a list", () => {
        const open = (spec: object) => said({ settings: parameters(spec) });
        assert.deepEqual(open({ inboundCidrs: ["::/0"] }), [
            "alb-no-public-ingress: violation: settings spec.inboundCidrs[0]",
        ]);
        const list = { items: [{ spec: {} }, { spec: { inboundCIDRs: ["::/0"] } }] };
        assert.deepEqual(said({ all: [`${parametersType}List`, list] }), [
            "alb-no-public-ingress: violation: all items[1].spec.inboundCIDRs[0]",
        ]);
        assert.deepEqual(
            said({ web: ingress(without("inbound-cidrs")), settings: parameters({ PrefixListsIDs: ["pl-4fa04526"] }) }),
            [],
        );
    });

    it("that are not known are told of", () => {
        assert.deepEqual(said({ settings: parameters(UNKNOWN) }), [
            "edge-resources-readable: cannot tell: settings spec",
        ]);
        assert.deepEqual(said({ settings: parameters({ inboundCIDRs: UNKNOWN }) }), [
            "alb-no-public-ingress: cannot tell: settings spec.inboundCIDRs",
        ]);
        assert.deepEqual(said({ settings: parameters({ loadBalancerAttributes: UNKNOWN }) }), [
            "alb-access-logging: cannot tell: settings spec.loadBalancerAttributes",
            "alb-drop-invalid-headers: cannot tell: settings spec.loadBalancerAttributes",
        ]);
    });

    it("give an Ingress what it does not say", () => {
        const of = (annotations: object, spec: object) =>
            said({ web: ingress(annotations), settings: parameters(spec), class: declared });
        const attributes = [...logs, { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" }];
        assert.deepEqual(of(good, {}), []);
        assert.deepEqual(of(without("load-balancer-attributes"), { loadBalancerAttributes: attributes }), []);
        assert.deepEqual(of(without("load-balancer-attributes"), { loadBalancerAttributes: logs }), [
            `alb-drop-invalid-headers: violation: web ${annotation("load-balancer-attributes")}.routing.http.drop_invalid_header_fields.enabled`,
        ]);
        assert.deepEqual(of(without("ssl-policy"), { sslPolicy: good["ssl-policy"] }), []);
        assert.deepEqual(of(without("ssl-policy"), { sslPolicy: "" }), [
            `alb-listener-security-policy: violation: web ${annotation("ssl-policy")}`,
        ]);
        assert.deepEqual(of(without("certificate-arn"), { certificateArn: ["arn:x"] }), []);
        assert.deepEqual(of(without("certificate-arn"), { certificateARNs: ["arn:x"] }), []);
        assert.deepEqual(of(without("certificate-arn"), { certificateArn: [] }), [
            `alb-listener-https-only: violation: web ${annotation("listen-ports")}`,
        ]);
    });

    it("take the place of what an Ingress says, and then are judged instead", () => {
        const of = (annotations: object, spec: object) =>
            said({ web: ingress({ ...good, ...annotations }), settings: parameters(spec), class: declared });
        assert.deepEqual(of({ "inbound-cidrs": "0.0.0.0/0" }, { inboundCIDRs: ["10.0.0.0/8"] }), []);
        assert.deepEqual(of({ "inbound-cidrs": "10.0.0.0/8" }, { inboundCIDRs: ["0.0.0.0/0"] }), [
            "alb-no-public-ingress: violation: settings spec.inboundCIDRs[0]",
        ]);
        assert.deepEqual(of({}, openPolicy), ["alb-listener-security-policy: violation: settings spec.sslPolicy"]);
        assert.deepEqual(of({ "ssl-policy": openPolicy.sslPolicy }, { sslPolicy: good["ssl-policy"] }), []);
        assert.deepEqual(of({}, { loadBalancerAttributes: noLogs }), [
            "alb-access-logging: violation: settings spec.loadBalancerAttributes[0].value",
        ]);
        assert.deepEqual(
            of(
                {
                    "load-balancer-attributes":
                        "access_logs.s3.enabled=false,routing.http.drop_invalid_header_fields.enabled=true",
                },
                { loadBalancerAttributes: logs },
            ),
            [],
        );
    });

    it("of another class, or of none that the older annotation can name, are not those of an Ingress", () => {
        const settings = parameters({ loadBalancerAttributes: logs, inboundCIDRs: ["10.0.0.0/8"] });
        const older = { "kubernetes.io/ingress.class": "alb" };
        const web = { metadata: { annotations: older }, spec: { ingressClassName: "web" } };
        const open = (objects: Objects) => said(objects).filter((line) => /-public-ingress|-logging/.test(line)).length;
        assert.equal(open({ web: ["kubernetes:networking.k8s.io/v1:Ingress", web], settings, class: declared }), 3);
        const other = ingress(without("inbound-cidrs", "load-balancer-attributes"), {
            spec: { ingressClassName: "b" },
        });
        assert.equal(open({ web: other, settings, class: declared }), 3);
    });

    it("of the stack's default class hold for an Ingress that names no class", () => {
        const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
        const classes = (of: object) => ({
            class: [
                "kubernetes:networking.k8s.io/v1:IngressClassList",
                { items: [1, { ...webClass, metadata: { name: "web", annotations: of } }] },
            ] as const,
            settings: parameters({ inboundCIDRs: ["10.0.0.0/8"] }),
            other: [parametersType, { metadata: { name: "other" }, spec: { inboundCIDRs: ["10.0.0.0/8"] } }] as const,
        });
        const web = ingress(without("inbound-cidrs"), { spec: {} });
        assert.deepEqual(said({ web, ...classes(annotations) }), []);
        const bare = ["kubernetes:networking.k8s.io/v1:Ingress", { metadata: {}, spec: {} }] as const;
        assert.equal(
            said({ web: bare, ...classes(annotations) }).some((line) => line.startsWith("alb-listener-https-only")),
            true,
        );
    });

    it("that may be those of an Ingress leave open what it does not say", () => {
        const maybe = { ...webClass, spec: { ...webClass.spec, parameters: { name: UNKNOWN } } };
        const of = (annotations: object, spec: object) =>
            said({
                web: ingress(annotations),
                settings: parameters(spec),
                class: ["kubernetes:networking.k8s.io/v1:IngressClass", maybe],
            });
        assert.deepEqual(of(without("ssl-policy"), { sslPolicy: good["ssl-policy"] }), [
            `alb-listener-security-policy: cannot tell: web ${annotation("ssl-policy")}`,
        ]);
        assert.deepEqual(of(without("load-balancer-attributes"), { loadBalancerAttributes: logs }), [
            `alb-access-logging: cannot tell: web ${annotation("load-balancer-attributes")}[0].value`,
            `alb-drop-invalid-headers: violation: web ${annotation("load-balancer-attributes")}.routing.http.drop_invalid_header_fields.enabled`,
        ]);
        assert.deepEqual(of(without("certificate-arn"), { certificateArn: ["arn:x"] }), [
            `alb-listener-https-only: cannot tell: web ${annotation("listen-ports")}`,
        ]);
        assert.deepEqual(of(good, { sslPolicy: good["ssl-policy"], loadBalancerAttributes: logs }), []);
    });

    it("reach an Ingress through the engine too", async () => {
        const fixtures = (value: string) =>
            Object.entries({
                web: ingress(without("load-balancer-attributes")),
                class: declared,
                settings: parameters({
                    loadBalancerAttributes: [{ key: "routing.http.drop_invalid_header_fields.enabled", value }],
                }),
            }).map(([name, [type, properties]]) => ({ type, name, properties }));
        for (const form of forms) {
            const seen = async (value: string) =>
                (await run(byName("alb-drop-invalid-headers"), fixtures(value), form)).length;
            assert.equal(await seen("true"), 0, form);
            assert.equal(await seen("false"), 1, form);
        }
    });
});

describe("an IngressClass of the stack", () => {
    const named = { spec: { ingressClassName: "web" } };
    const own = (controller: unknown) =>
        [declared[0], { metadata: { name: "web" }, spec: controller === UNKNOWN ? UNKNOWN : { controller } }] as const;
    const readable = (controller: unknown) =>
        said({ web: ingress({}, named), class: own(controller) }).filter((line) => line.startsWith("edge-"));

    it("says which controller handles an Ingress", () => {
        for (const controller of ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb", "example.com/own"]) {
            assert.deepEqual(readable(controller), [], controller);
        }
        const open = ["edge-resources-readable: cannot tell: web spec.ingressClassName"];
        assert.deepEqual(readable(UNKNOWN), open);
        assert.deepEqual(said({ web: ingress({}, named) }), open);
    });

    it("leaves open which settings hold, where nothing of it is known", () => {
        const of = (spec: unknown) =>
            said({
                web: ingress(without("inbound-cidrs")),
                settings: parameters({ inboundCIDRs: ["10.0.0.0/8"] }),
                class: [declared[0], { ...webClass, spec }],
            });
        assert.deepEqual(of(webClass.spec), []);
        for (const spec of [UNKNOWN, { ...webClass.spec, parameters: UNKNOWN }]) {
            assert.deepEqual(of(spec), [`alb-no-public-ingress: cannot tell: web ${annotation("inbound-cidrs")}`]);
        }
    });

    it("is kept of a large state", async () => {
        const fixtures = Object.entries({
            web: ingress({ ...good, "inbound-cidrs": "0.0.0.0/0" }),
            class: declared,
            settings: parameters({ inboundCIDRs: ["10.0.0.0/8"] }),
        }).map(([name, [type, properties]]) => ({ type, name, properties }));
        for (const form of forms) {
            assert.deepEqual(await run(byName("alb-no-public-ingress"), fixtures, form), [], form);
        }
    });
});
