/**
 * Sends 50,000 requests through the rehearsed edge, half over HTTP/1.1 and half over HTTP/2, and looks at what its
 * process holds meanwhile. Fails where a request fails or where the memory grows; writes benchmarks/results/traffic.md
 * with `--write`.
 *
 *     npm run benchmark:traffic [-- --write] [--requests 50000]
 */
import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { Agent, request } from "node:https";
import * as path from "node:path";
import { connect as connectTls } from "node:tls";
import { parseArgs } from "node:util";
import { type Machine, machine } from "../measure";
import type { Held, Told } from "./served";

const viewer = "www.example.com";
/** Requests under way at once, and steps after which the memory is looked at. */
const [atOnce, steps] = [40, 10];
/** Bytes of heap that the second half may add: 80 for each of 25,000 requests. By then the wire taps are full. */
const mostGrowth = 2 * 1024 * 1024;

interface Step {
    readonly protocol: string;
    readonly requests: number;
    readonly failed: number;
    readonly seconds: number;
    readonly held: Held;
}

type Ask = () => Promise<number>;

async function main(): Promise<void> {
    const { values } = parseArgs({
        options: { write: { type: "boolean", default: false }, requests: { type: "string", default: "50000" } },
    });
    const each = Math.ceil(Number(values.requests) / (2 * steps));
    const child = fork(path.join(__dirname, "served.ts"), {
        execArgv: ["--expose-gc", "--require", path.join(__dirname, "..", "..", "test", "register.cjs")],
    });
    try {
        const told = await heard<Told>(child);
        const measured: Step[] = [];
        for (const [protocol, connected] of [
            ["HTTP/1.1", http1],
            ["HTTP/2", http2],
        ] as const) {
            // Only now: an edge ends a connection on which nothing is asked.
            const client = connected(told);
            for (let step = 0; step < steps; step++) {
                const started = Date.now();
                const failed = await many(each, client.ask);
                const seconds = (Date.now() - started) / 1000;
                const held = await holds(child);
                measured.push({ protocol, requests: each, failed, seconds, held });
                process.stderr.write(`${protocol}: ${each} in ${seconds} s, ${mebibytes(held.heap)} MiB of heap\n`);
            }
            client.close();
        }
        judge(measured);
        if (values.write) {
            const file = path.join(path.dirname(__dirname), "results", "traffic.md");
            writeFileSync(file, report(measured, machine()));
        }
    } finally {
        child.disconnect();
    }
}

function judge(measured: readonly Step[]): void {
    const failed = measured.reduce((sum, one) => sum + one.failed, 0);
    const heaps = measured.map(({ held }) => held.heap);
    const growth = (heaps.at(-1) ?? 0) - (heaps[steps - 1] ?? 0);
    const problems = [
        ...(failed > 0 ? [`${failed} requests failed: ${measured.at(-1)?.held.problems.join("; ") ?? ""}`] : []),
        ...(growth > mostGrowth ? [`the heap has grown by ${mebibytes(growth)} MiB in the second half`] : []),
    ];
    if (problems.length > 0) {
        process.stderr.write(`${problems.join("\n")}\n`);
        process.exitCode = 1;
    }
}

function http1({ port, certificateAuthority }: Told): { readonly ask: Ask; readonly close: () => void } {
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce, ca: certificateAuthority, servername: viewer });
    const ask = async () =>
        new Promise<number>((resolve, reject) => {
            const sent = request({ agent, host: "127.0.0.1", port, headers: { host: viewer, "user-agent": "load" } });
            sent.on("error", reject);
            sent.on("response", (response) => {
                response.on("error", reject).on("end", () => resolve(response.statusCode ?? 0));
                response.resume();
            });
            sent.end();
        });
    return { ask, close: () => agent.destroy() };
}

function http2({ port, certificateAuthority }: Told): { readonly ask: Ask; readonly close: () => void } {
    const session = connectHttp2(`https://${viewer}`, {
        createConnection: () =>
            connectTls({
                host: "127.0.0.1",
                port,
                servername: viewer,
                ALPNProtocols: ["h2"],
                ca: certificateAuthority,
            }),
    });
    session.on("error", () => undefined);
    const ask = async () =>
        new Promise<number>((resolve, reject) => {
            const stream = session.request({ ":path": "/", "user-agent": "load" });
            let status = 0;
            stream.on("response", (headers) => (status = headers[":status"] ?? 0));
            stream.on("error", reject).on("end", () => resolve(status));
            stream.resume();
        });
    return { ask, close: () => session.destroy() };
}

/** @returns how many were not answered with 200 */
async function many(count: number, ask: Ask): Promise<number> {
    let [next, failed] = [0, 0];
    const work = async () => {
        while (next++ < count) {
            const status = await ask().catch(() => 0);
            failed += status === 200 ? 0 : 1;
        }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return failed;
}

async function heard<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        const ended = (code: number | null) => reject(new Error(`the process that serves ended with ${code}`));
        child.once("exit", ended);
        child.once("message", (message) => {
            child.removeListener("exit", ended);
            resolve(message as T);
        });
    });
}

async function holds(child: ChildProcess): Promise<Held> {
    const held = heard<Held>(child);
    child.send("how much?");
    return held;
}

function mebibytes(bytes: number): string {
    return (bytes / 1024 / 1024).toFixed(1);
}

function report(measured: readonly Step[], { cores, node, platform }: Machine): string {
    const rows = measured.map(
        ({ protocol, requests, failed, seconds, held }) =>
            `| ${protocol} | ${requests} | ${failed} | ${Math.round(requests / seconds)} | ${mebibytes(held.heap)} | ${mebibytes(held.resident)} |`,
    );
    const all = measured.reduce((sum, one) => sum + one.requests, 0);
    return `# ${all.toLocaleString("en")} requests through the rehearsed edge

Each goes through every hop: edge, web ACL, load balancer and target, TLS on each, ${atOnce} at once. The memory is that of the process that serves, after a garbage collection; it rises until the wire taps have the 16 MiB that each keeps of its hop. \`npm run benchmark:traffic\` measures it again, and fails where a request fails or the second half adds to the heap. Measured on ${cores} cores, ${platform}, Node.js ${node}, beside other work.

| protocol | requests | failed | in a second | heap, MiB | resident, MiB |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}

void main();
