import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { connect as connectHttp2 } from "node:http2";
import { request } from "node:https";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { serveTraffic, type Traffic } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, secret, set } from "./account";
import { type Answer, type Asked, type Echo, Served, viewer } from "./served";

describe("the rehearsed edge and load balancer", () => {
    let served: Served;
    let traffic: Traffic;

    async function serve(change?: Parameters<typeof Served.start>[0]): Promise<void> {
        served = await Served.start(change);
        ({ traffic } = served);
    }

    afterEach(() => traffic.close());

    const ask = (options?: Asked) => served.ask(options);
    const port = (number: number, name?: string) => served.port(number, name);
    const echoOf = (answer: Answer) => JSON.parse(answer.body) as Echo;

    it("show the application what AWS shows it, and never the secret", async () => {
        await serve();
        const answer = await ask({
            path: "/orders?page=2",
            headers: { "x-origin-verify": "forged", "x-forwarded-for": "198.51.100.1", cookie: "a=1; b=2" },
        });
        assert.equal(answer.status, 200);
        const { path, transport, headers } = echoOf(answer);
        assert.equal(path, "/orders?page=2");
        assert.match(transport, /^TLSv1\.3, /);
        assert.equal(headers.host, "origin.example.com");
        assert.match(headers["x-forwarded-for"] ?? "", /^198\.51\.100\.1, 127\.0\.0\.1, 127\.\d+\.0\.1$/);
        assert.deepEqual([headers["x-forwarded-proto"], headers["x-forwarded-port"]], ["https", "443"]);
        assert.match(headers.via ?? "", /cloudfront\.net \(CloudFront\)$/);
        // The custom header of the origin won over what the viewer forged, or the rule would not have forwarded.
        assert.equal(headers["x-origin-verify"], `(${secret.length} characters, not shown)`);
        assert.equal(headers.cookie, "(8 characters, not shown)");
        assert.ok(!answer.body.includes(secret));
    });

    it("add CloudFront's headers and the response headers policy", async () => {
        await serve();
        const { headers } = await ask();
        assert.equal(headers["strict-transport-security"], "max-age=63072000; includeSubDomains");
        assert.equal(headers["x-frame-options"], "DENY");
        assert.equal(headers["x-cache"], "Miss from cloudfront");
        assert.match(headers.via ?? "", /\.cloudfront\.net \(CloudFront\)$/);
        assert.ok(headers["x-amz-cf-id"]);
    });

    it("forward by policy: without an origin request policy neither cookies nor query strings nor headers pass", async () => {
        await serve(({ distribution }) => set(distribution, "defaultCacheBehavior.originRequestPolicyId", undefined));
        const { path, headers } = echoOf(
            await ask({ path: "/orders?page=2", headers: { cookie: "a=1", "x-own": "1" } }),
        );
        assert.equal(path, "/orders");
        assert.equal(headers.cookie, undefined);
        assert.equal(headers["x-own"], undefined);
        assert.equal(headers["user-agent"], "Amazon CloudFront");
    });

    it("forward the viewer's Host where the policy says so and the certificate covers it", async () => {
        await serve(({ distribution, originCertificate }) => {
            set(distribution, "defaultCacheBehavior.originRequestPolicyId", "216adef6-5c7f-47e4-b989-5492eafa07d3");
            set(originCertificate, "subjectAlternativeNames", ["origin.example.com", viewer]);
        });
        assert.equal(echoOf(await ask()).headers.host, viewer);
    });

    it("pass a large body through every hop, over HTTP/1.1 and HTTP/2", async () => {
        await serve(({ webAcl }) => set(webAcl, "rules", []));
        const body = randomBytes(3_000_000);
        assert.equal((await ask({ method: "POST", body })).status, 200);
        const session = connectHttp2(`https://${viewer}`, {
            createConnection: () =>
                connectTls({
                    host: "127.0.0.1",
                    port: port(443),
                    servername: viewer,
                    ALPNProtocols: ["h2"],
                    ca: traffic.network.certificateAuthority,
                }),
        });
        const status = await new Promise((resolve, reject) => {
            session.on("error", reject);
            const stream = session.request({ ":path": "/", ":method": "PUT", "user-agent": "test" });
            stream.on("response", (headers) => resolve(headers[":status"]));
            stream.on("error", reject);
            stream.end(body);
        });
        session.destroy();
        assert.equal(status, 200);
        const passed = traffic.network.wire().filter((one) => one.bytes > 2 * body.length);
        assert.deepEqual(passed.map((one) => one.hop).sort(), [
            "CloudFront to load balancer",
            "load balancer to target",
            "viewer to CloudFront",
        ]);
    });

    it("redirect plain HTTP, keeping the method of what is not a GET", async () => {
        await serve();
        const get = await ask({ scheme: "http", path: "/a?b=c" });
        assert.deepEqual([get.status, get.headers.location], [301, `https://${viewer}/a?b=c`]);
        assert.equal((await ask({ scheme: "http", method: "POST" })).status, 307);
    });

    it("refuse plain HTTP where only HTTPS is allowed", async () => {
        await serve(({ distribution }) => set(distribution, "defaultCacheBehavior.viewerProtocolPolicy", "https-only"));
        assert.equal((await ask({ scheme: "http" })).status, 403);
    });

    it("refuse methods that the behaviour does not allow, by the first path pattern that matches", async () => {
        await serve(({ distribution }) => {
            const { properties } = distribution;
            const readOnly = {
                ...(properties.defaultCacheBehavior as object),
                pathPattern: "/static/*",
                allowedMethods: ["GET", "HEAD"],
            };
            set(distribution, "orderedCacheBehaviors", [readOnly]);
        });
        assert.equal((await ask({ method: "DELETE", path: "/static/a" })).status, 403);
        assert.equal((await ask({ method: "DELETE", path: "/orders/1" })).status, 200);
    });

    it("refuse names that are nobody's, and names of another distribution than the certificate's", async () => {
        await serve();
        assert.equal((await ask({ headers: { host: "unknown.example.net" } })).status, 403);
        assert.equal((await ask({ headers: { host: "d111111abcdef8.cloudfront.net" } })).status, 200);
        assert.equal((await ask({ servername: "d111111abcdef8.cloudfront.net" })).status, 421);
    });

    it("refuse everything of a distribution that is switched off", async () => {
        await serve(({ distribution }) => set(distribution, "enabled", false));
        assert.equal((await ask()).status, 403);
    });

    it("let the firewall block before anything else, and limit the rate", async () => {
        await serve(({ webAcl }) => set(webAcl, "rules.1.statement.rateBasedStatement.limit", 10));
        const statuses: number[] = [];
        for (let count = 0; count < 12; count++) {
            statuses.push((await ask()).status);
        }
        assert.deepEqual(statuses, [...Array<number>(10).fill(200), 403, 403]);
        assert.match(served.problems.join("\n"), /web ACL blocked a request, rule rate/);
        assert.ok(traffic.notModelled.some((one) => one.includes("common")));
    });

    it("answer at the load balancer with its own 403 to whoever has no secret", async () => {
        await serve();
        const place = traffic.network.hostsFromCloudFront["origin.example.com"]?.[443];
        const answer = await ask({
            port: place?.port,
            localAddress: place?.from,
            servername: "origin.example.com",
            headers: { host: "origin.example.com" },
        });
        assert.deepEqual([answer.status, answer.body, answer.headers.server], [403, "Forbidden", "awselb/2.0"]);
    });

    it("do not name the load balancer where its listener is told not to", async () => {
        await serve(({ listener, rule }) => {
            set(listener, "routingHttpResponseServerEnabled", false);
            set(rule, "conditions.0.httpHeader.values", ["another"]);
        });
        const { status, headers } = await ask();
        assert.deepEqual([status, headers.server], [403, "CloudFront"]);
    });

    it("accept the previous secret as well as the current one", async () => {
        await serve(({ distribution }) => set(distribution, "origins.0.customHeaders.0.value", "previous"));
        assert.equal((await ask()).status, 200);
    });

    it("answer 503 where the target group is not there", async () => {
        await serve(({ rule }) => set(rule, "actions.0.targetGroupArn", "arn:nothing"));
        assert.equal((await ask()).status, 503);
    });

    it("survive garbage on every port", async () => {
        await serve();
        const { hosts, hostsFromCloudFront } = traffic.network;
        const ports = new Set(
            [hosts, hostsFromCloudFront].flatMap((map) =>
                Object.values(map).flatMap((host) =>
                    Object.values(host).flatMap((one) => (one.port === undefined ? [] : [one.port])),
                ),
            ),
        );
        assert.ok(ports.size >= 3);
        const garbage = [
            Buffer.alloc(0),
            Buffer.from("\r\n\r\n"),
            Buffer.from("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n"),
            Buffer.from(`GET ${"/".repeat(100_000)} HTTP/1.1\r\n\r\n`),
            Buffer.from([22, 3, 1, 255, 255]),
            Buffer.from([22, 3, 1, 0, 5, 1, 0, 0, 1, 3]),
            randomBytes(200_000),
            Buffer.concat([Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), randomBytes(505)]),
        ];
        await Promise.all(
            [...ports].flatMap((one) =>
                garbage.map(
                    (bytes) =>
                        new Promise<void>((resolve) => {
                            const socket = connect(one, "127.0.0.1");
                            socket.on("error", () => undefined);
                            socket.on("close", () => resolve());
                            socket.setTimeout(500, () => socket.destroy());
                            socket.on("data", () => undefined);
                            socket.end(bytes);
                        }),
                ),
            ),
        );
        // A connection that is cut in the middle of a request, too.
        const cut = request({
            host: "127.0.0.1",
            port: port(443),
            servername: viewer,
            ca: traffic.network.certificateAuthority,
            headers: { host: viewer, "content-length": "1000000" },
            method: "POST",
        });
        cut.on("error", () => undefined);
        cut.write("x".repeat(1000));
        setTimeout(() => cut.destroy(), 50);
        await new Promise((resolve) => cut.on("close", resolve));
        assert.equal((await ask()).status, 200);
    });

    it("say what is wrong with a value that AWS does not have", async () => {
        await serve();
        const account = encryptedEdgeAccount();
        set(account.listener, "sslPolicy", "ELBSecurityPolicy-Best");
        await assert.rejects(
            serveTraffic({ account: Object.values(account) }),
            /port 443 has sslPolicy ELBSecurityPolicy-Best/,
        );
        await assert.rejects(
            serveTraffic({ account: [], forMinutes: 0 }),
            /forMinutes is 0: give a number from 0\.01 to 120/,
        );
    });

    it("end by themselves", async () => {
        served = await Served.start(undefined, 0.01);
        ({ traffic } = served);
        await ask();
        await traffic.closed;
        await assert.rejects(ask(), /ECONNREFUSED/);
    });

    it("serve an account without anything", async () => {
        traffic = await serveTraffic({ account: [], forMinutes: 1 });
        assert.deepEqual(traffic.network.hosts, {});
    });
});
