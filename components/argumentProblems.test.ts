import { strict as assert } from "node:assert";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { argumentProblems } from "./argumentProblems";
import { EncryptedEdge } from "./encryptedEdge";
import { defaults, type EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { fewestArguments } from "./test/deployment";

/** What each argument may hold that is wrong, and what the message about it must say. */
const mistakes: [Record<string, unknown>, string, RegExp][] = [
    [{ hostedZoneName: undefined }, "hostedZoneName", /is missing/],
    [{ hostedZoneName: "Example.com" }, "hostedZoneName", /Write "example.com"/],
    [{ hostedZoneName: "*.example.com" }, "hostedZoneName", /wildcard cannot be used/],
    [{ hostedZoneName: "example.org" }, "domainNames[0]", /outside the hosted zone "example.org".*"\.example.org"/],
    [{ hostedZoneId: "z1" }, "hostedZoneId", /is "z1".*Write, for example, "Z0/],
    [{ domainNames: [] }, "domainNames", /at least one name/],
    [{ domainNames: undefined }, "domainNames", /at least one name/],
    [{ domainNames: "www.example.com" }, "domainNames", /Write, for example, \["www/],
    [{ domainNames: ["www.example.net"] }, "domainNames[0]", /is "www.example.net", which is outside/],
    [{ domainNames: ["www.example.com", "WWW.example.com"] }, "domainNames[1]", /Write "www.example.com"/],
    [{ domainNames: ["www.example.com", "www.example.com"] }, "domainNames[1]", /in the list already/],
    [{ domainNames: ["www.example.com", 7] }, "domainNames[1]", /is 7; a text is needed/],
    [{ domainNames: ["*.example.com"] }, "domainNames[0]", /cannot be a wildcard.*"www.example.com"/],
    [{ domainNames: [`${"a".repeat(53)}.example.com`] }, "domainNames[0]", /has 65 characters.*at most 64/],
    [
        { domainNames: Array.from({ length: 101 }, (_, n) => `n${n}.example.com`) },
        "domainNames",
        /101 names.*at most 100/,
    ],
    [{ originDomainName: "www.example.com" }, "originDomainName", /viewers use too.*"origin-www.example.com"/],
    [{ domainNames: ["origin.example.com"] }, "originDomainName", /viewers use too/],
    [{ originDomainName: "*.example.com" }, "originDomainName", /wildcard cannot be used/],
    [{ originDomainName: "origin.example.net" }, "originDomainName", /outside the hosted zone/],
    [{ originDomainName: "Origin.example.com" }, "originDomainName", /Write "origin.example.com"/],
    [{ originDomainName: "my_origin.example.com" }, "originDomainName", /label "my_origin"/],
    [{ vpcId: undefined }, "vpcId", /is missing.*vpc-/],
    [{ vpcId: "vpc1" }, "vpcId", /is "vpc1".*hexadecimal/],
    [{ subnetIds: undefined }, "subnetIds", /is missing/],
    [{ subnetIds: [] }, "subnetIds", /has 0 of the at least two/],
    [{ subnetIds: ["subnet-0123456789abcdef0"] }, "subnetIds", /has 1 of the at least two/],
    [{ subnetIds: ["subnet-01234567", "subnet-01234567"] }, "subnetIds[1]", /in the list already/],
    [{ subnetIds: ["subnet-01234567", "vpc-01234567"] }, "subnetIds[1]", /"subnet-" and 8 to 17/],
    [{ cloudFrontPrefixListId: "cloudfront" }, "cloudFrontPrefixListId", /"pl-" and 8 to 17/],
    [{ forwardHostHeader: "yes" }, "forwardHostHeader", /allowed are true, false/],
    [{ cachedPaths: ["assets/*"] }, "cachedPaths[0]", /begins with a slash.*Write "\/assets\/\*"/],
    [{ cachedPaths: ["/a b"] }, "cachedPaths[0]", /is "\/a b"/],
    [{ cachedPaths: [`/${"a".repeat(255)}`] }, "cachedPaths[0]", /at most 255/],
    [{ cachedPaths: ["/*"] }, "cachedPaths[0]", /every path/],
    [{ cachedPaths: ["/a", "/a"] }, "cachedPaths[1]", /in the list already/],
    [{ targetProtocol: "https" }, "targetProtocol", /allowed are HTTPS, HTTP. Write HTTPS/],
    [{ targetProtocol: "TCP" }, "targetProtocol", /is "TCP"/],
    [{ targetPort: 0 }, "targetPort", /from 1 to 65535.*Write 1\./],
    [{ targetPort: 65536 }, "targetPort", /Write 65535/],
    [{ targetPort: 80.5 }, "targetPort", /whole number/],
    [{ targetType: "lambda" }, "targetType", /allowed are ip, instance/],
    [{ healthCheckPath: "health" }, "healthCheckPath", /Write "\/health"/],
    [{ healthCheckMatcher: "500" }, "healthCheckMatcher", /between 200 and 499/],
    [{ healthCheckMatcher: "299-200" }, "healthCheckMatcher", /a range/],
    [{ healthCheckMatcher: "ok" }, "healthCheckMatcher", /is "ok"/],
    [{ rateLimit: 9 }, "rateLimit", /is 9 .*from 10 to 2000000000.*Write 10/],
    [{ rateLimit: 2_000_000_001 }, "rateLimit", /Write 2000000000/],
    [{ rateLimit: Number.NaN }, "rateLimit", /whole number/],
    [{ rateLimit: "2000" }, "rateLimit", /is "2000"/],
    [
        { countedRules: ["SizeRestrictions_BODY"] },
        "countedRules[0]",
        /AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY/,
    ],
    [{ countedRules: ["AWSManagedRulesBotControlRuleSet:X"] }, "countedRules[0]", /one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:A", "AWSManagedRulesSQLiRuleSet:A"] }, "countedRules[1]", /already/],
    [{ webAclLogRetentionInDays: 31 }, "webAclLogRetentionInDays", /allowed are 1, 3, 5/],
    [{ accessLogRetentionInDays: 31 }, "accessLogRetentionInDays", /allowed are 1, 3, 5/],
    [{ accessLogEnabled: "yes" }, "accessLogEnabled", /allowed are true, false/],
    [{ loadBalancerLogEnabled: "no" }, "loadBalancerLogEnabled", /is "no".*allowed are true, false/],
    [{ loadBalancerLogRetentionInDays: 0 }, "loadBalancerLogRetentionInDays", /is 0 \(days\).*Write 1\./],
    [{ loadBalancerLogRetentionInDays: 2_147_483_648 }, "loadBalancerLogRetentionInDays", /Write 2147483647/],
    [{ loadBalancerLogRetentionInDays: 1.5 }, "loadBalancerLogRetentionInDays", /whole number/],
    [{ strictTransportSecurityMaxAge: -1 }, "strictTransportSecurityMaxAge", /from 0/],
    [{ originSecretGeneration: 0 }, "originSecretGeneration", /is 0 .*Write 1\./],
    [{ originSecretGeneration: 1.5 }, "originSecretGeneration", /whole number/],
    [{ deletionProtection: "false" }, "deletionProtection", /is "false"/],
    [{ waitForDeployment: 1 }, "waitForDeployment", /is 1/],
];

const withChange = (change: Record<string, unknown>): EncryptedEdgeArgs => ({ ...fewestArguments, ...change });

describe("The arguments of EncryptedEdge", () => {
    it("are right when they are few, and when every default is written out", () => {
        assert.deepEqual(argumentProblems("edge", fewestArguments), []);
        assert.deepEqual(argumentProblems("edge", { ...fewestArguments, ...defaults, targetPort: 443 }), []);
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
        ];
        for (const change of bounds) {
            assert.deepEqual(argumentProblems("edge", withChange(change)), [], JSON.stringify(change));
        }
    });

    for (const [change, propertyPath, reason] of mistakes) {
        it(`are refused with ${JSON.stringify(change).slice(0, 60)}`, () => {
            const problems = argumentProblems("edge", withChange(change));
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
            assert.match(problems[0]?.reason ?? "", /\b(Write|Add|Leave|Use),? .*\.$/);
        });
    }

    it("are left to AWS where they are not known yet", () => {
        const unknown = pulumi.output(new Promise<string>(() => undefined));
        const args = {
            vpcId: unknown,
            subnetIds: [unknown, unknown],
            cloudFrontPrefixListId: unknown,
            hostedZoneId: unknown,
        };
        assert.deepEqual(argumentProblems("edge", withChange(args)), []);
    });

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
                argumentProblems(name, fewestArguments).map(({ propertyPath }) => propertyPath),
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
