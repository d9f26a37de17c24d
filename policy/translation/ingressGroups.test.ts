import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { annotations } from "../test/annotations";
import { byName, resultsOf } from "../test/programVerdicts";
import { type Objects, resourcesNamed } from "../test/stack";

const annotated = (given: object, spec: object = { ingressClassName: "alb" }) =>
    [
        "kubernetes:networking.k8s.io/v1:Ingress",
        {
            metadata: {
                name: "any",
                annotations: annotations(given),
            },
            spec,
        },
    ] as const;
const parameters = (name: unknown, spec: object) =>
    ["kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", { metadata: { name }, spec }] as const;
const declared = (name: unknown, names?: unknown) =>
    [
        "kubernetes:networking.k8s.io/v1:IngressClass",
        {
            metadata: { name },
            spec: {
                controller: "ingress.k8s.aws/alb",
                ...(names !== undefined && { parameters: { kind: "IngressClassParams", name: names } }),
            },
        },
    ] as const;

/** What `alb-no-public-ingress` says of each object: `closed`, `open` or `cannot tell`. */
function access(objects: Objects): Record<string, string> {
    const results = resultsOf([byName("alb-no-public-ingress")], resourcesNamed(objects));
    return Object.fromEntries(
        Object.keys(objects).map((name) => {
            const kinds = results.filter(({ urn }) => urn?.split("::").at(-1) === name).map(({ kind }) => kind);
            const told = kinds.includes("violation") ? "open" : kinds.length > 0 ? "cannot tell" : "closed";
            return [name, told];
        }),
    );
}

const of = (annotations: object, others: Objects = {}, spec?: object) =>
    access({ web: annotated(annotations, spec), ...others }).web;

describe("the ranges of an Ingress that names none", () => {
    it("are every address, also where an annotation is there and names nothing", () => {
        assert.equal(of({}), "open");
        for (const nothing of ["", " ", ",", " , "]) {
            assert.equal(of({ "inbound-cidrs": nothing }), "open", `inbound-cidrs "${nothing}"`);
            assert.equal(of({ "security-group-prefix-lists": nothing }), "open", `prefix lists "${nothing}"`);
            assert.equal(of({ "security-groups": nothing }), "open", `groups "${nothing}"`);
        }
        assert.equal(of({ "inbound-cidrs": ", 10.0.0.0/8 ," }), "closed");
    });

    it("are those of another Ingress of its group, if that one names any", () => {
        const shared = { "group.name": "shared" };
        const beside = (annotations: object) => of(shared, { other: annotated({ ...shared, ...annotations }) });
        assert.equal(beside({ "inbound-cidrs": "10.0.0.0/8" }), "closed");
        assert.equal(beside({ "inbound-cidrs": "" }), "open");
        assert.equal(beside({ "security-groups": "," }), "open");
        assert.equal(beside({ "security-group-prefix-lists": " " }), "open");
        const closed = { "inbound-cidrs": "10.0.0.0/8" };
        assert.equal(of({}, { other: annotated(closed) }), "open", "two Ingresses without a group share nothing");
        const labelled = ["kubernetes:core/v1:ConfigMap", annotated({ ...shared, ...closed })[1]] as const;
        assert.equal(of(shared, { other: labelled }), "open", "a group has Ingresses only");
    });

    it("cannot be told where the group of either is not known, and the other names some", () => {
        const closed = { "inbound-cidrs": "10.0.0.0/8" };
        const beside = (one: unknown, other: unknown, more: object = closed) =>
            of({ "group.name": one }, { other: annotated({ "group.name": other, ...more }) });
        assert.equal(beside(UNKNOWN, "a"), "cannot tell");
        assert.equal(beside("a", UNKNOWN), "cannot tell");
        assert.equal(beside(UNKNOWN, UNKNOWN), "cannot tell");
        assert.equal(beside(UNKNOWN, "a", {}), "open");
        const hidden = ["kubernetes:networking.k8s.io/v1:Ingress", { metadata: { annotations: UNKNOWN } }] as const;
        assert.equal(of({ "group.name": "a" }, { other: hidden }), "cannot tell");
        assert.equal(of({}, { other: hidden }), "open");
        const sure = annotated({ "group.name": "a", ...closed });
        assert.equal(of({ "group.name": "a" }, { hidden, sure }), "closed");
    });

    it("are those of its class, and of no other class", () => {
        const narrow = { inboundCIDRs: ["10.0.0.0/8"] };
        const closed = { narrow: parameters("narrow", narrow) };
        assert.equal(of({}, closed), "closed");
        assert.equal(of({}, { ...closed, alb: declared("alb", "narrow") }), "closed");
        assert.equal(of({}, { ...closed, alb: declared("alb") }), "open");
        assert.equal(of({}, { ...closed, alb: declared("alb", "other") }), "open");
        assert.equal(of({}, { ...closed, inner: declared("inner", "narrow") }), "open");
        assert.equal(
            of({}, { ...closed, inner: declared("inner", "narrow"), alb: declared("alb", "narrow") }),
            "closed",
        );
        assert.equal(of({}, { narrow: parameters("narrow", { inboundCIDRs: [] }) }), "open");
        assert.equal(of({}, { narrow: parameters("narrow", { prefixListsIDs: [] }) }), "open");
        assert.equal(of({}, { narrow: parameters("narrow", { prefixListsIDs: ["pl-4fa04526"] }) }), "closed");
        assert.equal(of({}, { narrow: parameters("narrow", { inboundCidrs: ["10.0.0.0/8"] }) }), "closed");
    });

    it("cannot be told where it is not known whose class has the ranges", () => {
        const narrow = parameters("narrow", { inboundCIDRs: ["10.0.0.0/8"] });
        assert.equal(of({}, { narrow, alb: declared("alb", UNKNOWN) }), "cannot tell");
        assert.equal(of({}, { narrow, alb: declared(UNKNOWN, "narrow") }), "cannot tell");
        const unnamed = parameters(UNKNOWN, { inboundCIDRs: ["10.0.0.0/8"] });
        assert.equal(of({}, { unnamed, alb: declared("alb", "narrow") }), "cannot tell");
        assert.equal(of({ scheme: "internal" }, { narrow, inner: declared("inner", "narrow") }, {}), "cannot tell");
    });
});
