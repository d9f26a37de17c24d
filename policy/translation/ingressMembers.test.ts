import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { annotation, annotations } from "../test/annotations";
import {
    good,
    without,
    object,
    ingressType,
    ingress,
    parameters,
    declared,
    logs,
    saidOfIngresses as said,
    webClass,
} from "../test/ingressClass";
import { byName, resultsOf } from "../test/programVerdicts";
import { type Objects, resource, resourcesNamed } from "../test/stack";
import { findingsOf } from "../test/yamlProgram";

describe("what may decide about an Ingress", () => {
    const lines = (objects: Objects, rule: string, name = "web") =>
        said(objects)
            .filter((line) => line.startsWith(`${rule}: `) && line.includes(`: ${name} `))
            .map((line) => line.slice(rule.length + 2).replace(`${name} `, ""));
    const hidden = (annotations: unknown) =>
        ["kubernetes:networking.k8s.io/v1:Ingress", { metadata: { annotations }, spec: {} }] as const;
    const shared = (annotations: object) => ingress({ "group.name": "shared", ...annotations });

    it("is the redirect of its class or of another Ingress of its group", () => {
        const ports = { "listen-ports": '[{"HTTP":80},{"HTTPS":443}]' };
        const redirects = (objects: Objects) => {
            const results = findingsOf(byName("alb-listener-https-only"), resourcesNamed(objects), {
                allowRedirectToHttps: true,
            });
            return !results.some(({ resource: { name } }) => name === "web");
        };
        const web = shared({ ...good, ...ports });
        const settings = (spec: object) => ({ settings: parameters(spec) });
        assert.equal(redirects({ web, other: shared(good) }), false);
        assert.equal(redirects({ web, other: shared({ ...good, "ssl-redirect": "443" }) }), true);
        assert.equal(redirects({ web, ...settings({ sslRedirectPort: "443" }), class: declared }), true);
        assert.equal(redirects({ web, ...settings({ sslRedirectPort: "443" }) }), true);
        assert.equal(redirects({ web, ...settings({}), class: declared }), false);
    });

    it("is unknown with the attributes of its class or of another Ingress of its group", () => {
        const rule = "alb-access-logging";
        const path = annotation("load-balancer-attributes");
        const web = shared(without("load-balancer-attributes"));
        const unknown = { "load-balancer-attributes": UNKNOWN };
        assert.deepEqual(lines({ web, other: shared({ ...good, ...unknown }) }, rule), [`cannot tell: ${path}[0].key`]);
        assert.deepEqual(lines({ web, other: hidden(UNKNOWN) }, rule), [`cannot tell: ${path}[0].key`]);
        assert.deepEqual(lines({ web: shared({ ...good, ...unknown }) }, rule), [`cannot tell: ${path}`]);
        for (const loadBalancerAttributes of [UNKNOWN, [UNKNOWN], [{ key: UNKNOWN, value: "true" }]]) {
            const settings = parameters({ loadBalancerAttributes });
            assert.deepEqual(lines({ web, settings, class: declared }, rule), [`cannot tell: ${path}[0].key`]);
        }
        const missing = [`violation: ${path}.access_logs.s3.enabled`];
        for (const loadBalancerAttributes of [{}, "text", [1], undefined]) {
            const settings = parameters({ loadBalancerAttributes });
            assert.deepEqual(lines({ web, settings, class: declared }, rule), missing);
        }
        assert.deepEqual(lines({ web, settings: parameters(UNKNOWN), class: declared }, rule), [
            `cannot tell: ${path}[0].key`,
        ]);
        const elsewhere = parameters({ loadBalancerAttributes: logs });
        const other = { metadata: { name: "web" }, spec: { ...webClass.spec, parameters: { name: "other" } } };
        const otherClass = ["kubernetes:networking.k8s.io/v1:IngressClass", other] as const;
        assert.deepEqual(lines({ web, settings: elsewhere, class: otherClass }, rule), missing);
    });

    it("is unknown with the security groups of another Ingress that may be of its group", () => {
        const rule = "alb-no-public-ingress";
        const path = annotation("inbound-cidrs");
        const open = shared(without("inbound-cidrs"));
        const groups = { ...without("inbound-cidrs"), "security-groups": "sg-1" };
        assert.deepEqual(lines({ web: open, other: shared(groups) }, rule), []);
        assert.deepEqual(lines({ web: open, other: ingress({ ...groups, "group.name": UNKNOWN }) }, rule), [
            `cannot tell: ${path}`,
        ]);
        assert.deepEqual(lines({ web: open, other: hidden(UNKNOWN) }, rule), [`cannot tell: ${path}`]);
        const lists = shared({ ...without("inbound-cidrs"), "security-group-prefix-lists": "pl-1" });
        assert.deepEqual(lines({ web: lists, other: shared(groups) }, rule), []);
        assert.equal(lines({ web: lists, other: shared(good) }, rule).length, 1);
    });

    it("is the prefix list of its class, which takes the place of its own", () => {
        const rule = "alb-no-public-ingress";
        const web = ingress({ ...without("inbound-cidrs"), "security-group-prefix-lists": "pl-open" });
        const open = [
            "aws:ec2/managedPrefixList:ManagedPrefixList",
            { id: "pl-open", addressFamily: "IPv4", entries: [{ cidr: "0.0.0.0/0" }] },
        ] as const;
        const class_ = { settings: parameters({ prefixListsIDs: ["pl-4fa04526"] }), class: declared };
        const findings = (objects: Objects) => said(objects).filter((line) => line.startsWith(rule)).length;
        assert.equal(findings({ web, open }), 1);
        assert.equal(findings({ web, open, ...class_ }), 0);
    });

    it("is no class that the older annotation passes by, and what a class leaves empty is not set", () => {
        const rule = "alb-no-public-ingress";
        const settings = parameters({ inboundCIDRs: ["10.0.0.0/8"] });
        const metadata = {
            annotations: { ...annotations({ scheme: "internal" }), "kubernetes.io/ingress.class": "alb" },
        };
        const older = ["kubernetes:networking.k8s.io/v1:Ingress", { metadata }] as const;
        assert.equal(lines({ web: older, settings }, rule).length, 2);
        const web = ingress(without("inbound-cidrs"));
        for (const nothing of [[], null, ""]) {
            assert.equal(lines({ web, settings: parameters({ inboundCIDRs: nothing }) }, rule).length, 2);
        }
        assert.deepEqual(lines({ web, settings: parameters(UNKNOWN) }, rule), []);
        assert.deepEqual(
            said({
                web: ingress({ ...good, "ssl-policy": "ELBSecurityPolicy-2016-08" }),
                settings: parameters({ sslPolicy: "x" }),
            }).filter((line) => line.includes(": web ")),
            [`alb-listener-security-policy: violation: web ${annotation("ssl-policy")}`],
        );
        assert.deepEqual(
            said({ web: ingress(without("ssl-policy")), settings: parameters({ sslPolicy: good["ssl-policy"] }) }),
            [],
        );
        assert.deepEqual(
            said({ web: ingress(without("certificate-arn")), settings: parameters({ certificateArn: ["arn:x"] }) }),
            [],
        );
    });

    it("is the group that its class may have", () => {
        const maybe = { ...webClass, spec: { ...webClass.spec, parameters: { name: UNKNOWN } } };
        const objects = {
            web: ingress(without("inbound-cidrs")),
            other: ingress(good),
            settings: parameters({ group: { name: "all" } }),
            class: ["kubernetes:networking.k8s.io/v1:IngressClass", maybe] as const,
        };
        assert.deepEqual(lines(objects, "alb-no-public-ingress"), [`cannot tell: ${annotation("inbound-cidrs")}`]);
    });

    it("is nothing of an Ingress whose ports cannot be read, and what may be there of one whose are not known", () => {
        const rule = "alb-no-public-ingress";
        const path = annotation("inbound-cidrs");
        const of = (own: unknown, others: unknown) =>
            lines(
                {
                    web: shared({ ...without("inbound-cidrs"), "listen-ports": own }),
                    other: shared({ ...good, "listen-ports": others }),
                },
                rule,
            );
        const https = '[{"HTTPS":443}]';
        assert.deepEqual(of(UNKNOWN, https), [`cannot tell: ${path}`]);
        assert.deepEqual(of("{", https), [`cannot tell: ${path}`]);
        assert.deepEqual(of(https, "{"), [`cannot tell: ${path}`]);
        assert.deepEqual(of([443], https), [`cannot tell: ${path}`]);
        assert.deepEqual(of(https, https), []);
    });
});

describe("Ingresses of one group", () => {
    const member = (annotations: object, more?: object) => ingress({ "group.name": "shared", ...annotations }, more);

    it("are open on each port for which none of them names ranges", () => {
        const ports = (text: string) => ({ "listen-ports": text });
        const https = without("inbound-cidrs");
        const of = (own: object, others: object) =>
            said({ web: member({ ...https, ...own }), other: member({ ...good, ...others }) });
        assert.deepEqual(of(ports('[{"HTTPS":443}]'), ports('[{"HTTPS":443}]')), []);
        assert.deepEqual(of(ports('[{"HTTPS":8443}]'), ports('[{"HTTPS":443}]')), [
            `alb-no-public-ingress: violation: web ${annotation("inbound-cidrs")}[0]`,
            `alb-no-public-ingress: violation: web ${annotation("inbound-cidrs")}[1]`,
        ]);
        assert.equal(of(ports('[{"HTTPS":443},{"HTTPS":8443}]'), ports('[{"HTTPS":443}]')).length, 2);
        assert.deepEqual(of(ports('[{"HTTPS":443}]'), ports('[{"HTTPS":443},{"HTTPS":8443}]')), []);
        const cannotTell = [`alb-no-public-ingress: cannot tell: web ${annotation("inbound-cidrs")}`];
        assert.deepEqual(
            of(ports('[{"HTTPS":443}]'), { "listen-ports": UNKNOWN }).filter((line) => line.startsWith("alb-no")),
            cannotTell,
        );
    });

    it("are found in lists", () => {
        const list = [
            "kubernetes:networking.k8s.io/v1:IngressList",
            { items: [object({ ...good, "group.name": "shared" })] },
        ] as const;
        assert.deepEqual(
            said({ web: member(without("inbound-cidrs", "load-balancer-attributes", "ssl-policy")), list }),
            [],
        );
        const both = { items: [...list[1].items, object({ ...without("inbound-cidrs"), "group.name": "shared" })] };
        assert.deepEqual(said({ list: [list[0], both] }), []);
    });

    it("share attributes, a policy on each port, security groups and a redirect", () => {
        const of = (own: object, others: object) => said({ web: member(own), other: member(others) });
        const few = { ...without("load-balancer-attributes", "ssl-policy"), "listen-ports": '[{"HTTPS":8443}]' };
        assert.deepEqual(of(few, good), [`alb-listener-security-policy: violation: web ${annotation("ssl-policy")}`]);
        assert.deepEqual(of({ ...few, "listen-ports": '[{"HTTPS":443}]' }, good), []);
        assert.deepEqual(
            of({ ...few, "listen-ports": '[{"HTTPS":443}]' }, { ...good, "listen-ports": UNKNOWN }).filter((line) =>
                line.includes(": web "),
            ),
            [`alb-listener-security-policy: cannot tell: web ${annotation("ssl-policy")}`],
        );
        const ofWeb = (others: object) =>
            of({ ...good, "inbound-cidrs": "0.0.0.0/0" }, others).filter((line) => line.includes(": web "));
        assert.deepEqual(ofWeb({ ...good, "security-groups": "sg-1" }), []);
        assert.equal(ofWeb(good).length, 1);
    });

    it("are those that the settings of their class say", () => {
        const spec = { ingressClassName: "web" };
        const settings = (group: unknown) => ({ settings: parameters({ group }), class: declared });
        const open = (objects: Objects) => said(objects).filter((line) => line.includes(": web "));
        const web = ingress(without("inbound-cidrs"), { spec });
        const other = ingress(good, { spec });
        assert.deepEqual(open({ web, other, ...settings({ name: "all" }) }), []);
        assert.equal(open({ web, other, ...settings(undefined) }).length, 2);
        assert.deepEqual(open({ web, other, ...settings({ name: UNKNOWN }) }), [
            `alb-no-public-ingress: cannot tell: web ${annotation("inbound-cidrs")}`,
        ]);
        assert.deepEqual(open({ web, other, ...settings(UNKNOWN) }), [
            `alb-no-public-ingress: cannot tell: web ${annotation("inbound-cidrs")}`,
        ]);
    });
});

describe("what else the AWS Load Balancer Controller makes", () => {
    const readable = (type: string, properties: Record<string, unknown> = {}) => said({ one: [type, properties] });

    it("is named: a network load balancer before an Ingress", () => {
        const of = (value: unknown) => readable(...ingress({ ...good, "enable-frontend-nlb": value }));
        const path = annotation("enable-frontend-nlb");
        assert.deepEqual(of("true"), [`edge-resources-readable: violation: one ${path}`]);
        assert.deepEqual(of(UNKNOWN), [`edge-resources-readable: cannot tell: one ${path}`]);
        assert.deepEqual(of("false"), []);
        const [, properties] = ingress({ ...good, "enable-frontend-nlb": "true" });
        const results = resultsOf([byName("edge-resources-readable")], [resource(ingressType, "one", properties)]);
        assert.match(
            results[0]?.message ?? "",
            /"one" creates a network load balancer in front of the application load balancer, .*: the rules read application load balancers only\./,
        );
    });

    it("is named: the kinds of the Gateway API, and bindings of target groups", () => {
        const kinds: Record<string, readonly string[]> = {
            violation: [
                "gateway.networking.k8s.io/v1:Gateway",
                "gateway.networking.k8s.io/v1:ListenerSet",
                "gateway.networking.x-k8s.io/v1alpha1:XListenerSet",
            ],
            "cannot tell": [
                "gateway.k8s.aws/v1beta1:LoadBalancerConfiguration",
                "gateway.k8s.aws/v1:TargetGroupConfiguration",
                "gateway.k8s.aws/v1:ListenerRuleConfiguration",
                "elbv2.k8s.aws/v1beta1:TargetGroupBinding",
            ],
        };
        for (const [kind, types] of Object.entries(kinds)) {
            for (const type of types) {
                assert.deepEqual(readable(`kubernetes:${type}`), [`edge-resources-readable: ${kind}: one `], type);
            }
        }
        assert.deepEqual(readable("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"), []);
    });
});
