import assert from "node:assert/strict";

import { UNKNOWN, type Resource } from "../graph";
import { annotation, annotations } from "../test/annotations";
import { byName, resultsOf } from "../test/programVerdicts";
import { resourcesNamed } from "../test/stack";

const annotated = (given: object, metadata: object = {}) => ({
    ...metadata,
    annotations: annotations(given),
});
type Described = readonly [type: string, properties: Record<string, unknown>];
const ingressType = "kubernetes:networking.k8s.io/v1:Ingress";
const serviceType = "kubernetes:core/v1:Service";

const backend = (name: unknown, port: unknown = { number: 80 }) => ({ service: { name, port } });
const rules = (...backends: object[]) => ({
    rules: [{ http: { paths: backends.map((each) => ({ path: "/", pathType: "Prefix", backend: each })) } }],
});
const ingress = (annotations: object, spec: object = rules(backend("web")), metadata: object = {}): Described => [
    ingressType,
    { metadata: annotated(annotations, metadata), spec: { ingressClassName: "alb", ...spec } },
];
const service = (annotations: object, metadata: object = { name: "web" }): Described => [
    serviceType,
    { metadata: annotated(annotations, metadata), spec: { type: "ClusterIP" } },
];

/** What alb-target-https says: kind, resource and path of each finding. */
function said(objects: Readonly<Record<string, Described>>, uses: Readonly<Record<string, string>> = {}): string[] {
    const all = resourcesNamed(objects).map((one): Resource => {
        const { name } = one;
        const used =
            uses[name] === undefined ? [] : [`urn:pulumi:test::test::${objects[uses[name]]?.[0]}::${uses[name]}`];
        return { ...one, dependencies: used, propertyDependencies: used.length === 0 ? {} : { spec: used } };
    });
    return resultsOf([byName("alb-target-https")], all).map(
        ({ kind, urn, path }) => `${kind}: ${urn?.split("::").at(-1)} ${path ?? ""}`,
    );
}

const https = { "backend-protocol": "HTTPS" };
const http = { "backend-protocol": "HTTP" };
const atProtocol = (kind: string, name = "web", path = "") => [
    `${kind}: ${name} ${annotation("backend-protocol", path)}`,
];

describe("the target groups of an Ingress", () => {
    it("speak HTTP unless an annotation says HTTPS", () => {
        assert.deepEqual(said({ web: ingress({}) }), atProtocol("violation"));
        assert.deepEqual(said({ web: ingress(http) }), atProtocol("violation"));
        assert.deepEqual(said({ web: ingress({ "backend-protocol-version": "HTTP2" }) }), atProtocol("violation"));
        assert.deepEqual(said({ web: ingress(https) }), []);
        assert.deepEqual(said({ web: ingress({ "backend-protocol": UNKNOWN }) }), atProtocol("cannot tell"));
    });

    it("check health as they speak, unless an annotation says otherwise", () => {
        assert.deepEqual(said({ web: ingress({ ...https, "healthcheck-protocol": "HTTP" }) }), [
            `violation: web ${annotation("healthcheck-protocol")}`,
        ]);
        assert.deepEqual(said({ web: ingress({ ...https, "healthcheck-protocol": "HTTPS" }) }), []);
        assert.deepEqual(said({ web: ingress({ ...http, "healthcheck-protocol": "HTTPS" }) }), atProtocol("violation"));
    });

    it("are those of paths, of the default backend and of actions, in each version", () => {
        const of = (spec: object, annotations: object = {}) => said({ web: ingress(annotations, spec) });
        const annotation_ = { name: "use-annotation" };
        assert.deepEqual(of({ defaultBackend: backend("web") }), atProtocol("violation"));
        assert.deepEqual(of({ backend: { serviceName: "web", servicePort: 80 } }), atProtocol("violation"));
        assert.deepEqual(of(rules({ serviceName: "web", servicePort: 80 })), atProtocol("violation"));
        const action = (value: unknown) => of(rules(backend("go", annotation_)), { "actions.go": value });
        const forward = (keys: readonly [string, string, string]) =>
            JSON.stringify({ type: "forward", [keys[0]]: { [keys[1]]: [{ [keys[2]]: "web", servicePort: "80" }] } });
        assert.deepEqual(action(forward(["forwardConfig", "targetGroups", "serviceName"])), atProtocol("violation"));
        assert.deepEqual(action(forward(["ForwardConfig", "TargetGroups", "ServiceName"])), atProtocol("violation"));
        assert.deepEqual(action(UNKNOWN), atProtocol("cannot tell"));
        assert.deepEqual(of(rules(backend("web", UNKNOWN))), atProtocol("cannot tell"));
        assert.deepEqual(of(rules(backend("web", UNKNOWN)), https), []);
        for (const none of [
            '{"type":"forward","targetGroupARN":"arn:x"}',
            '{"type":"redirect","redirectConfig":{"statusCode":"HTTP_301"}}',
            "{",
            undefined,
        ]) {
            assert.deepEqual(action(none), [], none);
        }
        assert.deepEqual(of({}), []);
        assert.deepEqual(of({ rules: [{ host: "a.example.com" }, {}] }), []);
        assert.deepEqual(of({ defaultBackend: { resource: { kind: "StorageBucket", name: "static" } } }), []);
    });

    it("are judged at the Service where its annotation decides", () => {
        assert.deepEqual(said({ web: ingress(http), pods: service(https) }), []);
        assert.deepEqual(said({ web: ingress(https), pods: service(http) }), atProtocol("violation", "pods"));
        assert.deepEqual(said({ web: ingress(https), pods: service({ "backend-protocol": UNKNOWN }) }), [
            ...atProtocol("cannot tell", "pods"),
        ]);
        const check = { "healthcheck-protocol": "HTTP" };
        assert.deepEqual(said({ web: ingress(https), pods: service(check) }), [
            `violation: pods ${annotation("healthcheck-protocol")}`,
        ]);
        assert.deepEqual(
            said({ web: ingress({ ...https, ...check }), pods: service({ "healthcheck-protocol": "HTTPS" }) }),
            [],
        );
        const list: Described = [`${serviceType}List`, { items: [{}, service(http)[1]] }];
        assert.deepEqual(said({ all: list }), atProtocol("violation", "all", "items[1]."));
        assert.deepEqual(said({ pods: service({}) }), []);
    });

    it("are not those of another Service, or of another namespace", () => {
        const of = (pods: Described, metadata: object = {}) =>
            said({ web: ingress(http, undefined, metadata), pods: pods });
        assert.deepEqual(of(service(https, { name: "other" })), atProtocol("violation"));
        assert.deepEqual(
            of(service(https, { name: "web", namespace: "a" }), { namespace: "b" }),
            atProtocol("violation"),
        );
        assert.deepEqual(of(service(https, { name: "web", namespace: "a" }), { namespace: "a" }), []);
        assert.deepEqual(of(service(https, { name: "web", namespace: UNKNOWN }), { namespace: "a" }), []);
        const other = service(https, { name: "other" });
        const both = { web: ingress({}, rules(backend("web"), backend("other"))), other };
        assert.deepEqual(said(both), atProtocol("violation"));
    });

    it("are not known where the Service, or what it says, is not", () => {
        const unknown = ingress({}, rules(backend(UNKNOWN)));
        const named = { web: unknown, a: service(https, { name: "a" }), b: service({}, { name: "b" }) };
        assert.deepEqual(said(named), atProtocol("cannot tell"));
        assert.deepEqual(said(named, { web: "a" }), []);
        assert.deepEqual(said(named, { web: "b" }), atProtocol("violation"));
        assert.deepEqual(said({ web: unknown }), atProtocol("violation"));
        const hidden: Described = [serviceType, { metadata: { name: "web", annotations: UNKNOWN } }];
        assert.deepEqual(said({ web: ingress(https), hidden }), atProtocol("cannot tell"));
        const whole: Described = [ingressType, { metadata: annotated({ scheme: "internal" }), spec: UNKNOWN }];
        assert.deepEqual(said({ web: whole, a: service(https, { name: "a" }) }), []);
        assert.deepEqual(said({ web: whole }), atProtocol("cannot tell"));
    });

    it("of a patch are what it says", () => {
        const patch = (annotations: object) => said({ web: [`${ingressType}Patch`, ingress(annotations)[1]] });
        assert.deepEqual(patch({ scheme: "internal" }), []);
        assert.deepEqual(patch(http), atProtocol("violation"));
    });
});
