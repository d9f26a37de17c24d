import assert from "node:assert/strict";
import { type encryptedEdgeAccount, type Fixture, set } from "./account";
import { Served } from "./served";

type Account = ReturnType<typeof encryptedEdgeAccount>;

interface Case {
    /** What CloudFront dials. */
    readonly dialled?: string;
    readonly loadBalancer?: string;
    /** Whether a group of the load balancer has the list of IPv6. */
    readonly admitted?: boolean;
    /** Types of the records of the origin's name. */
    readonly records?: readonly ("A" | "AAAA")[];
}

/** A dual-stack edge as AWS would have it, but for what a case says. */
function dualStack({
    dialled = "dualstack",
    loadBalancer = "dualstack",
    admitted = true,
    records = ["A", "AAAA"],
}: Case) {
    return (account: Account): Fixture[] => {
        const [origin] = account.distribution.properties.origins as [{ customOriginConfig: Record<string, unknown> }];
        origin.customOriginConfig.ipAddressType = dialled;
        set(account.loadBalancer, "ipAddressType", loadBalancer);
        set(account.loadBalancer, "securityGroups", ["fromCloudFront", "toTargets", "byIpv6"]);
        const { originA } = account;
        if (!records.includes("A")) {
            // Nothing has to find it by this.
            set(originA, "type", "TXT");
        }
        const more: Fixture[] = [
            { type: "aws:ec2/securityGroup:SecurityGroup", id: "byIpv6", properties: { ingress: [] } },
            {
                type: "aws:ec2/managedPrefixList:ManagedPrefixList",
                id: "pl-six",
                properties: { entries: [{ cidr: "2600:9000::/28" }] },
            },
        ];
        if (admitted) {
            more.push({
                type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                id: "ingressByIpv6",
                properties: { ...account.ingress.properties, securityGroupId: "byIpv6", prefixListId: "pl-six" },
            });
        }
        if (records.includes("AAAA")) {
            more.push({ ...originA, id: "origin-AAAA", properties: { ...originA.properties, type: "AAAA" } });
        }
        return more;
    };
}

/** What a viewer gets, by which ways CloudFront came to the load balancer, and what the rehearsal says of it. */
async function seen(one: Case) {
    const served = await Served.start(dualStack(one));
    try {
        const { status } = await served.ask();
        const ways = served.traffic.network
            .wire()
            .filter(({ hop, tlsConnections }) => hop === "CloudFront to load balancer" && tlsConnections > 0)
            .map(({ to }) => (to.endsWith(" by IPv6") ? "IPv6" : "IPv4"));
        return { status, ways, problems: served.problems.join("\n"), network: served.traffic.network };
    } finally {
        await served.traffic.close();
    }
}

describe("CloudFront's way to the load balancer by IPv6", function () {
    this.timeout("2m");

    const served: readonly (readonly [string, Case, string[]])[] = [
        ["both ways are there: by IPv6", {}, ["IPv6"]],
        ["it dials IPv6 alone", { dialled: "ipv6" }, ["IPv6"]],
        [
            "the load balancer has no public IPv4",
            { dialled: "ipv6", loadBalancer: "dualstack-without-public-ipv4", records: ["AAAA"] },
            ["IPv6"],
        ],
        ["it dials IPv4 alone", { dialled: "ipv4" }, ["IPv4"]],
        ["it may dial both, and no group has the list of IPv6", { admitted: false }, ["IPv4"]],
        ["it may dial both, and there is no AAAA record", { records: ["A"] }, ["IPv4"]],
        ["it may dial both, and the load balancer has IPv4 alone", { loadBalancer: "ipv4" }, ["IPv4"]],
        [
            "it may dial both, and the load balancer has no public IPv4",
            { loadBalancer: "dualstack-without-public-ipv4" },
            ["IPv6"],
        ],
    ];
    for (const [what, one, ways] of served) {
        it(`serves where ${what}`, async () => {
            const answer = await seen(one);
            assert.deepEqual([answer.status, answer.ways, answer.problems], [200, ways, ""]);
        });
    }

    const refused: readonly (readonly [string, Case, RegExp])[] = [
        ["no group has the list of IPv6", { dialled: "ipv6", admitted: false }, /origin\.example\.com/],
        [
            "there is no AAAA record",
            { dialled: "ipv6", records: ["A"] },
            /no AAAA or CNAME record for origin\.example\.com/,
        ],
        [
            "the load balancer has IPv4 alone",
            { dialled: "ipv6", loadBalancer: "ipv4" },
            /leads to a load balancer that has no public address of IPv6/,
        ],
        [
            "it dials IPv4, which the load balancer does not have",
            { dialled: "ipv4", loadBalancer: "dualstack-without-public-ipv4" },
            /leads to a load balancer that has no public address of IPv4/,
        ],
    ];
    for (const [what, one, problem] of refused) {
        it(`is a 502 where ${what}`, async () => {
            const answer = await seen(one);
            assert.deepEqual([answer.status, answer.ways], [502, []]);
            assert.match(answer.problems, problem);
        });
    }

    it("serves the page that stands in place of an error", async () => {
        const served = await Served.start((account) => {
            set(account.distribution, "customErrorResponses", [
                { errorCode: 403, responseCode: 403, responsePagePath: "/blocked.html" },
            ]);
            return dualStack({ dialled: "ipv6" })(account);
        });
        try {
            const { status, body } = await served.ask({ headers: { "user-agent": "" } });
            assert.equal(status, 403);
            assert.match(body, /"path": "\/blocked\.html"/, served.problems.join("\n"));
        } finally {
            await served.traffic.close();
        }
    });

    it("is shown to a prober where it is the only one", async () => {
        const { network } = await seen({
            dialled: "ipv6",
            loadBalancer: "dualstack-without-public-ipv4",
            records: ["AAAA"],
        });
        const door = network.hostsFromCloudFront["origin.example.com"]?.[443];
        assert.equal(door !== undefined && "address" in door ? door.address : undefined, "::1");
        assert.match(JSON.stringify(network.hosts["origin.example.com"]?.[443]), /do not admit this caller/);
    });
});
