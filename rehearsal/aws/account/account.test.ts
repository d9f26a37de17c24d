import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmdirSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { openAccount } from "./index";
import { RehearsedStack } from "../test/rehearsedStack";

describe("the rehearsed account", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("is readable by its owner only, and seeded once", async () => {
        assert.equal(statSync(stack.directory).mode & 0o777, 0o700);
        const folder = path.join(stack.directory, "resources");
        for (const file of readdirSync(folder)) {
            assert.equal(statSync(path.join(folder, file)).mode & 0o777, 0o600);
        }
        const before = stack.account.list();
        await stack.seed();
        assert.deepEqual(openAccount(stack.directory).list(), before);
    });
    it("names a file that holds no record, and leaves it to its owner", () => {
        const folder = path.join(stack.directory, "resources");
        const [file = ""] = readdirSync(folder);
        const whole = readFileSync(path.join(folder, file), "utf8");
        for (const [content, reason] of [
            ["null", "type, id, createdAt, inputs, properties are missing or of the wrong type"],
            ["[]", "type, id, createdAt, inputs, properties are missing"],
            ["5", "type, id, createdAt, inputs, properties are missing"],
            ["", "Unexpected end of JSON input"],
            [
                whole.replace(/"properties": \{/, '"properties": [], "was": {'),
                "properties is missing or of the wrong type",
            ],
        ] as const) {
            writeFileSync(path.join(folder, file), content);
            assert.throws(
                () => openAccount(stack.directory).list(),
                (error: Error) => {
                    assert.ok(error.message.includes(path.join(folder, file)), error.message);
                    assert.ok(error.message.includes(reason), error.message);
                    assert.match(error.message, /Delete this file, which makes the rehearsal forget the resource/);
                    return true;
                },
            );
        }
        rmSync(path.join(folder, file));
        mkdirSync(path.join(folder, file));
        assert.throws(() => openAccount(stack.directory).list(), /cannot be read: EISDIR.*Delete this folder, which/);
        rmdirSync(path.join(folder, file));
        symlinkSync(file, path.join(folder, file));
        assert.throws(() => openAccount(stack.directory).list(), /cannot be read: ELOOP.*Its content is not to blame/);
    });
    /** Another process with the account open, which works from the moment that `begin` is called. */
    const work = async (code: string) => {
        const script = `require(${JSON.stringify(path.join(__dirname, "..", "..", "..", "test", "register.cjs"))});
            const { openAccount } = require(${JSON.stringify(__dirname)});
            const account = openAccount(${JSON.stringify(stack.directory)});
            process.stdin.once("data", async () => { ${code}; process.exit(0); });
            console.log("ready");`;
        const child = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
        await new Promise((resolve) => child.stdout.once("data", resolve));
        const exit = new Promise((resolve) => child.once("exit", resolve));
        return { begin: () => child.stdin.write("go"), kill: () => child.kill("SIGKILL"), exit };
    };
    it("is whole at every moment, also when its writer is killed", async function () {
        this.timeout(60_000);
        const writer = await work(
            `for (;;) account.put({ type: "aws:x/y:Y", id: "1", inputs: {}, properties: { filler: "x".repeat(2000000) }, createdAt: "" })`,
        );
        writer.begin();
        while (openAccount(stack.directory).list("aws:x/y:Y").length === 0) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        for (let reading = 0; reading < 100; reading++) {
            assert.equal(openAccount(stack.directory).list("aws:x/y:Y").length, 1);
        }
        writer.kill();
        await writer.exit;
        assert.equal(openAccount(stack.directory).list("aws:x/y:Y").length, 1);
    });
    it("a change goes on after one that was killed in the middle", async function () {
        this.timeout(60_000);
        const holder = await work("await account.change(() => { for (;;); })");
        holder.begin();
        await new Promise((resolve) => setTimeout(resolve, 500));
        assert.ok(existsSync(path.join(stack.directory, "lock")));
        holder.kill();
        await holder.exit;
        assert.equal(await stack.account.change(() => "went on"), "went on");
    });
    it("changes of two processes never interleave", async function () {
        this.timeout(60_000);
        const add = `for (let n = 0; n < 200; n++) await account.change(() => {
            const value = (account.get("aws:x/c:C", "c")?.properties.value ?? 0) + 1;
            account.put({ type: "aws:x/c:C", id: "c", inputs: {}, properties: { value }, createdAt: "" });
        })`;
        const adders = await Promise.all([work(add), work(add)]);
        adders.forEach((adder) => adder.begin());
        assert.deepEqual(await Promise.all(adders.map(({ exit }) => exit)), [0, 0]);
        assert.equal(stack.account.get("aws:x/c:C", "c")?.properties.value, 400);
    });
});
