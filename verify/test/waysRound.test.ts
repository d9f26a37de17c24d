import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { table } from "../table";
import { verify } from "../verify";
import {
    closed,
    cloudFrontHeaders,
    expectVerdicts,
    findingOf,
    redirectToHttps,
    reportOf,
    strongTls as tls,
    target,
    useTestEdge,
} from "./testNetwork";

describe("no false pass: where there is a way round, and no false alarm", function () {
    this.timeout(30_000);
    const edge = useTestEdge();
    const { servers } = edge;

    it("nor a false alarm: an edge as it should be passes, whatever the other hops hide", async () => {
        const report = await reportOf(await edge.networkWith());
        assert.equal(report.verdict, "pass", table(report));
        const others = report.findings.filter((one) => one.verdict !== "pass").map((one) => one.verdict);
        assert.ok(
            others.every((one) => one === "cannot tell"),
            table(report),
        );
    });

    const ways: readonly (readonly [string, string, RequestListener, RegExp])[] = [
        [
            "HTTPS redirects to HTTP",
            "viewer-https",
            (_, response) =>
                response.writeHead(302, { ...cloudFrontHeaders, location: "http://www.example.com/login" }).end(),
            /HTTPS leads to plaintext/,
        ],
        [
            "HTTPS redirects to HTTP at the second step",
            "viewer-https",
            (request, response) =>
                response
                    .writeHead(302, {
                        ...cloudFrontHeaders,
                        location: request.url === "/" ? "/login" : "http://elsewhere.example.com/",
                    })
                    .end(),
            /HTTPS leads to plaintext/,
        ],
        [
            "another server sends one header of CloudFront's",
            "viewer-https",
            (_, response) => response.writeHead(200, { "x-amz-cf-id": cloudFrontHeaders["x-amz-cf-id"] }).end(),
            /CloudFront would send x-amz-cf-pop, x-cache, via as well/,
        ],
        [
            "no firewall blocks anything",
            "viewer-firewall",
            (_, response) => response.writeHead(200, { ...cloudFrontHeaders, server: "application" }).end(),
            /none of 3 requests was blocked/,
        ],
    ];
    for (const [what, probe, serve, words] of ways) {
        it(what, async () => {
            const report = await reportOf(
                await edge.networkWith({ 443: await servers.secure({ ...edge.good, ...tls }, serve) }),
            );
            expectVerdicts(report, { [probe]: "fail" });
            assert.match(findingOf(report, probe).seen, words);
        });
    }

    for (const open of ["/health", undefined]) {
        it(`plaintext is answered on ${open ?? "any other path"}`, async () => {
            const serve: RequestListener = (request, response) =>
                request.url === open || (open === undefined && request.url !== "/" && request.url !== "/health")
                    ? response.end("in clear")
                    : redirectToHttps(request, response);
            const network = await edge.networkWith({ 80: await servers.plain(serve) });
            const report = await verify({ target, network, path: "/health", timeoutSeconds: 1 });
            expectVerdicts(report, { "viewer-http": "fail" });
        });
    }

    it("where this machine cannot reach an address: that is said, and what is open there is not closed", async () => {
        // The loopback address has no way out, as a machine without IPv6 has none.
        const unreachable = { address: "2001:db8::1", port: 443, from: "::1" };
        const good443 = await servers.secure({ ...edge.good, ...tls });
        const report = await reportOf(
            await edge.networkWith({ 443: [good443, unreachable] }, { 443: [closed, unreachable] }),
        );
        expectVerdicts(report, {
            "viewer-addresses": "cannot tell",
            "viewer-https": "pass",
            "origin-network-closed": "cannot tell",
        });
        assert.match(findingOf(report, "viewer-addresses").seen, /1 of IPv4 and 0 of IPv6 reached; not probed: \[2001/);
        assert.match(report.summary, /Some addresses .* were not reached from here/);
        assert.equal(report.verdict, "cannot tell");
    });

    it("where plain HTTP redirects to a name that only looks alike", async () => {
        for (const [location, verdict] of [
            ["https://www.example.com?a=b", "pass"],
            ["https://www.example.com:443/", "pass"],
            ["https://www.example.com.evil.example/", "fail"],
            ["https://www.example.com@evil.example/", "fail"],
            ["https://www.example.com:8443/", "fail"],
            ["//www.example.com/", "fail"],
        ] as const) {
            const serve: RequestListener = (_, response) => response.writeHead(301, { location }).end();
            const report = await reportOf(await edge.networkWith({ 80: await servers.plain(serve) }));
            expectVerdicts(report, { "viewer-http": verdict });
        }
    });

    it("where the origin was not named: a report without it proves nothing about it", async () => {
        const network = await edge.networkWith();
        const report = await verify({ target: { domainNames: ["www.example.com"] }, network, timeoutSeconds: 1 });
        assert.equal(report.verdict, "cannot tell");
        assert.match(report.summary, /CloudFront to load balancer/);
    });

    it("where a server steers the terminal: its words are spelled out", async () => {
        const server = await servers.raw((socket) =>
            socket.on("data", () =>
                socket.end(
                    "HTTP/1.1 302 Found\r\nLocation: http://x/\x9b2J\x85\r\nContent-Length: 0\r\n\r\n",
                    "latin1",
                ),
            ),
        );
        const report = await reportOf(await edge.networkWith({ 80: server }));
        expectVerdicts(report, { "viewer-http": "fail" });
        assert.doesNotMatch(table(report).replaceAll("\n", ""), /\p{Cc}/u);
    });
});
