import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { type Outcome, startAudit } from "./auditProcess";
import { distribution, exported, fakePulumi, only, temporaryFolder } from "./estate";

describe("audit: interrupted and resumed", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const at = (...parts: string[]) => path.join(folder.path, ...parts);
    const run = (args: readonly string[]) => startAudit(folder.path, args).outcome;
    const config = ["--policy-config", "only.json"];
    after(() => folder.remove());

    const names = Array.from({ length: 8 }, (_, index) => `acme/shop/stack${index}`);
    const args = ["s3://states", "--parallel", "1", "--resume", "resume.journal", "--json", ...config];
    const exports = () =>
        existsSync(at("exports.log")) ? readFileSync(at("exports.log"), "utf8").trim().split("\n") : [];
    let pulumi: string;
    before(() => {
        writeFileSync(at("only.json"), JSON.stringify(only("cloudfront-origin-https-only")));
        const states = names.map((name, index) => [name, exported([distribution(`stack${index}`, "web")])]);
        pulumi = fakePulumi(folder.path, Object.fromEntries(states) as Record<string, string>, 150);
    });

    async function interrupt(signal: NodeJS.Signals): Promise<Outcome> {
        const { child, outcome } = startAudit(folder.path, [...args, "--pulumi", pulumi]);
        const already = exports().length;
        while (exports().length < already + 3) {
            await wait(20);
        }
        child.kill(signal);
        return outcome;
    }

    it("Ctrl-C shows what was audited and answers 130; killed or not, the next run goes on where it stopped", async () => {
        const { code, stdout, stderr } = await interrupt("SIGINT");
        assert.equal(code, 130);
        assert.match(stderr, /Interrupted/);
        const partial = JSON.parse(stdout) as { totals: { stacks: number; remaining: number } };
        assert.ok(partial.totals.stacks >= 1 && partial.totals.remaining >= 1);
        assert.equal(partial.totals.stacks + partial.totals.remaining, names.length);

        await interrupt("SIGKILL");
        const killedAt = exports().length;
        // A line that was being written when the process died.
        writeFileSync(at("resume.journal"), `${readFileSync(at("resume.journal"), "utf8")}{"key":"cut o`);
        const known = readFileSync(at("resume.journal"), "utf8")
            .split("\n")
            .filter((line) => line.endsWith("}")).length;
        assert.ok(known >= 4);

        const resumed = await run([...args, "--pulumi", pulumi]);
        assert.equal(resumed.code, 1);
        const whole = JSON.parse(resumed.stdout) as { totals: { stacks: number; mandatory: number } };
        assert.deepEqual([whole.totals.stacks, whole.totals.mandatory], [names.length, names.length]);
        const again = exports().slice(killedAt);
        assert.ok(again.length < names.length - 2, `exported again: ${again.join(" ")}`);

        const nothingNew = await run([...args, "--pulumi", pulumi]);
        assert.equal(nothingNew.stdout, resumed.stdout);
        assert.equal(exports().length, killedAt + again.length);
    });

    it("starts over where the configuration is another", async () => {
        const before = exports().length;
        writeFileSync(at("other.json"), JSON.stringify(only("cloudfront-origin-https-only", "advisory")));
        const { code } = await run([...args, "--pulumi", pulumi, "--policy-config", "other.json"]);
        assert.deepEqual([code, exports().length - before], [0, names.length]);
    });

    it("ends at once where it judges one state: while its only thread is at work, it hears of no signal", async () => {
        execFileSync("mkfifo", [at("waiting.json")]);
        const { child, outcome } = startAudit(folder.path, ["waiting.json", ...config]);
        // Opens when the audit has opened it to read, and gives it nothing.
        const writer = await open(at("waiting.json"), "w");
        child.kill("SIGINT");
        assert.deepEqual(await outcome, { code: null, stdout: "", stderr: "" });
        assert.equal(child.signalCode, "SIGINT");
        await writer.close();
    });
});
