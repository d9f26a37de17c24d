import assert from "node:assert/strict";
import type { Socket } from "node:net";
import type { Door } from "../network";
import { table } from "../table";
import { closed, expectVerdicts, findingOf, reportOf, strongTls as tls, useTestEdge } from "./testNetwork";

describe("no false pass: where a port is open, or nobody knows", function () {
    this.timeout(30_000);
    const edge = useTestEdge();
    const { servers } = edge;

    const https: Readonly<Record<string, () => Promise<Door>>> = {
        "says nothing": () => servers.raw(() => undefined),
        "resets on the ClientHello": () => servers.raw((socket) => socket.on("data", () => socket.resetAndDestroy())),
        "closes at once": () => servers.raw((socket) => socket.end()),
        "answers after the time-out": () =>
            servers.secure({ ...edge.good, ...tls }, (_, response) => void setTimeout(() => response.end(), 3000)),
        "sends headers of 20 KB": () =>
            servers.secure({ ...edge.good, ...tls }, (_, response) =>
                response.writeHead(403, { x: "y".repeat(20_000) }).end(),
            ),
        "demands a client's certificate": () =>
            servers.secure({
                ...edge.good,
                ...tls,
                requestCert: true,
                rejectUnauthorized: true,
                ca: edge.authority.pem,
            }),
        "is no TLS": () => servers.plain((_, response) => response.end("hello")),
        "answers 403": () => servers.secure({ ...edge.good, ...tls }, (_, response) => response.writeHead(403).end()),
    };
    for (const [what, door] of Object.entries(https)) {
        it(`and ${what} on port 443`, async () => {
            const report = await reportOf(await edge.networkWith({}, { 443: await door() }));
            expectVerdicts(report, { "origin-network-closed": "fail" });
            assert.equal(report.verdict, "fail");
        });
    }

    const odd: Readonly<Record<string, (socket: Socket) => void>> = {
        "says nothing": () => undefined,
        "speaks something else": (socket) => socket.write("220 mail ready\r\n"),
        "closes at once": (socket) => socket.end(),
        "resets after the request": (socket) => socket.on("data", () => socket.resetAndDestroy()),
    };
    for (const [what, serve] of Object.entries(odd)) {
        it(`and ${what} on port 80`, async () => {
            const report = await reportOf(await edge.networkWith({}, { 80: await servers.raw(serve) }));
            expectVerdicts(report, { "origin-http-closed": "fail", "origin-network-closed": "pass" });
        });

        it(`as port 80 of the viewers' name, which ${what}`, async () => {
            const report = await reportOf(await edge.networkWith({ 80: await servers.raw(serve) }));
            assert.notEqual(findingOf(report, "viewer-http").verdict, "pass", table(report));
            assert.notEqual(report.verdict, "pass");
        });
    }

    it("at another port", async () => {
        const report = await reportOf(
            await edge.networkWith({}, { 8443: await servers.secure({ ...edge.good, ...tls }) }),
        );
        expectVerdicts(report, { "origin-other-ports": "fail" });
        assert.match(findingOf(report, "origin-other-ports").seen, /8443/);
    });

    it("at one of its addresses only", async () => {
        const open = await servers.raw((socket) => socket.end());
        const report = await reportOf(await edge.networkWith({}, { 443: [closed, open] }));
        expectVerdicts(report, { "origin-network-closed": "fail" });
    });

    it("where nothing is known of the origin's port: nobody guesses that it is closed", async () => {
        const network = await edge.networkWith();
        const report = await reportOf({ ...network, hosts: { ...network.hosts, "origin.example.com": {} } });
        expectVerdicts(report, { "origin-network-closed": "cannot tell", "origin-http-closed": "cannot tell" });
        assert.equal(report.verdict, "cannot tell");
    });

    it("where a closed port refuses the connection, but the network named it as open: serving has ended", async () => {
        const gone = await servers.raw(() => undefined);
        await servers.close();
        const network = await edge.networkWith({ 443: gone, 80: gone }, { 443: gone, 80: gone });
        const report = await reportOf(network);
        expectVerdicts(report, { "origin-network-closed": "cannot tell", "origin-http-closed": "cannot tell" });
        assert.notEqual(report.verdict, "pass");
    });
});
