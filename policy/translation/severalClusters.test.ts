import assert from "node:assert/strict";

import { good, ingress, parametersType, saidOfIngresses as said, without } from "../test/ingressClass";
import type { Objects } from "../test/stack";

const classOf = (spec: object) =>
    ["kubernetes:networking.k8s.io/v1:IngressClass", { metadata: { name: "web" }, spec }] as const;
const logs = good["load-balancer-attributes"];
const controller = "ingress.k8s.aws/alb";
const using = (name: string) => classOf({ controller, parameters: { name } });
const named = (name: string, spec: object) => [parametersType, { metadata: { name }, spec }] as const;

/** The same, whichever of the clusters the program names first. */
function saidInEveryOrder(objects: Objects): string[] {
    const found = said(objects);
    assert.deepEqual(said(Object.fromEntries(Object.entries(objects).reverse())), found, "reversed");
    return found;
}

describe("classes of one name in several clusters", () => {
    const web = ingress(without("inbound-cidrs"));
    const closed = named("closed", { inboundCIDRs: ["10.0.0.0/8"] });

    it("leave open whether the settings of one are an Ingress's", () => {
        const found = saidInEveryOrder({ web, one: using("closed"), other: classOf({ controller }), closed });
        assert.deepEqual(
            found.map((line) => line.replace(/ metadata.*/, "")),
            ["alb-no-public-ingress: cannot tell: web"],
        );
    });

    it("decide where they use the same settings", () => {
        assert.deepEqual(saidInEveryOrder({ web, one: using("closed"), other: using("closed"), closed }), []);
    });

    it("leave open what settings of one name say differently", () => {
        const member = ingress(
            { ...good, "load-balancer-attributes": logs, "group.name": "one" },
            { spec: { ingressClassName: "other" } },
        );
        const of = (web: Objects[string], first: object, second: object) =>
            saidInEveryOrder({
                web,
                member,
                class: using("settings"),
                first: named("settings", { inboundCIDRs: ["10.0.0.0/8"], ...first }),
                second: named("settings", { inboundCIDRs: ["10.0.0.0/8"], ...second }),
            }).map((line) => line.replace(/ metadata.*/, ""));
        const [one, two] = [{ group: { name: "one" } }, { group: { name: "two" } }];
        const plain = ingress(without("load-balancer-attributes"));
        assert.deepEqual(of(plain, one, one), []);
        assert.deepEqual(of(plain, one, two), [
            "alb-access-logging: cannot tell: web",
            "alb-drop-invalid-headers: cannot tell: web",
        ]);
        const insecure = ingress(without("certificate-arn"));
        const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/a";
        assert.deepEqual(of(insecure, { certificateArn: [arn] }, { certificateArn: [arn] }), []);
        assert.deepEqual(of(insecure, { certificateArn: [arn] }, {}), []);
    });

    it("leave open which controller handles an Ingress without its annotations", () => {
        const bare = ["kubernetes:networking.k8s.io/v1:Ingress", { spec: { ingressClassName: "web" } }] as const;
        const nginx = classOf({ controller: "k8s.io/ingress-nginx" });
        assert.deepEqual(saidInEveryOrder({ bare, one: classOf({ controller }), other: nginx }), [
            "edge-resources-readable: cannot tell: bare spec.ingressClassName",
        ]);
        assert.deepEqual(saidInEveryOrder({ bare, one: nginx, other: nginx }), []);
    });
});
