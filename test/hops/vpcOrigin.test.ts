import assert from "node:assert/strict";
import { type Network, verify } from "../../verify";
import { set } from "./account";
import { Served } from "./served";

const ownName = "origin-1234567890.eu-central-1.elb.amazonaws.com";

describe("a load balancer behind a VPC origin", function () {
    this.timeout("2m");

    let served: Served;

    before(async () => {
        served = await Served.start((account) => {
            set(account.loadBalancer, "internal", true);
            const [origin] = account.distribution.properties.origins as Record<string, unknown>[];
            delete origin?.customOriginConfig;
            Object.assign(origin ?? {}, { vpcOriginConfig: { vpcOriginId: "vo_1" } });
            // Nothing has to find it by name.
            set(account.originA, "type", "TXT");
            return [
                {
                    type: "aws:cloudfront/vpcOrigin:VpcOrigin",
                    id: "vo_1",
                    properties: {
                        vpcOriginEndpointConfig: {
                            arn: "arn:loadBalancer",
                            httpPort: 80,
                            httpsPort: 443,
                            originProtocolPolicy: "https-only",
                            originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
                        },
                    },
                },
            ];
        });
    });

    after(() => served.traffic.close());

    it("serves, over TLS, with the name on its certificate", async () => {
        const { transport, headers } = await served.echo();
        assert.match(transport, /^TLS/);
        assert.equal(headers.host, "origin.example.com");
        assert.deepEqual([...new Set(served.problems)], []);
    });

    it("is not found by anybody else, which the prober sees by the load balancer's own name", async () => {
        const { network } = served.traffic;
        assert.equal(network.hosts["origin.example.com"], undefined);
        const outputs = {
            domainNames: ["www.example.com"],
            originDomainName: "origin.example.com",
            targetProtocol: "HTTPS",
        };
        const origin = async (network: Network, more: object = {}) => {
            const report = await verify({ outputs: { ...outputs, ...more }, network, timeoutSeconds: 5 });
            const findings = report.findings.filter(({ probe }) => probe.startsWith("origin-"));
            return {
                report,
                verdicts: new Set(findings.map(({ probe, verdict }) => `${probe}: ${verdict}`)),
                findings,
            };
        };

        const { verdicts, findings, report } = await origin(network, { loadBalancerDnsName: ownName });
        assert.deepEqual(
            [...verdicts].filter((one) => !one.endsWith(": pass")),
            [],
        );
        assert.match(
            findings.find(({ probe }) => probe === "origin-network-closed")?.seen ?? "",
            /^origin\.example\.com has no address, and by the load balancer's own name .*: the load balancer is internal: its addresses are private$/,
        );
        assert.deepEqual(
            report.findings.filter(({ verdict }) => verdict === "fail"),
            [],
        );

        // A name that is missing says nothing of the load balancer behind it.
        const unnamed = await origin(network);
        assert.ok(unnamed.verdicts.has("origin-network-closed: cannot tell"), [...unnamed.verdicts].join("\n"));
        // From the internet nobody can stand where another VPC origin stands.
        const outside: Network = { ...network, hostsFromCloudFront: undefined };
        const fromOutside = await origin(outside, { loadBalancerDnsName: ownName });
        assert.ok(fromOutside.verdicts.has("origin-network-closed: pass"));
        assert.ok(fromOutside.verdicts.has("origin-refuses-strangers: cannot tell"));
        // And a public load balancer behind a missing name is open.
        const open = { ...network.hosts, [ownName]: { 443: { address: "127.0.0.1", port: served.port(443) } } };
        const opened = await origin({ ...network, hosts: open }, { loadBalancerDnsName: ownName });
        assert.ok(opened.verdicts.has("origin-network-closed: fail"), [...opened.verdicts].join("\n"));
    });
});
