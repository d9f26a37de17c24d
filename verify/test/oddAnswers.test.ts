import assert from "node:assert/strict";
import { createServer as createHttp2Server } from "node:http2";
import type { RequestListener } from "node:http";
import type { Socket } from "node:net";
import { table } from "../table";
import { verify } from "../verify";
import {
    cloudFrontHeaders,
    closed,
    expectVerdicts,
    findingOf,
    likeCloudFront,
    redirectToHttps,
    reportOf,
    strongTls as tls,
    target,
    useTestEdge,
} from "./testNetwork";

describe("no false pass: where answers are odd", function () {
    this.timeout(60_000);
    const edge = useTestEdge();
    const { servers } = edge;

    const overHttps = async (serve: RequestListener) =>
        reportOf(await edge.networkWith({ 443: await servers.secure({ ...edge.good, ...tls }, serve) }));
    const inClear = async (serve: RequestListener) =>
        reportOf(await edge.networkWith({ 80: await servers.plain(serve) }));
    const isHttp2 = (request: Parameters<RequestListener>[0]) => request.httpVersion === "2.0";

    const http2: Readonly<Record<string, readonly [string, RegExp, RequestListener]>> = {
        "is answered by another server": [
            "viewer-http2",
            /no sign of CloudFront/,
            (_, response) => response.writeHead(200, { server: "other" }).end(),
        ],
        "leads to plaintext": [
            "viewer-http2",
            /leads to plaintext/,
            (_, response) =>
                response.writeHead(302, { ...cloudFrontHeaders, location: "http://www.example.com/" }).end(),
        ],
        "is answered without Strict-Transport-Security": [
            "viewer-hsts",
            /HTTP\/2: no such header/,
            (_, response) => response.writeHead(200, { ...cloudFrontHeaders, server: "application" }).end(),
        ],
    };
    for (const [what, [probe, words, serve]] of Object.entries(http2)) {
        it(`HTTP/2 ${what}, HTTP/1.1 as it should be`, async () => {
            const report = await overHttps((request, response) =>
                isHttp2(request) ? serve(request, response) : likeCloudFront(request, response),
            );
            expectVerdicts(report, { "viewer-https": "pass", [probe]: "fail" });
            assert.match(findingOf(report, probe).seen, words);
            assert.equal(report.verdict, "fail");
        });
    }

    const second: Readonly<Record<string, readonly [string, RequestListener]>> = {
        "sends no Strict-Transport-Security": [
            "viewer-hsts",
            (request, response) => {
                const refused = request.headers["user-agent"] === undefined;
                const headers = { ...cloudFrontHeaders, server: refused ? "CloudFront" : "application" };
                response.writeHead(refused ? 403 : 200, headers).end();
            },
        ],
        "answers any Host": [
            "viewer-unknown-host",
            (request, response) => {
                request.headers.host = "www.example.com";
                likeCloudFront(request, response);
            },
        ],
    };
    for (const [what, [probe, serve]] of Object.entries(second)) {
        it(`the second address ${what}`, async () => {
            const good = await servers.secure({ ...edge.good, ...tls });
            const other = await servers.secure({ ...edge.good, ...tls }, serve);
            expectVerdicts(await reportOf(await edge.networkWith({ 443: [good, other] })), { [probe]: "fail" });
        });
    }

    it("no firewall at the address of IPv6", async () => {
        const good = await servers.secure({ ...edge.good, ...tls });
        const open: RequestListener = (request, response) => {
            request.headers["user-agent"] ??= "any";
            likeCloudFront(request, response);
        };
        const six = await servers.secure({ ...edge.good, ...tls }, open, "::1");
        const report = await reportOf(await edge.networkWith({ 443: [good, six] }));
        expectVerdicts(report, { "viewer-addresses": "pass", "viewer-firewall": "fail" });
    });

    it("nor a false alarm: a name with addresses of IPv6 only", async () => {
        const six = await servers.secure({ ...edge.good, ...tls }, likeCloudFront, "::1");
        const report = await reportOf(await edge.networkWith({ 443: six }));
        assert.equal(report.verdict, "pass", table(report));
        assert.match(findingOf(report, "viewer-addresses").seen, /0 of IPv4 and 1 of IPv6/);
    });

    it("a firewall that is none: the origin breaks on what it does not understand", async () => {
        const report = await overHttps((request, response) =>
            request.headers["user-agent"] === undefined
                ? response.writeHead(502, { ...cloudFrontHeaders, server: "CloudFront" }).end()
                : likeCloudFront(request, response),
        );
        assert.notEqual(findingOf(report, "viewer-firewall").verdict, "pass", table(report));
    });

    for (const method of ["POST", "OPTIONS", "HEAD"]) {
        it(`plaintext is answered to ${method}`, async () => {
            const report = await inClear((request, response) =>
                request.method === method ? response.end("in clear") : redirectToHttps(request, response),
            );
            expectVerdicts(report, { "viewer-http": "fail" });
            assert.match(findingOf(report, "viewer-http").seen, new RegExp(`status 200 in plaintext for ${method} `));
        });
    }

    it("nor a false alarm: a redirect that allows GET and HEAD only", async () => {
        const report = await inClear((request, response) =>
            request.method === "GET" || request.method === "HEAD"
                ? redirectToHttps(request, response)
                : response.writeHead(405).end(),
        );
        expectVerdicts(report, { "viewer-http": "pass" });
    });

    it("HTTP/2 in plaintext, without any upgrade", async () => {
        const server = createHttp2Server((_, response) => response.end("in clear"));
        server.on("sessionError", () => undefined);
        const http1 = await servers.plain(redirectToHttps);
        const both = await servers.raw((socket: Socket) => {
            socket.once("data", (first: Buffer) => {
                socket.pause();
                if (first.toString("latin1").startsWith("PRI * HTTP/2.0")) {
                    socket.unshift(first);
                    server.emit("connection", socket);
                    return;
                }
                const [, path = "/"] = /^\w+ (\S+)/.exec(first.toString("latin1")) ?? [];
                socket.end(
                    `HTTP/1.1 301 Moved\r\nLocation: https://www.example.com${path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
                );
            });
        });
        assert.ok(http1.port);
        const report = await reportOf(await edge.networkWith({ 80: both }));
        expectVerdicts(report, { "viewer-http": "fail" });
        assert.match(findingOf(report, "viewer-http").seen, /HTTP\/2 without TLS/);
    });

    const ways: Readonly<Record<string, readonly [RequestListener, "fail" | "cannot tell"]>> = {
        "a Refresh header that leads to plaintext": [
            (_, response) =>
                response.writeHead(200, { ...cloudFrontHeaders, refresh: "0; url=http://www.example.com/login" }).end(),
            "fail",
        ],
        "a redirect to plaintext at the sixth step": [
            (request, response) => {
                const step = Number(request.url?.slice(1) || "0");
                const location = step === 5 ? "http://www.example.com/" : `/${step + 1}`;
                response.writeHead(302, { ...cloudFrontHeaders, location }).end();
            },
            "fail",
        ],
        "redirects without an end": [
            (request, response) => response.writeHead(302, { ...cloudFrontHeaders, location: `${request.url}a` }).end(),
            "cannot tell",
        ],
        "a redirect to where nothing is answered": [
            (request, response) =>
                request.url === "/"
                    ? response.writeHead(302, { ...cloudFrontHeaders, location: "/login" }).end()
                    : undefined,
            "cannot tell",
        ],
    };
    for (const [what, [serve, verdict]] of Object.entries(ways)) {
        it(what, async () => {
            expectVerdicts(await overHttps(serve), { "viewer-https": verdict });
        });
    }

    for (const port of [81, 4443, 8081, 8888, 9443]) {
        it(`the origin is open at port ${port}`, async () => {
            const open = await servers.secure({ ...edge.good, ...tls });
            expectVerdicts(await reportOf(await edge.networkWith({}, { [port]: open })), {
                "origin-other-ports": "fail",
            });
        });
    }

    const strangers: Readonly<Record<string, RequestListener>> = {
        "on any path but the first": (request, response) =>
            response.writeHead(request.url === "/" ? 403 : 200, { server: "awselb/2.0" }).end(),
        "with the viewers' Host": (request, response) =>
            response.writeHead(request.headers.host === "www.example.com" ? 200 : 403, { server: "awselb/2.0" }).end(),
        "with another method": (request, response) =>
            response.writeHead(request.method === "GET" ? 403 : 200, { server: "awselb/2.0" }).end(),
    };
    const fromCloudFront = async (serve: RequestListener) => {
        const certificate = await edge.authority.issue({ names: ["origin.example.com"] });
        const network = await edge.networkWith();
        const door = await servers.secure({ ...certificate, ...tls }, serve);
        const host = { 443: door, 80: closed };
        return verify({
            target,
            network: { ...network, hostsFromCloudFront: { "origin.example.com": host } },
            timeoutSeconds: 1,
        });
    };
    for (const [what, serve] of Object.entries(strangers)) {
        it(`the load balancer lets another distribution in ${what}`, async () => {
            expectVerdicts(await fromCloudFront(serve), { "origin-refuses-strangers": "fail" });
        });
    }

    it("nor a false alarm: a load balancer that refuses whatever lacks the secret", async () => {
        const report = await fromCloudFront((_, response) => response.writeHead(403, { server: "awselb/2.0" }).end());
        expectVerdicts(report, { "origin-refuses-strangers": "pass" });
    });
});
