import assert from "node:assert/strict";
import { verify } from "../../verify";
import { set } from "./account";
import { Served } from "./served";

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

    it("is not found by anybody else", async () => {
        assert.equal(served.traffic.network.hosts["origin.example.com"], undefined);
        const { findings } = await verify({
            outputs: {
                domainNames: ["www.example.com"],
                originDomainName: "origin.example.com",
                targetProtocol: "HTTPS",
            },
            network: served.traffic.network,
            timeoutSeconds: 5,
        });
        const origin = findings.filter(({ probe }) => probe.startsWith("origin-"));
        // What nobody can reach, nobody can probe from outside: the report says so, and does not call it passed.
        assert.deepEqual(Object.fromEntries(origin.map(({ probe, verdict }) => [probe, verdict])), {
            "origin-network-closed": "cannot tell",
            "origin-http-closed": "cannot tell",
            "origin-other-ports": "cannot tell",
            "origin-refuses-strangers": "cannot tell",
            "origin-certificate": "cannot tell",
            "origin-tls-old": "cannot tell",
            "origin-tls-ciphers": "cannot tell",
            // The rehearsal's own wire tap saw the connection.
            "origin-encrypted": "pass",
        });
        assert.deepEqual(
            findings.filter(({ verdict }) => verdict === "fail"),
            [],
        );
    });
});
