import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openAccount } from "../../rehearsal/aws/account";
import { MistakeError, serveCommand } from "../../rehearsal/command";
import { rehearsalPaths } from "../../rehearsal/engine";
import { type Network, verify, type WireEvidence } from "../../verify";
import type { TrafficNetwork } from "../../rehearsal/traffic";
import { encryptedEdgeAccount, secret, set } from "../hops/account";

async function until(holds: () => boolean): Promise<void> {
    for (let tries = 0; !holds() && tries < 200; tries++) {
        await wait(20);
    }
    assert.ok(holds());
}

async function ask(hosts: TrafficNetwork["hosts"], ca: string): Promise<{ body: string }> {
    const door = hosts["www.example.com"]?.[443];
    assert.ok(door !== undefined && "port" in door);
    return new Promise((resolve, reject) => {
        const headers = { host: "www.example.com", "user-agent": "test" };
        const sent = request({
            host: door.address,
            port: door.port,
            servername: headers.host,
            ca,
            headers,
            agent: false,
        });
        sent.on("error", reject);
        sent.on("response", (response) => {
            let body = "";
            response.on("data", (chunk: Buffer) => (body += chunk.toString()));
            response.on("end", () => resolve({ body }));
        });
        sent.end();
    });
}

describe("rehearse serve", () => {
    const { stdout, stderr } = process;
    const [writeOut, writeErr] = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
    let project: string;
    let running = 0;

    beforeEach(() => {
        project = mkdtempSync(path.join(tmpdir(), "serve-"));
        writeFileSync(path.join(project, "Pulumi.yaml"), "name: served\nruntime: nodejs\n");
    });

    afterEach(() => rmSync(project, { recursive: true }));

    async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
        const written = { out: "", err: "" };
        running++;
        stdout.write = (text: string | Uint8Array) => ((written.out += String(text)), true);
        stderr.write = (text: string | Uint8Array) => ((written.err += String(text)), true);
        try {
            return { code: await serveCommand(args, project), ...written };
        } catch (error) {
            assert.ok(error instanceof MistakeError, String(error));
            return { code: 1, ...written, err: error.message };
        } finally {
            running--;
            if (running === 0) {
                stdout.write = writeOut;
                stderr.write = writeErr;
            }
        }
    }

    it("serves an account so that a prober in another process can see every hop, and ends by itself", async () => {
        const paths = rehearsalPaths(project);
        const account = openAccount(paths.account);
        for (const record of Object.values(encryptedEdgeAccount())) {
            account.put({ inputs: {}, createdAt: new Date(0).toISOString(), ...record });
        }
        const file = path.join(paths.root, "traffic", "network.json");
        const ended = run("--cwd", project, "--for", "0.08", "--quiet");
        for (let tries = 0; !existsSync(file) && tries < 100; tries++) {
            await wait(50);
        }
        const written = readFileSync(file, "utf8");
        const { wireUrl, ...plain } = JSON.parse(written) as Network & { wireUrl: string };
        const wire = async (marker?: string) =>
            (await (await fetch(`${wireUrl}?marker=${marker}`)).json()) as WireEvidence[];
        const report = await verify({
            target: { domainNames: ["www.example.com"], originDomainName: "origin.example.com" },
            network: { ...plain, wire },
        });
        assert.equal(report.verdict, "pass");
        assert.deepEqual(
            report.findings.filter((one) => one.verdict !== "pass").map((one) => one.probe),
            [],
        );

        const { code, out, err } = await ended;
        assert.equal(code, 0, err);
        assert.match(out, /not AWS/);
        assert.match(
            out,
            /curl --cacert \S+ca\.pem --connect-to www\.example\.com:443:127\.0\.0\.1:\d+ https:\/\/www\.example\.com\//,
        );
        assert.match(out, /Not modelled: web ACL rule common/);
        assert.ok(!`${out}${err}${written}`.includes(secret));
        await assert.rejects(fetch(wireUrl));
    });

    it("serves twice at once without one overwriting what the other wrote, and clears up", async () => {
        const { root, account } = rehearsalPaths(project);
        for (const record of Object.values(encryptedEdgeAccount())) {
            openAccount(account).put({ inputs: {}, createdAt: new Date(0).toISOString(), ...record });
        }
        const folders = [path.join(root, "traffic"), path.join(root, "traffic-2")];
        const ended = [run("--cwd", project, "--for", "0.06", "--quiet")];
        const networks: Network[] = [];
        for (const folder of folders) {
            const file = path.join(folder, "network.json");
            for (let tries = 0; !existsSync(file) && tries < 200; tries++) {
                await wait(20);
            }
            networks.push(JSON.parse(readFileSync(file, "utf8")) as Network);
            if (networks.length === 1) {
                ended.push(run("--cwd", project, "--for", "0.06", "--quiet"));
            }
        }
        const [one, other] = networks.map((network) => [network.hosts["www.example.com"]?.[443]].flat()[0]?.port);
        assert.ok(one !== undefined && other !== undefined && one !== other);
        for (const { code, err } of await Promise.all(ended)) {
            assert.equal(code, 0, err);
        }
        assert.deepEqual(
            folders.filter((folder) => existsSync(folder)),
            [],
        );
    });

    it("serves an application of one's own, and tells where a change has led", async () => {
        const { root, account: directory } = rehearsalPaths(project);
        const account = openAccount(directory);
        const records = encryptedEdgeAccount();
        set(records.targetGroup, "protocol", "HTTP");
        for (const record of Object.values(records)) {
            account.put({ inputs: {}, createdAt: new Date(0).toISOString(), ...record });
        }
        const own = createServer((request, response) => response.end(`own ${request.headers.host}`));
        await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
        const { port } = own.address() as AddressInfo;
        const ended = run("--cwd", project, "--for", "0.08", "--target", `localhost:${port}`);
        const file = path.join(root, "traffic", "network.json");
        const read = () => JSON.parse(readFileSync(file, "utf8")) as TrafficNetwork;
        await until(() => existsSync(file));
        const { certificateAuthority, hosts } = read();
        const { body } = await ask(hosts, certificateAuthority);
        assert.equal(body, "own origin.example.com");
        const { originA } = records;
        account.put({
            inputs: {},
            createdAt: new Date(0).toISOString(),
            ...originA,
            id: "second",
            properties: { ...originA.properties, name: "second.example.com", fqdn: "second.example.com" },
        });
        await until(() => "second.example.com" in read().hosts);
        const { code, out, err } = await ended;
        own.close();
        assert.equal(code, 0, err);
        assert.doesNotMatch(out, /an application of the rehearsal answers/);
    });

    const wrong: readonly [string, () => string[], RegExp][] = [
        ["nothing rehearsed", () => ["--cwd", project], /Nothing was rehearsed yet\. Deploy first: rehearse up/],
        ["no project", () => ["--cwd", path.parse(project).root], /There is no Pulumi project in/],
        [
            "a time that is none",
            () => ["--cwd", project, "--for", "soon"],
            /--for is "soon": give a number of minutes from 0\.01 to 120/,
        ],
        [
            "a target without a port",
            () => ["--cwd", project, "--target", "localhost"],
            /--target is "localhost": give a host and a port, such as localhost:3000/,
        ],
        [
            "a target with a path",
            () => ["--cwd", project, "--target", "http://localhost:3000/"],
            /--target is "http:\/\/localhost:3000\/": give a host and a port/,
        ],
        ["a target of no port", () => ["--cwd", project, "--target", "localhost:0"], /--target is "localhost:0": give/],
        ["an option without its value", () => ["--for"], /--for needs a value/],
        [
            "an option that is unknown",
            () => ["--quite"],
            /Unknown option --quite\. Did you mean --quiet\?[^]*rehearse serve --help/,
        ],
    ];
    for (const [what, args, message] of wrong) {
        it(`tells in words: ${what}`, async () => {
            const { code, err } = await run(...args());
            assert.equal(code, 1);
            assert.match(err, message);
            assert.doesNotMatch(err, /\n\s+at /);
        });
    }

    it("tells in words: an account without a distribution", async () => {
        openAccount(rehearsalPaths(project).account);
        const { code, err } = await run("--cwd", project);
        assert.equal(code, 1);
        assert.match(err, /no distribution to serve/);
    });
});
