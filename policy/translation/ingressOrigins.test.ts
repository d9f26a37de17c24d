import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { annotation } from "../test/annotations";
import { demands, edge, hostname, ingress, paths, saidOfOrigins as said, secret, service } from "../test/originIngress";
import type { Objects } from "../test/stack";

/** In a state the origin has the Ingress' name, in a preview it depends on the Ingress. */
const forms = { state: [hostname, undefined], preview: [UNKNOWN, "web"] } as const;

for (const [form, [domainName, source]] of Object.entries(forms)) {
    describe(`an Ingress as an origin, in a ${form}`, () => {
        const of = (
            web: ReturnType<typeof ingress>,
            headers: object[] = secret,
            more: object = {},
            others: Objects = {},
        ) =>
            said({ edge: edge(domainName, headers, more), web, ...others }, source).filter(
                (line) => !/host-header|prefix-lists/.test(line),
            );
        const origin = "edge origins[0].domainName";
        const noHeader = (path: string) => [`cloudfront-origin-authenticated: violation: ${path}`];

        it("knows the distribution by the header that its conditions demand", () => {
            assert.deepEqual(of(ingress(demands())), []);
            assert.deepEqual(of(ingress(demands(undefined, ["HttpHeaderConfig", "HttpHeaderName"]))), []);
            assert.deepEqual(of(ingress({})), noHeader(origin));
            assert.deepEqual(of(ingress(demands()), []), noHeader(origin));
            assert.deepEqual(of(ingress(demands("other"))), noHeader("edge origins[0].customHeaders[0].value"));
            assert.deepEqual(
                of(ingress(demands("*"))),
                noHeader(`web ${annotation("conditions.web")}[0].httpHeaderConfig.values[0]`),
            );
        });

        it("knows the distribution by no header where a path does not demand it", () => {
            const other = { path: "/open", backend: { service: { name: "open", port: { number: 443 } } } };
            const both = { rules: [{ http: { paths: [...(paths.rules[0]?.http.paths ?? []), other] } }] };
            assert.deepEqual(of(ingress(demands(), both)), noHeader("web spec.rules[0].http.paths[1].backend"));
        });

        it("refuses by default, unless a default backend forwards or answers", () => {
            const closedDefault = (defaultBackend: unknown, more: object = {}) =>
                of(ingress({ ...demands(), ...more }, { ...paths, defaultBackend })).filter((line) =>
                    line.startsWith("alb-default"),
                );
            const failing = (kind: string, path: string) => [`alb-default-action-fail-closed: ${kind}: web ${path}`];
            assert.deepEqual(closedDefault(undefined), []);
            assert.deepEqual(closedDefault(service), failing("violation", "spec.defaultBackend"));
            assert.deepEqual(closedDefault(UNKNOWN), failing("cannot tell", "spec.defaultBackend"));
            const action = { service: { name: "answer", port: { name: "use-annotation" } } };
            const answer = (statusCode: string) => ({
                "actions.answer": JSON.stringify({ type: "fixed-response", fixedResponseConfig: { statusCode } }),
            });
            assert.deepEqual(closedDefault(action, answer("403")), []);
            assert.equal(closedDefault(action, answer("200")).length, 1);
            assert.deepEqual(
                closedDefault(action, { "actions.answer": UNKNOWN }).map((line) => line.slice(0, 44)),
                ["alb-default-action-fail-closed: cannot tell:"],
            );
        });

        it("lets nobody else in", () => {
            const only = (web: ReturnType<typeof ingress>) =>
                of(web).filter((line) => line.startsWith("alb-ingress-cloudfront"));
            assert.deepEqual(only(ingress({ ...demands(), "inbound-cidrs": "203.0.113.0/24" })), [
                `alb-ingress-cloudfront-only: violation: web ${annotation("inbound-cidrs")}[0]`,
            ]);
        });

        it("verifies the client's certificate on the ports that say so", () => {
            const certificate = { originMtlsConfig: { clientCertificateArn: "arn:client" } };
            const mutual = (value: unknown) => of(ingress({ "mutual-authentication": value }), [], certificate);
            const verify = (port: number) => JSON.stringify([{ port, mode: "verify", trustStore: "arn:trust" }]);
            const unverified = [
                "cloudfront-origin-authenticated: violation: edge origins[0].customOriginConfig.originMtlsConfig.clientCertificateArn",
            ];
            assert.deepEqual(mutual(verify(443)), []);
            assert.deepEqual(mutual(verify(8443)), unverified);
            assert.deepEqual(mutual(undefined), unverified);
            assert.deepEqual(mutual(UNKNOWN), [unverified[0]?.replace("violation", "cannot tell")]);
        });

        it("may be guarded by its web ACL, which is named", () => {
            const guarded = (more: object) => of(ingress(more)).filter((line) => line.includes("authenticated"));
            const told = [`cloudfront-origin-authenticated: cannot tell: ${origin}`];
            assert.deepEqual(guarded({ "wafv2-acl-arn": "arn:acl" }), told);
            assert.deepEqual(guarded({ "wafv2-acl-name": "acl" }), told);
            assert.deepEqual(guarded({ "wafv2-acl-arn": "none" }), noHeader(origin));
        });

        it("has the certificates that it or its class names", () => {
            const domain = "origin.example.com";
            const record = ["aws:route53/record:Record", { name: domain, type: "CNAME", records: [hostname] }] as const;
            const certificate = [
                "aws:acm/certificate:Certificate",
                { arn: "arn:x", domainName: "other.example.com" },
            ] as const;
            const lines = said({ edge: edge(domain, secret), web: ingress(demands()), record, certificate });
            assert.deepEqual(
                lines.filter((line) => line.includes("host-header")),
                ["cloudfront-origin-host-header: violation: edge origins[0].domainName"],
            );
        });
    });
}

describe("Ingresses of one group as an origin", () => {
    const member = (annotations: object, spec: object = {}, status?: unknown) =>
        ingress({ "group.name": "shared", ...annotations }, spec, status ?? {});
    const relevant = (lines: string[]) => lines.filter((line) => !/host-header|prefix-lists/.test(line));

    it("are one load balancer with the rules of all", () => {
        const status = { loadBalancer: { ingress: [{ hostname }] } };
        const of = (a: ReturnType<typeof ingress>, b: ReturnType<typeof ingress>) =>
            relevant(said({ edge: edge(hostname, secret), a, b }));
        assert.deepEqual(of(member({}), member(demands(), paths, status)), []);
        assert.deepEqual(of(member(demands(), paths), member({}, {}, status)), []);
        assert.deepEqual(of(member(demands(), paths, status), member({}, { defaultBackend: service })), [
            "alb-default-action-fail-closed: violation: b spec.defaultBackend",
            "cloudfront-origin-authenticated: violation: b spec.defaultBackend",
        ]);
        assert.deepEqual(
            of(member({}, {}, status), member({ ...demands(), "inbound-cidrs": "203.0.113.0/24" }, paths)),
            [`alb-ingress-cloudfront-only: violation: b ${annotation("inbound-cidrs")}[0]`],
        );
    });

    it("have the security groups that any of them names", () => {
        const status = { loadBalancer: { ingress: [{ hostname }] } };
        const ingressOf = (cidr: string) => ({ ingress: [{ cidrBlocks: [cidr] }] });
        const of = (a: object, b: object, id: unknown = "sg-office") => {
            const resources: Objects = {
                edge: edge(hostname, secret),
                a: member({ ...demands(), ...a }, paths, status),
                b: member(b),
                office: ["aws:ec2/securityGroup:SecurityGroup", { id, ...ingressOf("203.0.113.0/24") }],
                partners: ["aws:ec2/securityGroup:SecurityGroup", { id: "sg-x", ...ingressOf("198.51.100.0/24") }],
            };
            return said(resources, undefined, { b: ["office"] }).filter((line) => line.startsWith("alb-ingress"));
        };
        const letsIn = (name: string) => `alb-ingress-cloudfront-only: violation: ${name} ingress[0].cidrBlocks[0]`;
        assert.deepEqual(of({}, { "security-groups": "sg-office" }), [letsIn("office")]);
        assert.deepEqual(of({}, { "security-groups": "sg-office, sg-x" }), [letsIn("office"), letsIn("partners")]);
        assert.deepEqual(of({ "security-groups": "sg-x" }, { "security-groups": "sg-office" }), [
            letsIn("office"),
            letsIn("partners"),
        ]);
        assert.deepEqual(of({}, { "security-groups": UNKNOWN }, UNKNOWN), [letsIn("office")]);
        assert.deepEqual(of({ "security-groups": UNKNOWN }, { "security-groups": "sg-x" }), [letsIn("partners")]);
    });
});

describe("an origin that another object of the cluster makes", () => {
    const serviceOf = ["kubernetes:core/v1:Service", { spec: { type: "LoadBalancer" } }] as const;
    const cannotTell = (lines: string[]) =>
        lines.filter((line) => line.includes("cannot tell: edge origins[0].domainName")).length;

    it("cannot be told from a load balancer that has to be closed", () => {
        const gateway = ["kubernetes:gateway.networking.k8s.io/v1:Gateway", {}] as const;
        const chart = ["kubernetes:helm.sh/v4:Release", {}] as const;
        for (const source of [serviceOf, gateway, chart]) {
            assert.equal(cannotTell(said({ edge: edge(UNKNOWN, secret), source }, "source")), 3, source[0]);
        }
        const second = { a: ingress({ "group.name": "x" }), b: ingress({ "group.name": "x" }) };
        assert.equal(cannotTell(said({ edge: edge(UNKNOWN, secret), ...second }, "b")), 3);
        const bucket = ["aws:s3/bucket:Bucket", {}] as const;
        assert.equal(cannotTell(said({ edge: edge(UNKNOWN, secret), bucket }, "bucket")), 0);
        const plain = ["kubernetes:core/v1:Service", { spec: { type: "ClusterIP" } }] as const;
        assert.equal(cannotTell(said({ edge: edge(UNKNOWN, secret), plain }, "plain")), 0);
    });
});
