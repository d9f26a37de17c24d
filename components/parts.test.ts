import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { AliasRecords } from "./aliasRecords";
import { EdgeAccessLog } from "./edgeAccessLog";
import { EdgeDistribution } from "./edgeDistribution";
import { EdgeFirewall } from "./edgeFirewall";
import { LoadBalancerLog } from "./loadBalancerLog";
import { OriginLoadBalancer } from "./originLoadBalancer";
import { OriginSecret } from "./originSecret";
import { ValidatedCertificate } from "./validatedCertificate";

const protection = { deletionProtection: true };
const firewall = { ...protection, rateLimit: 2000, countedRules: [], logRetentionInDays: 365 };
const loadBalancer = {
    ...protection,
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    certificateArn: "arn:aws:acm:certificate",
    acceptedSecrets: ["secret"],
    targetProtocol: "HTTPS",
    targetPort: 443,
    targetType: "ip",
    targetGeneration: 1,
    healthCheckPath: "/",
    healthCheckMatcher: "200",
};
const distribution = {
    ...protection,
    domainNames: ["www.example.com"],
    certificateArn: "arn:aws:acm:certificate",
    originDomainName: "origin.example.com",
    originSecret: "secret",
    webAclArn: "arn:aws:wafv2",
    forwardHostHeader: false,
    forwardedHeadersEnabled: true,
    cachedPaths: [],
    strictTransportSecurityMaxAge: 0,
    waitForDeployment: true,
};
const records = { hostedZoneIds: {}, targetDnsName: "a.example.net", targetHostedZoneId: "Z2" };

/** A part with one wrong argument, and the property path that is refused. */
const mistakes: [string, () => unknown, string][] = [
    ["EdgeFirewall", () => new EdgeFirewall("x", { ...firewall, countedRules: ["nonsense"] }), "countedRules[0]"],
    ["EdgeFirewall", () => new EdgeFirewall("x", { ...firewall, rateLimit: 1 }), "rateLimit"],
    ["EdgeFirewall", () => new EdgeFirewall("x", { ...firewall, logRetentionInDays: 31 }), "logRetentionInDays"],
    [
        "EdgeAccessLog",
        () => new EdgeAccessLog("x", { ...protection, distributionArn: "arn", retentionInDays: 2 }),
        "retentionInDays",
    ],
    ["LoadBalancerLog", () => new LoadBalancerLog("x", { ...protection, retentionInDays: 0 }), "retentionInDays"],
    ["OriginSecret", () => new OriginSecret("x", { generation: 0 }), "generation"],
    ["OriginLoadBalancer", () => new OriginLoadBalancer("x", { ...loadBalancer, targetPort: 0 }), "targetPort"],
    [
        "OriginLoadBalancer",
        () => new OriginLoadBalancer("x", { ...loadBalancer, subnetIds: ["subnet-1"] }),
        "subnetIds",
    ],
    ["EdgeDistribution", () => new EdgeDistribution("x", { ...distribution, cachedPaths: ["/*"] }), "cachedPaths[0]"],
    [
        "EdgeDistribution",
        () => new EdgeDistribution("x", { ...distribution, originDomainName: "*.example.com" }),
        "originDomainName",
    ],
    ["EdgeDistribution", () => new EdgeDistribution("x", { ...distribution, domainNames: [] }), "domainNames"],
    [
        "AliasRecords",
        () => new AliasRecords("x", { ...records, domainNames: ["A B"], recordTypes: ["A"] }),
        "domainNames[0]",
    ],
    [
        "AliasRecords",
        () => new AliasRecords("x", { ...records, domainNames: ["a.example.com"], recordTypes: ["MX"] }),
        "recordTypes[0]",
    ],
    [
        "ValidatedCertificate",
        () => new ValidatedCertificate("x", { retainValidationRecords: true, hostedZoneIds: {}, domainNames: ["-"] }),
        "domainNames[0]",
    ],
    [
        "ValidatedCertificate",
        () =>
            new ValidatedCertificate("x", {
                retainValidationRecords: true,
                hostedZoneIds: {},
                domainNames: ["a.b"],
                validationTimeout: 0,
            }),
        "validationTimeout",
    ],
];

describe("A part that is built by itself", () => {
    let registered = 0;
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ name, inputs }) => {
                registered++;
                return { id: name, state: inputs as object };
            },
            call: ({ inputs }) => inputs as object,
        }),
    );

    for (const [part, build, propertyPath] of mistakes) {
        it(`checks its arguments as the edge does: ${part} ${propertyPath}`, async () => {
            const before = registered;
            assert.throws(build, (error) => {
                assert.ok(pulumi.InputPropertiesError.isInstance(error));
                assert.match(error.message, new RegExp(`^${part} "x" cannot be built`));
                assert.ok(error.errors.some((problem) => problem.propertyPath === propertyPath));
                return true;
            });
            await new Promise((resolve) => setTimeout(resolve, 5));
            assert.equal(registered, before);
        });
    }
});
