import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource, type Value } from "../graph";
import { resource } from "../test/stack";
import { originsOf } from "./distributions";
import { Hosts } from "./hosts";
import { Relays } from "./relays";
import { behindTenants, isFilledIn } from "./tenantOrigins";

const classic = "aws:cloudfront/multitenantDistribution:MultitenantDistribution";
const tenantType = "aws:cloudfront/distributionTenant:DistributionTenant";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

const balancer = (name: string) => resource(balancerType, name, { dnsName: `${name}.eu-west-1.elb.amazonaws.com` });
const [blue, green] = [balancer("blue"), balancer("green")];

function distribution(domainName: Value, parameterDefinitions: readonly object[] = []): Resource {
    const origins = [{ id: "o", domainName, customOriginConfigs: [{}] }];
    return resource(classic, "edge", { id: "E1", origins, tenantConfig: { parameterDefinitions } });
}

const byDefault = (name: Value, defaultValue: Value) => ({
    name,
    definitions: [{ stringSchemas: [{ defaultValue }] }],
});

function tenant(parameters: Value, more: Record<string, Value> = {}, used: readonly Resource[] = []): Resource {
    return resource(tenantType, "tenant", { distributionId: "E1", parameters, ...more }, { parameters: used });
}

/** The names of the load balancers behind the one origin. */
function behind(edge: Resource, ...others: Resource[]): string[] {
    const graph = new StackGraph([blue, green, edge, ...others]);
    const [origin] = originsOf(edge);
    assert.ok(origin);
    const found = behindTenants(graph, edge, origin, new Hosts(graph, new Relays(graph)));
    return [...found].map(({ name }) => name).sort();
}

describe("an origin's name that tenants fill in", () => {
    const host = "{{name}}.{{region}}.elb.amazonaws.com";
    const region = byDefault("region", "eu-west-1");

    it("is one that holds a parameter", () => {
        const filled = (domainName: Value) => originsOf(distribution(domainName)).map(isFilledIn);
        assert.deepEqual(filled("{{name}}.example.com"), [true]);
        for (const name of ["www.example.com", "{name}.example.com", "{{}}.example.com", undefined, UNKNOWN]) {
            assert.deepEqual(filled(name), [false], String(name));
        }
    });

    it("leads where the defaults lead, in either provider's form of them", () => {
        assert.deepEqual(behind(distribution(host, [region, byDefault("name", "blue")])), ["blue"]);
        const native = resource("aws-native:cloudfront:Distribution", "edge", {
            distributionConfig: {
                origins: [{ id: "o", domainName: host, customOriginConfig: {} }],
                tenantConfig: {
                    parameterDefinitions: [
                        { name: "region", definition: { stringSchema: { defaultValue: "eu-west-1" } } },
                        { name: "name", definition: { stringSchema: { defaultValue: "green" } } },
                    ],
                },
            },
        });
        assert.deepEqual(behind(native), ["green"]);
    });

    it("leads where the tenants' values lead, which stand before the defaults, and where the defaults lead", () => {
        const edge = distribution(host, [region, byDefault("name", "blue")]);
        assert.deepEqual(behind(edge, tenant([{ name: "name", value: "green" }])), ["blue", "green"]);
        assert.deepEqual(behind(edge, tenant([{ name: "region", value: "eu-west-2" }])), ["blue"]);
        const without = distribution(host, [region]);
        assert.deepEqual(behind(without, tenant([{ name: "name", value: "green" }])), ["green"]);
    });

    it("leads nowhere as long as one value is missing, empty, nameless or no text", () => {
        const edge = distribution(host, [region]);
        for (const parameters of [
            [],
            undefined,
            [{ name: "name", value: "" }],
            [{ value: "blue" }],
            [{ name: "name", value: ["blue"] }],
            [{ name: "other", value: "blue" }],
        ] as Value[]) {
            assert.deepEqual(behind(edge, tenant(parameters)), [], JSON.stringify(parameters));
        }
    });

    it("leads where a value that is not known comes from, though the others are known", () => {
        const edge = distribution(host, [region]);
        assert.deepEqual(behind(edge, tenant([{ name: "name", value: UNKNOWN }], {}, [blue])), ["blue"]);
        assert.deepEqual(behind(edge, tenant([{ name: "other", value: UNKNOWN }], {}, [blue])), []);
        assert.deepEqual(behind(distribution(host, [region, byDefault("name", UNKNOWN)])), []);
    });

    it("is filled in by tenants that may be this distribution's, and by no other's", () => {
        const edge = distribution(host, [region]);
        const other = resource(classic, "other", { id: "E2", origins: [] });
        const of = (distributionId: Value) => tenant([{ name: "name", value: "blue" }], { distributionId });
        assert.deepEqual(behind(edge, other, of("E1")), ["blue"]);
        assert.deepEqual(behind(edge, other, of("E2")), []);
        assert.deepEqual(behind(edge, other, of("E9")), ["blue"], "one that is not of this stack");
        assert.deepEqual(behind(edge, other, of(UNKNOWN)), ["blue"]);
    });
});
