import assert from "node:assert/strict";
import { serveTraffic } from "../../rehearsal/traffic";
import { type Report, table, verify } from "../../verify";
import { encryptedEdgeAccount, type Fixture, secret, set } from "./account";

type Account = ReturnType<typeof encryptedEdgeAccount>;

const outputs = {
    domainNames: ["www.example.com"],
    originDomainName: "origin.example.com",
    targetProtocol: "HTTPS",
};

/** Serves an account with one thing changed, and probes it as its owner would. */
async function verified(
    change: (account: Account) => Fixture[] | void,
): Promise<{ report: Report; problems: string[] }> {
    const account = encryptedEdgeAccount();
    const more = change(account) ?? [];
    const problems: string[] = [];
    const traffic = await serveTraffic({
        account: [...Object.values(account), ...more],
        forMinutes: 1,
        report: (problem) => problems.push(problem),
    });
    try {
        return { report: await verify({ outputs, network: traffic.network, timeoutSeconds: 5 }), problems };
    } finally {
        await traffic.close();
    }
}

function withVerdict(report: Report, verdict: string): string[] {
    return report.findings.filter((one) => one.verdict === verdict).map((one) => one.probe);
}

function only(fixture: Fixture, properties: Fixture["properties"]): Fixture {
    return {
        ...fixture,
        id: `${fixture.id}-2`,
        properties: { ...fixture.properties, arn: `${String(fixture.properties.arn)}-2`, ...properties },
    };
}

/** What is broken, how, and the probes that must fail: those and no others. */
const broken: readonly {
    readonly what: string;
    readonly change: (account: Account) => Fixture[] | void;
    readonly fails: readonly string[];
    /** The probes that must warn: what is worth mending and opens nothing. */
    readonly warns?: readonly string[];
    /** What the edge or the load balancer said of it inside. */
    readonly because?: RegExp;
}[] = [
    {
        what: "origin called over HTTP",
        change: ({ distribution, listener, ingress, rule }) => {
            set(distribution, "origins.0.customOriginConfig.originProtocolPolicy", "http-only");
            const plain = only(listener, {
                port: 80,
                protocol: "HTTP",
                sslPolicy: undefined,
                certificateArn: undefined,
            });
            return [
                plain,
                only(rule, { listenerArn: plain.properties.arn }),
                only(ingress, { fromPort: 80, toPort: 80 }),
            ];
        },
        fails: ["origin-encrypted"],
    },
    {
        what: "origin called over HTTP where nothing listens",
        change: ({ distribution }) => {
            set(distribution, "origins.0.customOriginConfig.originProtocolPolicy", "http-only");
        },
        fails: ["viewer-https"],
        because: /nothing listens at origin\.example\.com:80/,
    },
    {
        what: "origin certificate for another name",
        change: ({ originCertificate }) => {
            set(originCertificate, "domainName", "other.example.com");
            set(originCertificate, "subjectAlternativeNames", ["other.example.com"]);
        },
        fails: ["viewer-https", "origin-certificate"],
        because: /Host: origin\.example\.com\. is not .*other\.example\.com/,
    },
    {
        what: "Host forwarded while the origin certificate covers only the origin's name",
        change: ({ distribution }) => {
            set(distribution, "defaultCacheBehavior.originRequestPolicyId", "216adef6-5c7f-47e4-b989-5492eafa07d3");
        },
        fails: ["viewer-https"],
        because: /Host: www\.example\.com\. is not .*origin\.example\.com/,
    },
    {
        what: "no record for the origin",
        change: ({ originA }) => {
            set(originA, "name", "elsewhere.example.com");
            set(originA, "fqdn", "elsewhere.example.com");
        },
        fails: ["viewer-https"],
        because: /no A or CNAME record for origin\.example\.com/,
    },
    {
        what: "origin TLS versions that the load balancer refuses",
        change: ({ distribution }) => {
            set(distribution, "origins.0.customOriginConfig.originSslProtocols", ["TLSv1", "TLSv1.1"]);
        },
        fails: ["viewer-https"],
        because: /alert protocol version|unsupported protocol/i,
    },
    {
        what: "load balancer that speaks TLS 1.3 only, which CloudFront does not offer to origins",
        change: ({ listener }) => {
            set(listener, "sslPolicy", "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09");
        },
        fails: ["viewer-https"],
        because: /alert protocol version|unsupported protocol/i,
    },
    {
        what: "listener that forwards whatever comes",
        change: ({ listener, rule }) => {
            set(listener, "defaultActions", rule.properties.actions);
        },
        fails: ["origin-refuses-strangers"],
    },
    {
        what: "rule whose header condition matches anything",
        change: ({ rule }) => {
            set(rule, "conditions", [{ pathPattern: { values: ["*"] } }]);
        },
        fails: ["origin-refuses-strangers"],
    },
    {
        what: "rule that waits for another secret",
        change: ({ rule }) => {
            set(rule, "conditions", [{ httpHeader: { httpHeaderName: "X-Origin-Verify", values: ["another"] } }]);
        },
        fails: ["viewer-https"],
    },
    {
        what: "security group open to the world",
        change: ({ ingress }) => {
            set(ingress, "prefixListId", undefined);
            set(ingress, "cidrIpv4", "0.0.0.0/0");
        },
        fails: ["origin-network-closed"],
    },
    {
        what: "security group open to the world by two halves, inline",
        change: ({ toTargets }) => {
            set(toTargets, "ingress", [
                { protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] },
            ]);
        },
        fails: ["origin-network-closed"],
    },
    {
        what: "security group that lets nobody in",
        change: ({ ingress }) => {
            set(ingress, "fromPort", 8443);
            set(ingress, "toPort", 8443);
        },
        fails: ["viewer-https"],
        because: /origin\.example\.com did not answer/,
    },
    {
        what: "old viewer security policy",
        change: ({ distribution }) => {
            set(distribution, "viewerCertificate.minimumProtocolVersion", "TLSv1_2016");
        },
        fails: ["viewer-tls-old", "viewer-tls-ciphers"],
    },
    {
        what: "viewer security policy of 2019 with CBC suites",
        change: ({ distribution }) => {
            set(distribution, "viewerCertificate.minimumProtocolVersion", "TLSv1.2_2019");
        },
        fails: ["viewer-tls-ciphers"],
    },
    {
        what: "old listener security policy",
        change: ({ listener }) => {
            set(listener, "sslPolicy", "ELBSecurityPolicy-2016-08");
        },
        fails: ["origin-tls-old", "origin-tls-ciphers"],
    },
    {
        what: "listener without a security policy",
        change: ({ listener }) => {
            set(listener, "sslPolicy", undefined);
        },
        fails: ["origin-tls-old", "origin-tls-ciphers"],
    },
    {
        what: "plaintext to the targets",
        change: ({ targetGroup }) => {
            set(targetGroup, "protocol", "HTTP");
        },
        fails: ["target-encrypted"],
    },
    {
        what: "viewers served over plain HTTP",
        change: ({ distribution }) => {
            set(distribution, "defaultCacheBehavior.viewerProtocolPolicy", "allow-all");
        },
        fails: ["viewer-http"],
    },
    {
        what: "viewer certificate for another name",
        change: ({ viewerCertificate }) => {
            set(viewerCertificate, "domainName", "example.org");
            set(viewerCertificate, "subjectAlternativeNames", ["example.org"]);
        },
        fails: ["viewer-certificate"],
    },
    {
        what: "viewer certificate that was never validated",
        change: ({ viewerCertificate }) => {
            set(viewerCertificate, "status", "PENDING_VALIDATION");
        },
        // CloudFront's own certificate, and with it no minimum TLS version.
        fails: ["viewer-https", "viewer-certificate", "viewer-tls-old", "viewer-tls-ciphers"],
        because: /never validated/,
    },
    {
        what: "alternate name missing from the distribution",
        change: ({ distribution }) => {
            set(distribution, "aliases", []);
        },
        fails: ["viewer-https", "viewer-certificate", "viewer-tls-old", "viewer-tls-ciphers"],
    },
    {
        what: "no response headers policy",
        change: ({ distribution }) => {
            set(distribution, "defaultCacheBehavior.responseHeadersPolicyId", undefined);
        },
        fails: ["viewer-hsts"],
        warns: ["viewer-headers"],
    },
    {
        what: "HSTS of an hour",
        change: ({ responseHeadersPolicy }) => {
            set(responseHeadersPolicy, "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec", 3600);
        },
        fails: ["viewer-hsts"],
    },
    {
        what: "HTTP/1.1 only",
        change: ({ distribution }) => {
            set(distribution, "httpVersion", "http1.1");
        },
        fails: [],
        warns: ["viewer-http2"],
    },
    {
        what: "no HTTPS record",
        change: ({ viewerHttps }) => {
            set(viewerHttps, "name", "other.example.com");
            set(viewerHttps, "fqdn", "other.example.com");
        },
        fails: [],
        warns: ["name-https-record"],
    },
    {
        what: "plaintext listener that redirects, open to the world",
        change: ({ listener, ingress }) => [
            only(listener, {
                port: 80,
                protocol: "HTTP",
                certificateArn: undefined,
                defaultActions: [
                    { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
                ],
            }),
            only(ingress, { prefixListId: undefined, cidrIpv4: "0.0.0.0/0", fromPort: 80, toPort: 80 }),
        ],
        fails: ["origin-http-closed"],
    },
];

describe("a deployed edge, served and probed", () => {
    it("passes every probe when everything is right, and shows no secret", async () => {
        const { report } = await verified(() => undefined);
        assert.deepEqual(withVerdict(report, "fail"), [], table(report));
        assert.deepEqual(withVerdict(report, "cannot tell"), [], table(report));
        assert.equal(report.verdict, "pass");
        assert.equal(report.rehearsed, true);
        assert.ok(!JSON.stringify(report).includes(secret));
    });

    for (const { what, change, fails, warns = [], because } of broken) {
        it(`notices: ${what}`, async () => {
            const { report, problems } = await verified(change);
            assert.deepEqual(withVerdict(report, "fail"), fails, `${table(report)}\n${problems.join("\n")}`);
            assert.deepEqual(withVerdict(report, "warn"), warns, table(report));
            assert.equal(report.verdict, fails.length > 0 ? "fail" : "warn");
            if (because !== undefined) {
                assert.match(problems.join("\n"), because);
            }
            assert.ok(!problems.join("\n").includes(secret));
        });
    }
});
