import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { table } from "../table";
import { expectVerdicts, findingOf, likeCloudFront, reportOf, strongTls as tls, useTestEdge } from "./testNetwork";

describe("no false pass: where a connection ends in a way that nobody expects", function () {
    this.timeout(30_000);
    const edge = useTestEdge();
    const { servers } = edge;

    const ends: Readonly<Record<string, (server: ReturnType<typeof createSecureServer>) => void>> = {
        "closes the session": (server) => server.on("session", (session) => session.close()),
        "destroys the session": (server) => server.on("session", (session) => session.destroy()),
        "says goaway": (server) => server.on("session", (session) => session.goaway(0)),
        "closes the stream": (server) => server.on("stream", (stream) => stream.close(0)),
        "resets the connection": (server) => server.on("secureConnection", (socket: Socket) => socket.destroy()),
    };
    for (const [what, end] of Object.entries(ends)) {
        it(`a server that speaks HTTP/2 and ${what}`, async () => {
            const server = createSecureServer({ ...edge.good, ...tls, allowHTTP1: true });
            server.on("request", (request, response) => {
                if (request.httpVersion === "1.1") {
                    likeCloudFront(request as never, response as never);
                }
            });
            server.on("error", () => undefined);
            server.on("sessionError", () => undefined);
            end(server);
            const network = await edge.networkWith({ 443: await servers.listen(server) });
            const report = await reportOf(network);
            assert.notEqual(findingOf(report, "viewer-http2").verdict, "pass", table(report));
        });
    }

    it("a server that answers 101", async () => {
        const switching = (socket: Socket) =>
            socket.on("data", () =>
                socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
            );
        const report = await reportOf(await edge.networkWith({ 80: await servers.raw(switching) }));
        expectVerdicts(report, { "viewer-http": "fail" });
    });

    /** Runs the command in a process of its own. */
    async function run(args: readonly string[], hook?: string): Promise<{ code: number | null; out: string }> {
        const bin = path.join(__dirname, "..", "verify-edge.js");
        const child = spawn(process.execPath, [...(hook === undefined ? [] : ["--require", hook]), bin, ...args]);
        let out = "";
        child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
        const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
        return { code, out };
    }

    it("a promise that never settles: the process does not end well", async () => {
        const folder = mkdtempSync(path.join(tmpdir(), "verify-hook-"));
        try {
            const hook = path.join(folder, "hook.cjs");
            const command = path.join(__dirname, "..", "bin", "command.js");
            writeFileSync(
                hook,
                `require.cache[${JSON.stringify(command)}] = { id: "x", filename: ${JSON.stringify(command)}, loaded: true, exports: { command: () => new Promise(() => undefined) } };`,
            );
            assert.equal((await run(["--domain-name", "www.example.com"], hook)).code, 3);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
