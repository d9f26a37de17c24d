import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { set } from "./account";
import { type Echo, Served, viewer } from "./served";

const agent = "user-agent: test\r\n";

/** The status of each answer in what came back over one connection. */
function statuses(received: string): number[] {
    return [...received.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

describe("messages through the rehearsed edge", () => {
    let served: Served;

    beforeEach(async () => (served = await Served.start()));
    afterEach(() => served.traffic.close());

    // What is hidden in a body must not become a request of its own behind the edge.
    const hidden = "GET /hidden HTTP/1.1\r\nhost: origin.example.com\r\n\r\n";
    const chunked = `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`;

    for (const method of ["DELETE", "OPTIONS", "POST"]) {
        it(`keep a body of unknown length inside its ${method}`, async () => {
            const received = await served.raw(
                `${method} /outer HTTP/1.1\r\nhost: ${viewer}\r\n${agent}transfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunked}`,
            );
            assert.deepEqual(statuses(received), [200]);
            assert.match(received, new RegExp(`"bodyBytes": ${hidden.length}`));
            const { status, body } = await served.askHttp2(
                { ":method": method, ":path": "/outer" },
                Buffer.from(hidden),
            );
            assert.equal(status, 200);
            assert.deepEqual((JSON.parse(body) as Echo).bodyBytes, hidden.length);
            // The connections behind the edge are used again: the next answer is the next request's own.
            assert.equal((await served.echo({ path: "/next" })).path, "/next");
        });
    }

    it("pass no body on where there is none", async () => {
        for (const method of ["GET", "HEAD", "DELETE", "OPTIONS", "POST", "PUT"]) {
            const { status } = await served.askHttp2({ ":method": method });
            assert.equal(status, 200, method);
        }
        assert.equal((await served.echo({ method: "POST" })).headers["transfer-encoding"], undefined);
    });

    const refused: readonly [string, string, number][] = [
        ["a GET with a body", `GET / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}content-length: 3\r\n\r\nabc`, 403],
        [
            "a GET with a body of unknown length",
            `GET / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}transfer-encoding: chunked\r\n\r\n${chunked}`,
            403,
        ],
        ["two Host fields", `GET / HTTP/1.1\r\nhost: ${viewer}\r\nhost: other.example.com\r\n${agent}\r\n`, 400],
        ["one Host field twice", `GET / HTTP/1.1\r\nhost: ${viewer}\r\nhost: ${viewer}\r\n${agent}\r\n`, 400],
        [
            "an absolute URL of another host",
            `GET http://other.example.com/ HTTP/1.1\r\nhost: ${viewer}\r\n${agent}\r\n`,
            400,
        ],
        ["no path", `OPTIONS * HTTP/1.1\r\nhost: ${viewer}\r\n${agent}\r\n`, 400],
        ["a URL of more than 8,192 bytes", `GET /${"a".repeat(8192)} HTTP/1.1\r\nhost: ${viewer}\r\n${agent}\r\n`, 413],
        [
            "more than 20,480 bytes of headers",
            `GET / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}x-long: ${"a".repeat(20_480)}\r\n\r\n`,
            413,
        ],
        [
            "headers without end",
            `GET / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}x-long: ${"a".repeat(300_000)}\r\n\r\n`,
            413,
        ],
        [
            "both a length and chunks",
            `POST / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${chunked}`,
            400,
        ],
        [
            "another coding than chunked",
            `POST / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}transfer-encoding: xchunked\r\n\r\n${chunked}`,
            400,
        ],
        [
            "a space behind a header's name",
            `POST / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}transfer-encoding : chunked\r\n\r\n${chunked}`,
            400,
        ],
        [
            "two lengths",
            `POST / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}content-length: 0\r\ncontent-length: 5\r\n\r\nabcde`,
            400,
        ],
        ["a length with a sign", `POST / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}content-length: +5\r\n\r\nabcde`, 400],
        [
            "a chunk of less than nothing",
            `POST / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}transfer-encoding: chunked\r\n\r\n-1\r\nA\r\n0\r\n\r\n`,
            400,
        ],
        ["a folded header", `GET / HTTP/1.1\r\nhost: ${viewer}\r\n${agent}a: b\r\n c\r\n\r\n`, 400],
        ["another version of HTTP", `GET / HTTP/2.0\r\nhost: ${viewer}\r\n${agent}\r\n`, 505],
        ["no User-Agent", `GET / HTTP/1.1\r\nhost: ${viewer}\r\n\r\n`, 403],
        ["a query that walks up", `GET /?f=../../etc/passwd HTTP/1.1\r\nhost: ${viewer}\r\n${agent}\r\n`, 403],
    ];
    for (const [what, request, status] of refused) {
        it(`are refused with ${status}: ${what}`, async () => {
            const received = await served.raw(request.replace(/\r\n\r\n/, "\r\nconnection: close\r\n\r\n"));
            assert.deepEqual(statuses(received), [status]);
        });
    }

    it("are refused over HTTP/2 as well", async () => {
        const status = async (headers: Record<string, string>, body?: Buffer) =>
            (await served.askHttp2(headers, body)).status;
        assert.equal(await status({}, Buffer.from("abc")), 403);
        assert.equal(await status({ ":path": `/${"a".repeat(8192)}` }), 413);
        assert.equal(await status({ a: "a".repeat(10_300), b: "b".repeat(10_300) }), 413);
        assert.equal(await status({ ":authority": viewer, host: "other.example.com" }), 400);
        assert.equal(await status({ "user-agent": "" }), 403);
        assert.equal(await status({ ":path": `/${"a".repeat(1000)}?${"b".repeat(2000)}`, c: "c".repeat(10_000) }), 200);
    });

    it("may name their own host in an absolute URL, which is put right before it is used", async () => {
        const ask = `GET http://${viewer.toUpperCase()}/a?b=c HTTP/1.1\r\nhost: ${viewer}\r\n${agent}connection: close\r\n\r\n`;
        assert.match(await served.raw(ask), /"path": "\/a\?b=c"/);
        const { headers } = await served.ask({ scheme: "http", path: `http://${viewer}/a?b=c` });
        assert.equal(headers.location, `https://${viewer}/a?b=c`);
    });

    it("lose no answer where the firewall refuses an upload that is still coming", async () => {
        const body = randomBytes(2_000_000);
        assert.equal((await served.ask({ method: "POST", body })).status, 403);
        assert.match(served.problems.join("\n"), /rule common, SizeRestrictions_BODY/);
        assert.equal((await served.askHttp2({ ":method": "POST" }, body)).status, 403);
    });

    it("reach the application whole, although the firewall has looked at their beginning", async () => {
        for (const size of [1, 8192]) {
            const { bodyBytes } = await served.echo({ method: "POST", body: Buffer.alloc(size, "a") });
            assert.equal(bodyBytes, size);
        }
        await served.traffic.close();
        served = await Served.start(({ webAcl }) =>
            set(webAcl, "rules.0.statement.managedRuleGroupStatement.ruleActionOverrides", [
                { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
            ]),
        );
        for (const size of [16_384, 16_385, 1_000_000]) {
            const { bodyBytes } = await served.echo({ method: "POST", body: Buffer.alloc(size, "a") });
            assert.equal(bodyBytes, size);
            const { body } = await served.askHttp2({ ":method": "PUT" }, Buffer.alloc(size, "a"));
            assert.equal((JSON.parse(body) as Echo).bodyBytes, size);
        }
    });
});

describe("targets behind the rehearsed load balancer", () => {
    let served: Served;

    afterEach(() => served.traffic.close());

    const registered = (groups: string[]) => [
        {
            type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
            id: "attachment",
            properties: { targetGroupArn: "arn:targetGroup", targetId: "i-1" },
        },
        { type: "aws:ec2/instance:Instance", id: "i-1", properties: { vpcSecurityGroupIds: groups } },
        {
            type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            id: "out",
            properties: {
                securityGroupId: "toTargets",
                referencedSecurityGroupId: "targets",
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
            },
        },
        {
            type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            id: "in",
            properties: {
                securityGroupId: "targets",
                referencedSecurityGroupId: "toTargets",
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
            },
        },
    ];

    it("answer where their security groups let the load balancer in", async () => {
        served = await Served.start(() => registered(["targets"]));
        assert.equal((await served.ask()).status, 200);
        assert.ok(!served.traffic.notModelled.some((one) => one.startsWith("target group")));
    });

    it("are unhealthy where they do not", async () => {
        served = await Served.start(() => registered(["others"]));
        assert.equal((await served.ask()).status, 504);
        assert.match(
            served.problems.join("\n"),
            /no target is healthy: the load balancer's security groups \(.*\) do not/,
        );
    });

    it("are said to be stand-ins where the account registers none", async () => {
        served = await Served.start();
        assert.match(
            served.traffic.notModelled.join("\n"),
            /target group application: the account registers no target/,
        );
    });
});
