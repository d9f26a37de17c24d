import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { resolved } from "../checks/index";
import { argumentSpecs } from "./argumentSpecs";
import { edgeProblems } from "./edgeProblems";
import { EncryptedEdge } from "../encryptedEdge";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { fewestArguments } from "../test/deployment";
import { areRefused, type Mistake, withChange } from "../test/mistakes";

/** What can be wrong with the settings of the edge as a whole, and names that are not arguments. */
const mistakes: Mistake[] = [
    [{ originSecretGeneration: 0 }, "originSecretGeneration", /is 0 .*Write 1\./],
    [{ originSecretGeneration: 1.5 }, "originSecretGeneration", /whole number/],
    [{ deletionProtection: "false" }, "deletionProtection", /is "false"/],
    [{ waitForDeployment: 1 }, "waitForDeployment", /is 1/],
    [
        { domainnames: ["a.example.com"] },
        "domainnames",
        /not an argument of EncryptedEdge\. Did you mean "domainNames"\?/,
    ],
    [{ rateLimt: 500 }, "rateLimt", /not an argument of EncryptedEdge\. Did you mean "rateLimit"\?/],
    [{ subnetID: [] }, "subnetID", /Did you mean "subnetIds"\?/],
    [{ certificateArn: "arn:aws:acm" }, "certificateArn", /Leave it out, or write one of hostedZoneName, .*rateLimit/],
    [{ toString: "x" }, "toString", /not an argument/],
    [{ originSecretGeneration: -3 }, "originSecretGeneration", /is -3/],
    [{ originSecretGeneration: 2 ** 53 }, "originSecretGeneration", /is 9007199254740992/],
];

describe("The arguments of EncryptedEdge", () => {
    it("are right when they are few, and when every default is written out", () => {
        assert.deepEqual(edgeProblems("edge", fewestArguments), []);
        assert.deepEqual(edgeProblems("edge", resolved(fewestArguments, argumentSpecs)), []);
    });

    it("are right at the bounds that AWS sets", () => {
        const bounds: Partial<EncryptedEdgeArgs>[] = [
            { rateLimit: 10, targetPort: 1, strictTransportSecurityMaxAge: 0 },
            { rateLimit: 2_000_000_000, targetPort: 65535, strictTransportSecurityMaxAge: 2_147_483_647 },
            { healthCheckMatcher: "200-499", targetProtocol: "HTTP", targetType: "instance" },
            { healthCheckMatcher: "200,302,404", cachedPaths: ["/a", "/*.js"], originSecretGeneration: 4711 },
            { domainNames: ["example.com", "*.example.com"] },
            { loadBalancerLogRetentionInDays: 1 },
            { loadBalancerLogRetentionInDays: 2_147_483_647, loadBalancerLogEnabled: false },
            { domainNames: [`${"a".repeat(52)}.example.com`] },
            { healthCheckPath: "/health;deep=true?a=(b),c!", cachedPaths: ["/", "/a?.js", "/~a/$b\"'@:+&*"] },
            { countedRules: ["AWSManagedRulesSQLiRuleSet:PublishedTomorrow"] },
            {
                cachedPaths: Array.from({ length: 73 }, (_, index) => `/${index}/*`),
                errorPages: { html: "a".repeat(8_000), cachingMinTtl: 3600, statusCodes: [403] },
                staticFiles: undefined,
            },
            { cacheBehaviors: [{ path: "/a", queryStrings: ["a[]", "b.c", "ü"] }] },
            // The wildcard covers the origin's name, whose own record leads to the load balancer all the same.
            { domainNames: ["www.example.com", "*.example.com", "*.origin.example.com"] },
        ];
        for (const change of bounds) {
            assert.deepEqual(edgeProblems("edge", withChange(change)), [], JSON.stringify(change));
        }
    });

    areRefused(mistakes);

    it("are left to AWS where they are not known yet", () => {
        const unknown = pulumi.output(new Promise<string>(() => undefined));
        const args = {
            vpcId: unknown,
            subnetIds: [unknown, unknown],
            cloudFrontPrefixListId: unknown,
            hostedZoneId: unknown,
        };
        assert.deepEqual(edgeProblems("edge", withChange(args)), []);
    });

    it("are refused in a sentence, whatever a caller without types gives", () => {
        const values = [
            null,
            undefined,
            "",
            "x",
            0,
            -1,
            Number.NaN,
            true,
            [],
            [null],
            [{}],
            {},
            Object.create(null) as unknown,
            1n,
        ];
        const deferred: unknown[] = [
            Symbol("s"),
            () => 1,
            new Date(0),
            pulumi.secret("hunter2"),
            Promise.resolve("hunter2"),
        ];
        for (const argument of Object.keys(argumentSpecs)) {
            for (const value of [...values, ...deferred]) {
                for (const { propertyPath, reason } of edgeProblems("edge", withChange({ [argument]: value }))) {
                    assert.match(propertyPath, new RegExp(`^(${argument}|originDomainName|domainNames)\\b`));
                    assert.match(reason, /^(is|has|needs) [^\n]+\.$/, `${argument} ${propertyPath}`);
                    assert.doesNotMatch(reason, /undefined|\[object|hunter2/);
                }
            }
        }
    });

    it("are reported as missing where there are none at all", () => {
        for (const nothing of [undefined, null, {}]) {
            assert.deepEqual(
                edgeProblems("edge", nothing as EncryptedEdgeArgs).map(({ propertyPath }) => propertyPath),
                ["hostedZoneName", "domainNames", "vpcId", "subnetIds"],
            );
        }
    });

    it("that are null are not given", () => {
        const optional = Object.keys(argumentSpecs).filter((name) => !Object.hasOwn(fewestArguments, name));
        const nulls = Object.fromEntries(optional.map((name) => [name, null]));
        assert.deepEqual(edgeProblems("edge", withChange(nulls)), []);
    });

    for (const name of [undefined, 7, "edge.1", "édge", "a b"]) {
        it(`are refused with the name ${String(name)}`, () => {
            const [problem, ...more] = edgeProblems(name as string, fewestArguments);
            assert.deepEqual([problem?.propertyPath, more], ["name", []]);
        });
    }

    for (const name of [
        "",
        "-edge",
        "edge-",
        "edge_1",
        "a".repeat(21),
        "internal-edge",
        "sg-edge",
        "xn--edge",
        "sthree-edge",
        "amzn-s3-demo-edge",
    ]) {
        it(`are refused with the name "${name}"`, () => {
            assert.deepEqual(
                edgeProblems(name, fewestArguments).map(({ propertyPath }) => propertyPath),
                ["name"],
            );
        });
    }
});

describe("EncryptedEdge with wrong arguments", () => {
    const build = () =>
        new EncryptedEdge("edge", withChange({ domainNames: ["WWW.example.com"], rateLimit: 1, targetPort: 0 }));
    let registrations = 0;
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ inputs, name }) => {
                registrations++;
                return { id: name, state: inputs as object };
            },
            call: ({ inputs }) => inputs as object,
        }),
    );

    it("tells all of them at once, as the engine expects, and registers nothing", async () => {
        assert.throws(build, (error) => {
            assert.ok(pulumi.InputPropertiesError.isInstance(error));
            assert.deepEqual(
                error.errors.map(({ propertyPath }) => propertyPath),
                ["domainNames[0]", "targetPort", "rateLimit"],
            );
            return true;
        });
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal(registrations, 0);
    });

    it("is told to a program's author without a stack trace", () => {
        try {
            build();
        } catch (error) {
            const shown = inspect(error, { colors: true });
            assert.equal(shown.split("\n")[0], 'EncryptedEdge "edge" cannot be built; 3 arguments are wrong:');
            assert.match(shown, /\n {2}- domainNames\[0\] is "WWW.example.com"/);
            assert.doesNotMatch(shown, /\n\s+at /);
            return;
        }
        assert.fail("nothing was refused");
    });
});
