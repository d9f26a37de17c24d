import assert from "node:assert/strict";

import * as sentinels from "@pulumi/policy/proxy";

import { UNKNOWN, type Resource } from "./resource";
import { resource } from "../test/stack";
import { LazyResource, plain, readState, StackGraph, withInputs } from ".";

const { unknownStringValue } = sentinels as unknown as Record<string, string>;

describe("what a resource is referred to by", () => {
    const owner = resource("owner", "owner", {}, {});
    const found = (value: unknown, ...resources: Resource[]) =>
        new StackGraph([owner, ...resources])
            .resolve(owner, "p", value, [...new Set(resources.map(({ type }) => type))])
            .map(({ name }) => name);

    it("is its id, ARN or name under each provider's property", () => {
        for (const [type, property] of [
            ["aws:lb/loadBalancer:LoadBalancer", "id"],
            ["aws:lb/loadBalancer:LoadBalancer", "arn"],
            ["aws:lb/loadBalancer:LoadBalancer", "name"],
            ["aws-native:wafv2:WebAcl", "awsId"],
            ["aws-native:ec2:PrefixList", "prefixListId"],
            ["aws-native:elasticloadbalancingv2:LoadBalancer", "loadBalancerArn"],
            ["aws-native:elasticloadbalancingv2:LoadBalancer", "loadBalancerName"],
            ["aws-native:ec2:SecurityGroup", "groupId"],
            ["aws-native:ec2:SecurityGroup", "groupName"],
        ] as const) {
            assert.deepEqual(found("x", resource(type, "it", { [property]: "x" })), ["it"], `${type} ${property}`);
        }
        assert.deepEqual(found("x", resource("aws:lb/loadBalancer:LoadBalancer", "it", { groupId: "x" })), []);
        assert.deepEqual(found("x", resource("aws:lb/loadBalancer:LoadBalancer", "it", { other: "x" })), []);
    });

    it("finds it once, and every other resource with the same one", () => {
        const twice = resource("t", "twice", { id: "x", arn: "x" });
        assert.deepEqual(found("x", twice, resource("t", "second", { id: "x" })), ["twice", "second"]);
    });

    it("is never empty and always a text", () => {
        const odd = resource("t", "odd", { id: "", arn: 7, name: null });
        for (const value of ["", 7, null, undefined, ["x"]]) {
            assert.deepEqual(found(value, odd), []);
        }
        assert.deepEqual(found(UNKNOWN, odd), []);
    });
});

describe("a state, value by value", () => {
    const entry = { urn: "urn:pulumi:dev::shop::t::one", type: "t" };
    const resourceOf = (more: object, ...others: object[]) => {
        const state = readState({ deployment: { resources: [{ ...entry, ...more }, ...others] } });
        return (state.kind === "state" ? state.resources[0] : undefined)?.outputs ?? assert.fail();
    };

    it("is empty where only a deployment without resources is there, and none where nothing is", () => {
        for (const source of [{ deployment: {} }, { manifest: {} }, { checkpoint: { latest: { resources: null } } }]) {
            assert.deepEqual(readState(source), { kind: "state", resources: [], problems: [], pending: [] });
        }
        assert.equal(readState({}).kind, "unreadable");
        assert.equal(readState({ resources: null }).kind, "unreadable");
        const blank = readState(" \n");
        assert.match(blank.kind === "unreadable" ? blank.problem : "", /^The state is empty\./);
    });

    it("gives a resource the inputs of its provider, and of no other resource", () => {
        const provider = { urn: "urn:pulumi:dev::shop::pulumi:providers:aws::p", type: "pulumi:providers:aws" };
        const own = { ...provider, inputs: { region: "eu-west-1" } };
        assert.deepEqual(resourceOf({ provider: `${provider.urn}::id` }, own).provider, { region: "eu-west-1" });
        assert.equal(resourceOf({ provider: `${entry.urn}::id`, inputs: { region: "x" } }, own).provider, undefined);
        assert.equal(resourceOf({}, own).provider, undefined);
        assert.equal(resourceOf({ provider: "no reference" }, own).provider, undefined);
    });

    it("takes an id that stands for an unknown one for none", () => {
        assert.equal((resourceOf({ id: "sg-1" }) as { id?: string }).id, "sg-1");
        assert.equal((resourceOf({ id: unknownStringValue }) as { id?: string }).id, undefined);
    });

    it("takes an empty parent for none, and keeps what providers note out of the dependencies", () => {
        assert.equal(resourceOf({ parent: "" }).parent, undefined);
        assert.equal(resourceOf({ parent: "urn:p" }).parent, "urn:p");
        const propertyDependencies = { a: ["urn:a"], b__: ["urn:b"], __c: ["urn:c"] };
        assert.deepEqual(resourceOf({ propertyDependencies }).propertyDependencies, { a: ["urn:a"], b__: ["urn:b"] });
    });
});

describe("plain values, value by value", () => {
    const signature = "4dabf18193072939515e22adb298388d";
    const marked = (properties: object) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", ...properties });
    const nested = (levels: number, wrap: (value: unknown) => unknown): unknown =>
        levels === 0 ? "deep" : wrap(nested(levels - 1, wrap));

    it("end at the same depth, whatever the levels are", () => {
        const secret = (value: unknown) => marked({ value });
        const reference = (id: unknown) => ({ [signature]: "5cf8f73096256a8f31e491e813e4eb8e", id: "", urn: id });
        const text = (value: unknown) => marked({ plaintext: JSON.stringify(value) });
        for (const wrap of [secret, reference]) {
            assert.equal(plain(nested(100, wrap)), "deep");
            assert.equal(plain(nested(120, wrap)), UNKNOWN);
        }
        assert.equal(plain(nested(10, text)), "deep");
    });

    it("take a secret whose text is no text for one that cannot be decrypted", () => {
        assert.equal(plain(marked({ plaintext: 7 })), UNKNOWN);
        assert.equal(plain(marked({ plaintext: "7" })), 7);
    });

    it("tell secrets only to whoever asks", () => {
        assert.equal(plain(marked({ value: "hush" })), "hush");
    });

    it("take an output that is there without a value for one that says nothing", () => {
        assert.deepEqual(withInputs({ a: undefined, b: undefined, c: null }, { a: 1, b: null, c: undefined }), {
            a: 1,
            b: null,
            c: null,
        });
    });

    it("have no provider and no links where none are told", () => {
        const facts = { urn: "urn:a", type: "t", name: "a", protect: false };
        const lazy = new LazyResource(facts, () => ({}));
        assert.equal(lazy.provider, undefined);
        assert.deepEqual([lazy.dependencies, lazy.propertyDependencies], [[], {}]);
    });
});
