import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { evaluate } from "../judging";
import { rules } from "../rules";
import { annotation, annotations } from "../test/annotations";
import { resource } from "../test/stack";

const ingressType = "kubernetes:networking.k8s.io/v1:Ingress";
const serviceType = "kubernetes:core/v1:Service";

const annotated = (given: object, name?: string) => ({
    metadata: {
        ...(name !== undefined && { name }),
        annotations: annotations(given),
    },
    spec: { ingressClassName: "alb" },
});
const closed = { "inbound-cidrs": "10.0.0.0/8" };

/** What one rule says of a resource, `kind: path` each. */
function said(ruleName: string, type: string, properties: Record<string, unknown>): string[] {
    const rule = rules.find(({ name }) => name === ruleName) ?? assert.fail(ruleName);
    const web = resource(type, "web", properties);
    return evaluate([rule], [{ type, inputs: web, outputs: web }]).map(({ kind, path }) => `${kind}: ${path}`);
}

describe("an Ingress", () => {
    it("whose ports are not known has listeners that are not known", () => {
        const properties = annotated({ ...closed, "listen-ports": UNKNOWN });
        assert.deepEqual(said("alb-listener-https-only", ingressType, properties), [
            `cannot tell: ${annotation("listen-ports")}`,
        ]);
    });

    it("speaks HTTP where a certificate is named that is none", () => {
        const speaks = (annotations: object) => said("alb-listener-https-only", ingressType, annotated(annotations));
        assert.deepEqual(speaks({ "certificate-arn": "" }), [`violation: ${annotation("listen-ports")}`]);
        assert.deepEqual(speaks({ "certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/a" }), []);
        assert.deepEqual(speaks({ "certificate-arn": UNKNOWN }), []);
        assert.deepEqual(speaks({ "listen-ports": '[{"HTTPS":443,"HTTP":8080}]' }).length, 1);
    });

    it("in a list stands for itself, whatever the others say, and is found by its place", () => {
        const list = (...items: object[]) => said("alb-no-public-ingress", `${ingressType}List`, { items });
        for (const names of [
            [undefined, undefined],
            ["a", "b"],
            ["web", "same"],
            ["same", "same"],
        ] as const) {
            const open = annotated({ "inbound-cidrs": "0.0.0.0/0" }, names[1]);
            assert.deepEqual(list(annotated(closed, names[0]), open), [
                `violation: ${annotation("inbound-cidrs", "items[1].")}[0]`,
            ]);
        }
        assert.deepEqual(list(annotated(closed, "a"), annotated(closed, "b")), []);
        const speaks = (...items: object[]) => said("alb-listener-https-only", `${ingressType}List`, { items });
        const https = { ...closed, "listen-ports": '[{"HTTPS":443}]' };
        assert.deepEqual(speaks(annotated(https), annotated(closed)), [
            `violation: ${annotation("listen-ports", "items[1].")}`,
        ]);
    });

    it("says of its policy, its listeners and its attributes where they are written", () => {
        const paths = (name: string, annotations: object) => said(name, ingressType, annotated(annotations));
        const https = { "listen-ports": '[{"HTTPS":443}]' };
        assert.deepEqual(
            paths("alb-listener-security-policy", { ...https, "ssl-policy": "ELBSecurityPolicy-2016-08" }),
            [`violation: ${annotation("ssl-policy")}`],
        );
        const modern = { ...https, "ssl-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06" };
        assert.deepEqual(paths("alb-listener-security-policy", modern), []);
        const attributes = (text: string) => paths("alb-drop-invalid-headers", { "load-balancer-attributes": text });
        assert.deepEqual(attributes("routing.http.drop_invalid_header_fields.enabled=false").length, 1);
        assert.deepEqual(attributes(" a=b , routing.http.drop_invalid_header_fields.enabled = true "), []);
        const logs = (text: string) => paths("alb-access-logging", { "load-balancer-attributes": text });
        assert.deepEqual(logs("access_logs.s3.enabled=true,access_logs.s3.bucket=logs"), []);
        assert.equal(logs("access_logs.s3.enabled=false").length, 1);
    });

    it("of a class is another controller's only where a whole word of its name says so", () => {
        const of = (ingressClassName: unknown) =>
            said("edge-resources-readable", ingressType, { metadata: {}, spec: { ingressClassName } });
        for (const name of ["nginx", "ingress-nginx", "Nginx_internal", "azure/application-gateway"]) {
            assert.deepEqual(of(name), [], name);
        }
        for (const name of ["hongkong", "office-gcenter", "public", UNKNOWN]) {
            assert.deepEqual(of(name), ["cannot tell: spec.ingressClassName"], String(name));
        }
    });
});

describe("a Service", () => {
    const readable = (properties: Record<string, unknown>, type = serviceType) =>
        said("edge-resources-readable", type, properties);
    const ofClass = (loadBalancerClass: unknown) => readable({ spec: { type: "LoadBalancer", loadBalancerClass } });
    const withAnnotation = (key: string) =>
        readable({ metadata: { annotations: { [key]: "x" } }, spec: { type: "LoadBalancer" } });
    const certain = ["violation: spec.type"];
    const possible = ["cannot tell: spec.type"];

    it("makes a load balancer where its type says so, and may where the type is not known", () => {
        assert.deepEqual(readable({ spec: { type: "ClusterIP" } }), []);
        assert.deepEqual(readable({}), []);
        assert.deepEqual(readable({ spec: { type: UNKNOWN } }), possible);
        assert.deepEqual(readable({ spec: UNKNOWN }), possible);
        assert.deepEqual(readable({ items: [{ spec: { type: UNKNOWN } }] }, `${serviceType}List`), [
            "cannot tell: items[0].spec.type",
        ]);
    });

    it("makes one of AWS for certain where its class or an annotation says so", () => {
        assert.deepEqual(ofClass(undefined), possible);
        assert.deepEqual(ofClass("service.k8s.aws/nlb"), certain);
        assert.deepEqual(ofClass("eks.amazonaws.com/nlb"), certain);
        assert.deepEqual(ofClass("tailscale"), []);
        assert.deepEqual(ofClass(UNKNOWN), possible);
        assert.deepEqual(withAnnotation("service.beta.kubernetes.io/aws-load-balancer-type"), certain);
        assert.deepEqual(withAnnotation("service.beta.kubernetes.io/azure-load-balancer-internal"), []);
        assert.deepEqual(withAnnotation("service.beta.kubernetes.io/oci-load-balancer-shape"), []);
        assert.deepEqual(withAnnotation("service.beta.kubernetes.io/do-loadbalancer-name"), []);
        assert.deepEqual(withAnnotation("cloud.google.com/neg"), []);
        assert.deepEqual(withAnnotation("example.com/cloud.google.com/neg"), possible);
    });
});
