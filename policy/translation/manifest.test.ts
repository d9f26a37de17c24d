import assert from "node:assert/strict";

import { LazyResource, UNKNOWN, type Value } from "../graph";
import { evaluate } from "../judging";
import { rules } from "../rules";
import { annotations } from "../test/annotations";
import { resource } from "../test/stack";
import { translationOf } from "./index";

const types = ["k8s:tf:kubernetes_manifest", "kubernetes:index/manifest:Manifest"] as const;
const textTypes = ["k8s:tf:kubectl_manifest", "kubectl:index/manifest:Manifest"] as const;

const closed = { "inbound-cidrs": "10.0.0.0/8" };

function ingress(given: object, spec: object = { ingressClassName: "alb" }): Record<string, Value> {
    return {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name: "web", annotations: annotations(given) },
        spec: spec,
    };
}

/** What the pack says of resources of Terraform that each hold an object, `rule kind: name path`. */
function said(name: string, ...held: readonly (readonly [type: string, properties: Record<string, Value>])[]) {
    const rule = rules.find((each) => each.name === name) ?? assert.fail(name);
    const resources = held.map(([type, properties], index) => resource(type, `m${index}`, properties));
    return evaluate(
        [rule],
        resources.map((one) => ({ type: one.type, inputs: one, outputs: one })),
    ).map((finding) => `${finding.kind}: ${finding.urn?.split("::").at(-1)} ${finding.path}`);
}

describe("an object of a cluster that Terraform holds", () => {
    it("is read as Pulumi's kubernetes provider holds it", () => {
        const at = (name: string) => `metadata.annotations["alb.ingress.kubernetes.io/${name}"]`;
        for (const type of types) {
            const of = (manifest: Value) => said("alb-no-public-ingress", [type, { manifest }]);
            assert.deepEqual(of(ingress({ "inbound-cidrs": "0.0.0.0/0" })), [
                `violation: m0 manifest.${at("inbound-cidrs")}[0]`,
            ]);
            assert.deepEqual(of(ingress(closed)), []);
        }
        for (const type of textTypes) {
            const property = type.includes(":tf:") ? "yaml_body" : "yamlBody";
            const of = (given: object) =>
                said("alb-no-public-ingress", [type, { [property]: JSON.stringify(ingress(given), undefined, 1) }]);
            assert.deepEqual(of({ "inbound-cidrs": "0.0.0.0/0" }), [
                `violation: m0 ${property}.${at("inbound-cidrs")}[0]`,
            ]);
            assert.deepEqual(of(closed), []);
        }
    });

    it("decides with others, however each is held", () => {
        const parameters = {
            apiVersion: "networking.k8s.io/v1",
            kind: "IngressClass",
            metadata: { name: "mine" },
            spec: { controller: "k8s.io/ingress-nginx" },
        };
        const web = [types[0], { manifest: ingress({}, { ingressClassName: "mine" }) }] as const;
        assert.deepEqual(said("edge-resources-readable", web), ["cannot tell: m0 manifest.spec.ingressClassName"]);
        assert.deepEqual(said("edge-resources-readable", web, [types[1], { manifest: parameters }]), []);
    });

    it("is named where it makes what no rule reads", () => {
        const of = (object: object) =>
            translationOf(resource(types[0], "m", { manifest: object }))?.unread.map(
                ({ makes, certain }) => `${makes} ${certain}`,
            );
        assert.deepEqual(of({ apiVersion: "v1", kind: "Service", spec: { type: "LoadBalancer" } }), [
            "a network or classic load balancer false",
        ]);
        assert.deepEqual(of({ apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" }), ["a load balancer true"]);
        assert.deepEqual(of({ apiVersion: "apps/v1", kind: "Deployment" }), []);
    });

    it("that cannot be read is said to be so", () => {
        const of = (properties: Record<string, Value>) =>
            translationOf(resource(types[0], "m", properties))?.unread.map(({ because }) => because);
        const noKind = "names no apiVersion and kind that can be read";
        assert.deepEqual(of({ manifest: UNKNOWN }), ["manifest is not known yet"]);
        assert.deepEqual(of({}), [`manifest ${noKind}`]);
        assert.deepEqual(of({ manifest: { kind: "Ingress" } }), [`manifest ${noKind}`]);
        assert.deepEqual(of({ manifest: { apiVersion: "v1", kind: UNKNOWN } }), [`manifest ${noKind}`]);
        assert.deepEqual(of({ yaml_body: "{" }), [`yaml_body ${noKind}`]);
    });

    it("whose text is a secret shows none of its words", () => {
        const text = JSON.stringify(ingress({ "inbound-cidrs": "0.0.0.0/0" }));
        const secret = new LazyResource(resource(textTypes[0], "m", {}), (secrets) => {
            secrets.add(text);
            return { yaml_body: text };
        });
        assert.deepEqual(translationOf(secret), {
            resources: [],
            unread: [
                {
                    makes: "what its manifest holds",
                    path: "yaml_body",
                    because: "yaml_body is a secret, and none of its words may be shown",
                    certain: false,
                },
            ],
        });
    });
});

describe("a Service of Terraform's kubernetes provider", () => {
    it("may be a load balancer", () => {
        for (const type of ["k8s:tf:kubernetes_service_v1", "kubernetes:index/service:Service"]) {
            assert.deepEqual(said("edge-resources-readable", [type, {}]), ["cannot tell: m0 undefined"]);
        }
    });
});
