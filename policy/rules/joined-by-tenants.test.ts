import assert from "node:assert/strict";

import { changed } from "../test/compliantStack";
import { breach, joining as rulesThatJoin } from "../test/joining";
import { verdictsOf } from "../test/testRule";

const joining = [rulesThatJoin.defaultAction, rulesThatJoin.authenticated];

/** A multi-tenant distribution whose tenants say where its origin is, before a load balancer that forwards everything. */
function stack(domainName: string, tenants: Record<string, string> | undefined, defaultValue?: string) {
    return changed({
        "listener.defaultActions": breach["listener.defaultActions"],
        distribution: {
            type: "aws:cloudfront:MultitenantDistribution",
            properties: {
                origins: [{ id: "o", domainName, customOriginConfigs: [{ originProtocolPolicy: "https-only" }] }],
                tenantConfig: {
                    parameterDefinitions: [
                        { name: "host", definitions: [{ stringSchemas: [{ required: false, defaultValue }] }] },
                    ],
                },
            },
        },
        tenant: {
            type: "aws:cloudfront:DistributionTenant",
            properties: {
                distributionId: "${distribution.id}",
                parameters: Object.entries(tenants ?? {}).map(([name, value]) => ({ name, value })),
            },
        },
    });
}

describe("an origin whose name tenants fill in is joined with a load balancer", () => {
    const ways = {
        "by a tenant's value": stack("{{host}}", { host: "origin.example.com" }),
        "by a part of the name": stack("{{host}}.{{zone}}", { host: "origin", zone: "example.com" }),
        "by the default": stack("{{host}}.example.com", undefined, "origin"),
        "by a value that a preview does not know": stack("{{host}}", { host: "${loadBalancer.dnsName}" }),
    };
    for (const [title, program] of Object.entries(ways)) {
        it(title, () => {
            for (const [rule, expected] of joining) {
                assert.deepEqual(verdictsOf(rule, program), [expected], rule.name);
            }
        });
    }

    it("but not by a value that leads elsewhere, or that nobody gives", () => {
        for (const program of [
            stack("{{host}}", { host: "www.example.org" }, "origin.example.com.invalid"),
            stack("{{host}}.{{zone}}", { host: "origin" }),
        ]) {
            for (const [rule] of joining) {
                assert.deepEqual(verdictsOf(rule, program), [], rule.name);
            }
        }
    });

    it("but not by the value of another distribution's tenant", () => {
        const program = stack("{{host}}", { host: "origin.example.com" });
        const { distribution, tenant } = program;
        const other = { ...tenant, properties: { ...tenant?.properties, distributionId: "${other.id}" } };
        for (const [rule, expected] of joining) {
            const withBoth = { ...program, other: distribution, tenant: other } as typeof program;
            assert.deepEqual(verdictsOf(rule, withBoth), [expected.replace("distribution ", "other ")], rule.name);
        }
    });
});
