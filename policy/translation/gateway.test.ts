import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import { linesOf, resultsOf, byName } from "../test/programVerdicts";
import { resourcesNamed, type Objects } from "../test/stack";

const kind = (group: string, name: string) => `kubernetes:${group}:${name}`;
const gatewayType = kind("gateway.networking.k8s.io/v1", "Gateway");
const settingsType = kind("gateway.k8s.aws/v1beta1", "LoadBalancerConfiguration");

const classOf = (controllerName: Value, more: object = {}) =>
    [
        kind("gateway.networking.k8s.io/v1", "GatewayClass"),
        { metadata: { name: "web" }, spec: { controllerName, ...more } },
    ] as const;
const alb = classOf("gateway.k8s.aws/alb");
const reference = (name: Value, more: object = {}) => ({
    parametersRef: { group: "gateway.k8s.aws", kind: "LoadBalancerConfiguration", name, ...more },
});
const gateway = (infrastructure?: object, className: Value = "web") =>
    [
        gatewayType,
        { metadata: { name: "shop", namespace: "shop" }, spec: { gatewayClassName: className, infrastructure } },
    ] as const;
const quiet = [
    { key: "access_logs.s3.enabled", value: "true" },
    { key: "access_logs.s3.bucket", value: "logs" },
    { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
];
const settings = (spec: unknown, namespace: Value = "shop") =>
    [
        settingsType,
        {
            metadata: { name: "edge", namespace },
            spec: spec === UNKNOWN ? spec : { loadBalancerAttributes: quiet, ...(spec as object) },
        },
    ] as const;
const own = gateway(reference("edge"));

const names = ["alb-no-public-ingress", "alb-access-logging", "alb-drop-invalid-headers", "edge-resources-readable"];
const readable = "edge-resources-readable: cannot tell: shop ";
const unread = "edge-resources-readable: violation: shop ";
const ingress = "alb-no-public-ingress";

const said = (objects: Objects) => linesOf(names, resourcesNamed(objects));

describe("a Gateway of the AWS Load Balancer Controller", () => {
    const of = (spec: object) => said({ alb, shop: own, settings: settings(spec) });
    const open = (index: number) => `${ingress}: violation: settings spec.sourceRanges[${index}]`;

    it("lets everybody in where no settings name ranges, also beside prefix lists", () => {
        assert.deepEqual(said({ alb, shop: gateway() }), [
            `${ingress}: violation: shop spec.infrastructure.parametersRef[0]`,
            readable,
        ]);
        assert.deepEqual(of({}), [open(0), readable]);
        assert.deepEqual(of({ sourceRanges: null }), [open(0), readable]);
        assert.deepEqual(of({ securityGroupPrefixes: ["pl-4fa04526"] }), [open(0), readable]);
        assert.deepEqual(of({ ipAddressType: "dualstack" }), [open(0), open(1), readable]);
    });

    it("lets in what its settings name", () => {
        assert.deepEqual(of({ sourceRanges: ["10.0.0.0/8"] }), [readable]);
        assert.deepEqual(of({ sourceRanges: [], securityGroupPrefixes: ["pl-4fa04526"] }), [readable]);
        assert.deepEqual(of({ sourceRanges: ["10.0.0.0/8", "0.0.0.0/0"] }), [open(1), readable]);
        const prefixes = of({ sourceRanges: [], securityGroupPrefixes: ["pl-0123456789abcdef0"] });
        assert.deepEqual(prefixes, [`${ingress}: cannot tell: settings spec.securityGroupPrefixes[0]`, readable]);
        const unknown = of({ sourceRanges: [UNKNOWN] });
        assert.deepEqual(unknown, [`${ingress}: cannot tell: settings spec.sourceRanges[0]`, readable]);
    });

    it("has ranges of IPv6 only where it has such addresses", () => {
        const ranges = { sourceRanges: ["10.0.0.0/8", "::/0"] };
        assert.deepEqual(of(ranges), [readable]);
        assert.deepEqual(of({ ...ranges, ipAddressType: "ipv4" }), [readable]);
        for (const ipAddressType of ["dualstack", "dualstack-without-public-ipv4", UNKNOWN]) {
            assert.deepEqual(of({ ...ranges, ipAddressType }), [open(1), readable], String(ipAddressType));
        }
    });

    it("has the groups that its settings name instead", () => {
        const group = (range: string) =>
            [
                "aws:ec2/securityGroup:SecurityGroup",
                { id: "sg-1", ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [range] }] },
            ] as const;
        const naming = (range: string, securityGroups: Value) =>
            said({ alb, shop: own, settings: settings({ securityGroups }), group: group(range) });
        assert.deepEqual(naming("10.0.0.0/8", ["sg-1"]), [readable]);
        assert.deepEqual(naming("0.0.0.0/0", ["sg-1"]), [
            `${ingress}: violation: group ingress[0].cidrBlocks[0]`,
            readable,
        ]);
        assert.deepEqual(naming("10.0.0.0/8", []), [open(0), readable]);
    });

    it("has the attributes of its settings", () => {
        const found = of({ sourceRanges: [], loadBalancerAttributes: [quiet[2]] });
        assert.deepEqual(found, [
            "alb-access-logging: violation: settings spec.loadBalancerAttributes.access_logs.s3.enabled",
            readable,
        ]);
    });

    it("has the settings of its class, which may be in another namespace", () => {
        const byClass = classOf("gateway.k8s.aws/alb", reference("edge", { namespace: "system" }));
        const closed = { sourceRanges: ["10.0.0.0/8"] };
        const in_ = (namespace: string, spec: object) =>
            said({ byClass, shop: gateway(), settings: settings(spec, namespace) });
        assert.deepEqual(in_("system", closed), [readable]);
        assert.deepEqual(in_("system", {}), [open(0), readable]);
        assert.deepEqual(in_("shop", closed), ["edge-resources-readable: cannot tell: settings ", unread]);
    });

    it("is not read where the stack does not show who makes it, or with which settings", () => {
        const loose = "edge-resources-readable: cannot tell: settings ";
        const closed = settings({ sourceRanges: ["10.0.0.0/8"] });
        for (const [what, objects, expected] of [
            ["no class", { shop: own, settings: closed }, [loose, unread]],
            ["another class", { alb, shop: gateway(reference("edge"), "other"), settings: closed }, [loose, unread]],
            ["a class not known", { alb, shop: gateway({}, UNKNOWN), settings: closed }, [loose, unread]],
            ["a network load balancer", { nlb: classOf("gateway.k8s.aws/nlb"), shop: gateway() }, [unread]],
            ["a controller not known", { nlb: classOf(UNKNOWN), shop: gateway() }, [unread]],
            ["two clusters", { alb, nlb: classOf("gateway.k8s.aws/nlb"), shop: gateway() }, [unread]],
            ["no settings of that name", { alb, shop: gateway(reference("other")), settings: closed }, [loose, unread]],
            ["a name not known", { alb, shop: gateway(reference(UNKNOWN)), settings: closed }, [loose, unread]],
            [
                "settings of the class too",
                { alb: classOf("gateway.k8s.aws/alb", reference("edge")), shop: own, settings: closed },
                [loose, unread],
            ],
            ["two settings of that name", { alb, shop: own, settings: closed, more: closed }, 3],
        ] as const) {
            const found = said(objects);
            assert.deepEqual(typeof expected === "number" ? found.length : found, expected, what);
        }
        const named = (value: Value) =>
            [gatewayType, { metadata: { name: "shop" }, spec: { gatewayClassName: value } }] as const;
        const nameless = [alb[0], { metadata: { name: UNKNOWN }, spec: alb[1].spec }] as const;
        assert.deepEqual(said({ nameless, shop: named(UNKNOWN) }), [unread]);
        const anonymous = [settingsType, { metadata: { name: UNKNOWN }, spec: {} }] as const;
        const unnamed = said({ alb, shop: gateway(reference(UNKNOWN)), settings: anonymous });
        assert.deepEqual(unnamed, [loose, unread]);
        assert.deepEqual(said({ alb, shop: own, settings: settings(UNKNOWN) }), [
            "edge-resources-readable: cannot tell: settings spec",
            readable,
        ]);
    });

    it("has settings of its namespace, or of one that is not known or written nowhere", () => {
        const closed = (namespace: Value) => settings({ sourceRanges: ["10.0.0.0/8"] }, namespace);
        for (const namespace of ["shop", UNKNOWN, undefined]) {
            assert.deepEqual(said({ alb, shop: own, settings: closed(namespace) }), [readable], String(namespace));
        }
        const anywhere = [gatewayType, { metadata: { name: "shop" }, spec: own[1].spec }] as const;
        assert.deepEqual(said({ alb, shop: anywhere, settings: closed("shop") }), [readable]);
        assert.deepEqual(said({ alb, shop: own, settings: closed("other") }).at(-1), unread);
    });

    it("of whose settings a member has no form that AWS knows is judged by the others", () => {
        assert.deepEqual(of({ sourceRanges: ["10.0.0.0/8", "::/0"], ipAddressType: 4 }), [readable]);
    });

    it("takes plain HTTP where a listener says so, with settings and without", () => {
        const rules = ["alb-listener-https-only", "alb-listener-security-policy", "alb-default-action-fail-closed"];
        const listening = (listeners: unknown, infrastructure?: object) =>
            [
                gatewayType,
                { metadata: { name: "shop" }, spec: { gatewayClassName: "web", listeners, infrastructure } },
            ] as const;
        const [https, http, hidden] = ["HTTPS", "HTTP", UNKNOWN].map((protocol, index) => ({
            name: `listener-${index}`,
            protocol,
            port: 443,
        }));
        const of = (listeners: unknown, infrastructure?: object, controller = alb) =>
            linesOf(
                rules,
                resourcesNamed({
                    controller,
                    shop: listening(listeners, infrastructure),
                    settings: settings({ sourceRanges: ["10.0.0.0/8"] }, undefined),
                }),
            );
        const said = (kind: string, index: number) =>
            `alb-listener-https-only: ${kind}: shop spec.listeners[${index}].protocol`;
        for (const infrastructure of [undefined, reference("edge")]) {
            assert.deepEqual(of([https], infrastructure), []);
            assert.deepEqual(of([https, http], infrastructure), [said("violation", 1)]);
            assert.deepEqual(of([hidden], infrastructure), [said("cannot tell", 0)]);
            assert.deepEqual(of(UNKNOWN, infrastructure), []);
            assert.deepEqual(of([UNKNOWN], infrastructure), [said("cannot tell", 0)]);
        }
        assert.deepEqual(of([http], undefined, classOf("gateway.k8s.aws/nlb")), []);
        const list = [
            `${gatewayType}List`,
            { items: [{ metadata: { name: "shop" }, spec: { gatewayClassName: "web", listeners: [http] } }] },
        ] as const;
        assert.deepEqual(linesOf(rules, resourcesNamed({ alb, list })), [
            "alb-listener-https-only: violation: list items[0].spec.listeners[0].protocol",
        ]);
    });

    it("has more than what is read, and that is named", () => {
        const unreadOf = (objects: Objects) =>
            resultsOf([byName("edge-resources-readable")], resourcesNamed(objects)).map(({ message }) => message);
        const parts = "listeners, listener rules and target groups of an application load balancer";
        const [withDefault = ""] = unreadOf({ alb, shop: gateway() });
        assert.ok(withDefault.includes(`attributes, ${parts}`), withDefault);
        const [withSettings = ""] = unreadOf({ alb, shop: own, settings: settings({}) });
        assert.ok(withSettings.includes(parts) && !withSettings.includes("attributes"), withSettings);
        const unknown = unreadOf({ alb, shop: own, settings: settings(UNKNOWN) }).join("\n");
        assert.match(unknown, /spec is not known yet/);
    });

    it("is told of in words that lead to a fix", () => {
        const messages = (objects: Objects) =>
            resultsOf([byName(ingress)], resourcesNamed(objects)).map(({ message }) => message);
        const [byDefault = ""] = messages({ alb, shop: gateway() });
        assert.match(
            byDefault,
            /spec\.infrastructure\.parametersRef is missing \(the controller's default is "0\.0\.0\.0\/0"\)/,
        );
        assert.match(
            byDefault,
            /and in it spec\.securityGroupPrefixes with CloudFront's prefix list and an empty spec\.sourceRanges instead/,
        );
        const [bySettings = ""] = messages({ alb, shop: own, settings: settings({}) });
        assert.match(bySettings, /spec\.sourceRanges is missing \(the controller's default is "0\.0\.0\.0\/0"\)/);
        assert.match(
            bySettings,
            /Write spec\.securityGroupPrefixes with CloudFront's prefix list and an empty spec\.sourceRanges instead/,
        );
    });
});
