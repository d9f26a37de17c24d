import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import type { Rule } from "../rule";
import { annotation, annotations } from "../test/annotations";
import { byName, holds, resultsOf, said } from "../test/programVerdicts";
import { findingsOf, resourcesOf, type Program } from "../test/yamlProgram";
import { resource } from "../test/stack";

describe("Kubernetes", () => {
    const ingress = (given: object, more: object = {}, type = "Ingress") => ({
        type: `kubernetes:networking.k8s.io/v1:${type}`,
        properties: {
            metadata: {
                name: "web",
                annotations: annotations(given),
            },
            spec: { ingressClassName: "alb" },
            ...more,
        },
    });
    const at = (name: string, index: number) => `${annotation(name)}[${index}]`;

    it("an Ingress without ranges is open to everybody: the controller's default", () =>
        holds(JSON.stringify({ resources: { web: ingress({ scheme: "internet-facing" }) } }), [
            `alb-no-public-ingress: violation: web ${at("inbound-cidrs", 0)}`,
            `alb-no-public-ingress: violation: web ${at("inbound-cidrs", 1)}`,
        ]));

    it("the remedy is written as the resource writes it", () => {
        const remedy = (program: Program) =>
            resultsOf([byName("alb-no-public-ingress")], resourcesOf(program, "state")).map(
                ({ message }) => /Write (\S+) with /.exec(message)?.[1],
            )[0];
        assert.equal(
            remedy({ web: ingress({}) }),
            'metadata.annotations["alb.ingress.kubernetes.io/security-group-prefix-lists"]',
        );
        const balancer = { type: "alb:tf:aws_lb", properties: { security_groups: ["sg-9"] } };
        const properties = { id: "sg-9", ingress: [{ cidr_blocks: ["0.0.0.0/0"] }] };
        assert.equal(
            remedy({ balancer, group: { type: "alb:tf:aws_security_group", properties } }),
            "ingress[0].prefix_list_ids",
        );
    });

    it("ranges, prefix lists and groups of the Ingress decide", () => {
        const of = (annotations: Record<string, string>, others: Program = {}) =>
            said({ web: ingress(annotations), ...others });
        assert.deepEqual(of({ "inbound-cidrs": "10.0.0.0/8, 0.0.0.0/0" }), [
            `alb-no-public-ingress: violation: web ${at("inbound-cidrs", 1)}`,
        ]);
        assert.deepEqual(of({ "inbound-cidrs": "10.0.0.0/8" }), []);
        assert.deepEqual(of({ "security-group-prefix-lists": "pl-4fa04526" }), []);
        const group = (cidr: string): Program => ({
            group: { type: "aws:ec2:SecurityGroup", properties: { id: "sg-3", ingress: [{ cidrBlocks: [cidr] }] } },
        });
        assert.deepEqual(of({ "security-groups": "sg-3" }, group("10.0.0.0/8")), []);
        assert.deepEqual(of({ "security-groups": "sg-2, sg-3" }, group("0.0.0.0/0")), [
            "alb-no-public-ingress: violation: group ingress[0].cidrBlocks[0]",
        ]);
    });

    it("the default does not hold where the group or the class of the Ingress has ranges", () => {
        const grouped = ingress({ "group.name": "shared" });
        const owner = ingress({ "group.name": "shared", "inbound-cidrs": "10.0.0.0/8" });
        assert.deepEqual(said({ web: grouped, owner }), []);
        assert.equal(said({ web: grouped }).length, 2);
        const parameters = (inboundCIDRs: string[]) => ({
            type: "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
            properties: { spec: { inboundCIDRs } },
        });
        assert.deepEqual(said({ web: ingress({}), class: parameters(["10.0.0.0/8"]) }), []);
        assert.deepEqual(said({ web: ingress({}), class: parameters(["0.0.0.0/0"]) }), [
            "alb-no-public-ingress: violation: class spec.inboundCIDRs[0]",
        ]);
    });

    it("what is not known of an Ingress is said, at the place that is not known", () => {
        const of = (properties: Record<string, unknown>, type = "Ingress") =>
            said({ web: { type: `kubernetes:networking.k8s.io/v1:${type}`, properties } });
        const place = (path: string) => [`edge-resources-readable: cannot tell: web ${path}`];
        assert.deepEqual(of({ metadata: UNKNOWN }), place("metadata"));
        assert.deepEqual(of({ metadata: { annotations: UNKNOWN } }), place("metadata.annotations"));
        assert.deepEqual(of({ items: UNKNOWN }, "IngressList"), place("items"));
        assert.deepEqual(of({ items: [{ metadata: UNKNOWN }, 1] }, "IngressList"), place("items[0].metadata"));
        assert.deepEqual(of({}, "IngressList"), []);
    });

    it("ranges and groups that are not known are told of by the rule that needs them", () => {
        const unknown = (name: string) => {
            const one = ingress({ [name]: UNKNOWN });
            const web = resource(one.type, "web", one.properties);
            return resultsOf([byName("alb-no-public-ingress")], [web]).map(({ kind, path }) => `${kind}: ${path}`);
        };
        assert.deepEqual(unknown("inbound-cidrs"), [`cannot tell: ${annotation("inbound-cidrs")}`]);
        assert.deepEqual(unknown("security-groups"), [`cannot tell: ${annotation("security-groups")}`]);
    });

    it("prefix lists of the class take the place of the default, and are asked for where they are not known", () => {
        const parameters = (spec: object) => ({
            type: "kubernetes:eks.amazonaws.com/v1:IngressClassParams",
            properties: { spec },
        });
        assert.deepEqual(said({ web: ingress({}), class: parameters({ prefixListsIDs: ["pl-4fa04526"] }) }), []);
        assert.equal(said({ web: ingress({}), class: parameters({ scheme: "internal" }) }).length, 2);
        assert.deepEqual(said({ class: parameters({ inboundCIDRs: ["::/0"], prefixListsIDs: [] }) }), [
            "alb-no-public-ingress: violation: class spec.inboundCIDRs[0]",
        ]);
    });

    it("Ingresses of one group: only what names a source takes the default away", () => {
        const grouped = (annotations: Record<string, string>) => ingress({ "group.name": "shared", ...annotations });
        const opened = (other: Record<string, string>) =>
            said({ web: grouped({}), other: grouped(other) }).filter((line) => line.includes(": web ")).length;
        assert.equal(opened({ scheme: "internal" }), 2);
        assert.equal(opened({ "inbound-cidrs": "10.0.0.0/8" }), 0);
        assert.equal(opened({ "security-groups": "sg-1" }), 0);
        assert.equal(opened({ "security-group-prefix-lists": "pl-1" }), 0);
        assert.equal(
            said({ web: grouped({}), other: ingress({ "group.name": "b", "inbound-cidrs": "10.0.0.0/8" }) }).length,
            2,
        );
    });

    it("messages say of the controller's defaults that nothing is written there", () => {
        const messages = (rule: string, given: Record<string, string>) =>
            findingsOf(byName(rule), resourcesOf({ web: ingress(given) }, "state")).map(({ message }) => message);
        const begins = (all: readonly string[], text: string) => all.some((message) => message.includes(text));
        const cidrs = annotation("inbound-cidrs");
        const open = "alb-no-public-ingress";
        assert.ok(begins(messages(open, {}), `${cidrs} is missing (the controller's default is "0.0.0.0/0")`));
        assert.ok(begins(messages(open, { "inbound-cidrs": "0.0.0.0/0" }), `${cidrs}[0] = "0.0.0.0/0"`));
        const ports = annotation("listen-ports");
        const toWrite =
            "requests reach the load balancer unencrypted. Write '[{\"HTTPS\": 443}]' there, and name a certificate.";
        const listener = "alb-listener-https-only";
        assert.deepEqual(messages(listener, {}), [
            `${ports} is missing (the controller's default is HTTP on port 80): ${toWrite}`,
        ]);
        assert.deepEqual(messages(listener, { "listen-ports": '[{"HTTP": 8080}]' }), [
            `${ports} has "HTTP": ${toWrite}`,
        ]);
    });

    it("the class may stand in an annotation, and other controllers of a declared class are left alone", () => {
        const annotated = (name: string) => ({
            type: "kubernetes:extensions/v1beta1:Ingress",
            properties: { metadata: { annotations: { "kubernetes.io/ingress.class": name } } },
        });
        assert.equal(said({ web: annotated("alb") }).length, 2);
        assert.deepEqual(said({ web: annotated("traefik") }), []);
        const declared = (metadata: object) => ({
            class: {
                type: "kubernetes:networking.k8s.io/v1:IngressClass",
                properties: { metadata, spec: { controller: "example.com/own" } },
            },
        });
        const open = (others: Program) => said({ web: ingress({}, { spec: { ingressClassName: "own" } }), ...others });
        assert.deepEqual(open(declared({ name: "own" })), []);
        assert.deepEqual(open(declared({ name: "other" })), [
            "edge-resources-readable: cannot tell: web spec.ingressClassName",
        ]);
    });

    it("annotations count for nothing where the stack gives the class to another controller, in all its clusters", () => {
        const classOf = (name: string, controller: Value) => ({
            type: "kubernetes:networking.k8s.io/v1:IngressClass",
            properties: { metadata: { name }, spec: { controller } },
        });
        const open = (classes: Program, spec: object = { ingressClassName: "own" }) =>
            said({ web: ingress({ "inbound-cidrs": "0.0.0.0/0" }, { spec }), ...classes }).length;
        const other = classOf("own", "traefik.io/ingress-controller");
        assert.equal(open({ other }), 0);
        assert.equal(open({ other, ours: classOf("own", "ingress.k8s.aws/alb") }), 1);
        assert.equal(open({ other: classOf("elsewhere", "traefik.io/ingress-controller") }), 1);
        assert.equal(open({ other }, {}), 1);
        assert.equal(open({ unnamed: classOf("own", UNKNOWN) }), 1);
    });

    it("HTTP that redirects is a redirect, and ports that are no JSON are no listeners", () => {
        const listener = byName("alb-listener-https-only");
        const paths = (annotations: Record<string, string>, allowRedirectToHttps = false) =>
            findingsOf(listener, resourcesOf({ web: ingress(annotations) }, "state"), { allowRedirectToHttps }).map(
                ({ path }) => path,
            );
        const ports = { "listen-ports": '[{"HTTP":80},{"HTTPS":443}]' };
        assert.deepEqual(paths({ ...ports, "ssl-redirect": "443" }, true), []);
        assert.equal(paths({ ...ports, "ssl-redirect": "443" }).length, 1);
        assert.equal(paths(ports, true).length, 1);
        for (const broken of ["{", "{}", "[1]", "null"]) {
            assert.deepEqual(paths({ "listen-ports": broken }), [], broken);
        }
    });

    it("a list and a patch of Ingresses", () => {
        const { properties } = ingress({ "inbound-cidrs": "0.0.0.0/0" });
        const list = { type: "kubernetes:networking.k8s.io/v1:IngressList", properties: { items: [properties] } };
        assert.equal(said({ all: list }).length, 1);
        assert.equal(said({ web: ingress({ "inbound-cidrs": "::/0" }, {}, "IngressPatch") }).length, 1);
        assert.deepEqual(said({ web: ingress({}, {}, "IngressPatch") }), []);
    });

    it("an Ingress of another controller is left alone, one of an unknown controller is named", () => {
        const of = (spec: object, others: Program = {}) => said({ web: ingress({}, { spec }), ...others });
        assert.deepEqual(of({ ingressClassName: "nginx" }), []);
        const unknown = ["edge-resources-readable: cannot tell: web spec.ingressClassName"];
        assert.deepEqual(of({}), unknown);
        assert.deepEqual(of({ ingressClassName: "public" }), unknown);
        const declared = (controller: string): Program => ({
            class: {
                type: "kubernetes:networking.k8s.io/v1:IngressClass",
                properties: { metadata: { name: "public" }, spec: { controller } },
            },
        });
        const read = of({ ingressClassName: "public" }, declared("ingress.k8s.aws/alb"));
        assert.equal(read.filter((line) => line.startsWith("alb-no-public-ingress: violation: web")).length, 2);
    });

    it("a resource rule judges each resource that an Ingress becomes, its security group included", () => {
        for (const type of [
            "aws-native:elasticloadbalancingv2:LoadBalancer",
            "aws-native:elasticloadbalancingv2:Listener",
            "aws-native:ec2:SecurityGroup",
        ]) {
            const rule: Rule = {
                ...byName("alb-listener-https-only"),
                scope: "resource",
                types: [type],
                evaluate: (judged, report) => {
                    report({ kind: "violation", resource: judged, message: judged.type });
                },
            };
            const findings = findingsOf(rule, resourcesOf({ web: ingress({}) }, "state"));
            assert.deepEqual(
                findings.map(({ message }) => message),
                [type],
            );
        }
    });

    it("listeners and attributes of an Ingress are those that the annotations say", () => {
        const listener = byName("alb-listener-https-only");
        const verdict = (annotations: Record<string, string>) =>
            resultsOf(
                [listener, byName("alb-drop-invalid-headers")],
                resourcesOf({ web: ingress(annotations) }, "state"),
            ).map(({ rule }) => rule);
        const drops = "alb-drop-invalid-headers";
        assert.deepEqual(verdict({}), [drops, listener.name].sort().reverse());
        assert.deepEqual(
            verdict({
                "certificate-arn": "arn:x",
                "load-balancer-attributes":
                    "idle_timeout.timeout_seconds=60,routing.http.drop_invalid_header_fields.enabled=true",
            }),
            [],
        );
        assert.deepEqual(verdict({ "listen-ports": '[{"HTTP":80},{"HTTPS":443}]' }).includes(listener.name), true);
    });
});
