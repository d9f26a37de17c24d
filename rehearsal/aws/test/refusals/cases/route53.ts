import type { CasesByType, Patch } from "./index";

const weighted = (weight: number) => ({ weightedRoutingPolicies: [{ weight }], setIdentifier: "one" });
const values = (type: string, ...records: string[]) => ({ name: "b.example.com", type, records });
const beside: Patch = async (stack) => {
    await stack.record({});
    return { setIdentifier: "two", weightedRoutingPolicies: [{ weight: 1 }] };
};

export const route53: CasesByType = {
    "aws:route53/record:Record": {
        refused: [
            ["an address that is none", values("A", "300.1.1.1"), /the type A needs an address of IPv4/],
            ["IPv4 for AAAA", values("AAAA", "192.0.2.1"), /the type AAAA needs an address of IPv6/],
            ["mail without a priority", values("MX", "mail.example.com"), /the type MX needs a priority and a name/],
            ["CAA without quotes", values("CAA", "0 issue amazon.com"), /the type CAA needs flags/],
            ["CAA with a tag that does not exist", values("CAA", '0 allow "amazon.com"'), /the type CAA needs flags/],
            [
                "two names for CNAME",
                values("CNAME", "a.example.com", "c.example.com"),
                /records: has several values; a CNAME has one/,
            ],
            ["a URL for CNAME", values("CNAME", "https://a.example.com"), /the type CNAME needs the name of a host/],
            [
                "a service without a port",
                values("SRV", "1 10 sip.example.com"),
                /the type SRV needs priority, weight, port/,
            ],
            ["a text that is too long", values("TXT", "a".repeat(256)), /the type TXT needs strings of at most 255/],
            ["a value twice", values("A", "192.0.2.1", "192.0.2.1"), /records: has 192\.0\.2\.1 twice/],
            ["no value", { records: [] }, /records: is empty/],
            ["a negative time to live", { ttl: -1 }, /ttl: is -1/],
            ["half a second to live", { ttl: 1.5 }, /ttl: is 1\.5; AWS allows whole numbers, 0 to 2147483647 seconds/],
            [
                "a weight without an identifier",
                { weightedRoutingPolicies: [{ weight: 1 }] },
                /setIdentifier: is missing/,
            ],
            [
                "an identifier without a policy",
                { setIdentifier: "one" },
                /setIdentifier: goes with a routing policy only/,
            ],
            ["a weight beyond the bounds", weighted(256), /weight: is 256; AWS allows 0 to 255/],
            [
                "two policies",
                { ...weighted(1), latencyRoutingPolicies: [{ region: "eu-central-1" }] },
                /conflicts with/,
            ],
            [
                "a failover that does not exist",
                { failoverRoutingPolicies: [{ type: "FIRST" }], setIdentifier: "a" },
                /type: is "FIRST"/,
            ],
            [
                "a continent that does not exist",
                { geolocationRoutingPolicies: [{ continent: "EUROPE" }], setIdentifier: "a" },
                /continent: is "EUROPE"/,
            ],
            ["a weighted record beside a simple one", beside, /another routing policy exists/],
            ["a health check that does not exist", { ...weighted(1), healthCheckId: "none" }, /NoSuchHealthCheck/],
            ["a type that does not exist", { type: "ANAME" }, /type: is "ANAME"/],
        ],
        accepted: [
            ["mail", values("MX", "10 mail.example.com.")],
            ["CAA", values("CAA", '0 issue "amazon.com"', '0 iodef "mailto:a@example.com"')],
            ["a service", values("SRV", "1 10 5060 sip.example.com")],
            ["a text", values("TXT", "v=spf1 include:_spf.example.com ~all")],
            ["a long text in two parts", values("TXT", `${"a".repeat(200)}"" ${"b".repeat(200)}`)],
            ["a weight", weighted(0)],
            ["a wildcard", { name: "*.example.com" }],
            ["IPv6", values("AAAA", "2001:db8::1")],
        ],
    },
    "aws:route53/healthCheck:HealthCheck": {
        refused: [
            ["nothing to check", { fqdn: undefined }, /fqdn: One of/],
            ["an interval that does not exist", { requestInterval: 60 }, /requestInterval: is 60/],
            ["a string to search that is missing", { type: "HTTPS_STR_MATCH" }, /searchString: is missing/],
            ["a path of TCP", { type: "TCP", port: 443 }, /resourcePath: goes with HTTP/],
            ["a threshold beyond the bounds", { failureThreshold: 11 }, /failureThreshold: is 11; AWS allows 1 to 10/],
            ["a private address", { fqdn: undefined, ipAddress: "10.0.0.1" }, /ipAddress: is "10\.0\.0\.1"/],
            [
                "an address for documentation",
                { fqdn: undefined, ipAddress: "192.0.2.44" },
                /ipAddress: is "192\.0\.2\.44"/,
            ],
            ["a reserved address", { fqdn: undefined, ipAddress: "240.0.0.1" }, /ipAddress: is "240\.0\.0\.1"/],
            ["two regions", { regions: ["us-east-1", "eu-west-1"] }, /regions: has 2 items; AWS allows 3 to 64/],
            ["a type that does not exist", { type: "UDP" }, /type: is "UDP"/],
        ],
    },
};
