import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { locateCli } from "../engine";

const repository = path.resolve(__dirname, "..", "..");

/** Through the real engine, with a program that has no resources of a provider. */
describe("rehearse: the command", function () {
    this.timeout(180_000);
    let directory: string;

    before(async function () {
        // Where no CLI is installed the first run builds one.
        this.timeout(30 * 60_000);
        await locateCli({ onProgress: (doing) => process.stderr.write(`${doing}\n`) });
    });
    beforeEach(() => {
        directory = realpathSync(mkdtempSync(path.join(tmpdir(), "rehearse-")));
        symlinkSync(path.join(repository, "node_modules"), path.join(directory, "node_modules"));
        write("Pulumi.yaml", "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
        write("Pulumi.dev.yaml", "# ours\nconfig:\n  shop:greeting: hello\n");
        write("package.json", JSON.stringify({ name: "shop", main: "index.js" }));
        write(
            "index.js",
            `const pulumi = require("@pulumi/pulumi");
const config = new pulumi.Config();
exports.greeting = config.get("greeting");
exports.stack = pulumi.getStack();
exports.token = config.getSecret("token");
exports.leaked = Object.keys(process.env).filter((name) => /^AWS_|ACCESS_TOKEN/.test(name)).join();
`,
        );
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const write = (file: string, text: string) => writeFileSync(path.join(directory, file), text);
    const read = (file: string) => readFileSync(path.join(directory, file), "utf8");

    function rehearse(line: string, environment: NodeJS.ProcessEnv = {}, where = directory) {
        const { status, stdout, stderr } = spawnSync(
            process.execPath,
            [path.join(repository, "rehearsal", "rehearse.js"), ...line.split(" ")],
            { cwd: where, encoding: "utf8", env: { ...process.env, ...environment } },
        );
        return { code: status, output: stdout, errors: stderr, all: stdout + stderr };
    }

    function succeed(line: string, environment?: NodeJS.ProcessEnv): string {
        const { code, output, all } = rehearse(line, environment);
        assert.equal(code, 0, all);
        return output;
    }

    it("deploys dev without a stack, a login or a change to the stack file, and says what it is first", () => {
        const before = read("Pulumi.dev.yaml");
        const output = succeed("up --yes --skip-preview", {
            AWS_PROFILE: "production",
            PULUMI_ACCESS_TOKEN: "pul-x",
            PULUMI_STACK: "prod",
            PULUMI_BACKEND_URL: "https://backend.invalid",
            PULUMI_HOME: path.join(directory, "their-home"),
        });
        assert.match(output, /^Rehearsal: .* stand-in for AWS on this machine/);
        assert.deepEqual(JSON.parse(succeed("stack output --json")), { greeting: "hello", stack: "dev", leaked: "" });
        assert.equal(read("Pulumi.dev.yaml"), before);
        assert.ok(!existsSync(path.join(directory, "their-home")));
    });

    it("leaves standard output to the machine with --json", () => {
        const { changeSummary } = JSON.parse(succeed("preview --json")) as { changeSummary: unknown };
        assert.deepEqual(changeSummary, { create: 1 });
    });

    it("refuses a stack that is nowhere, and makes it when asked to", () => {
        const { code, errors } = rehearse("preview --stack prd");
        assert.equal(code, 1);
        assert.match(errors, /no stack "prd".*Pulumi\.prd\.yaml does not exist[^]*Stacks of this project: dev/);
        succeed("stack init prd");
        assert.ok(!existsSync(path.join(directory, "Pulumi.prd.yaml")));
        succeed("preview --stack prd");
        succeed("stack rm prd --yes");
        assert.equal(read("Pulumi.dev.yaml"), "# ours\nconfig:\n  shop:greeting: hello\n");
    });

    it("writes plain settings to the stack file, and keeps secrets to itself", () => {
        succeed("config set greeting good-day");
        const { errors } = rehearse("config set --secret token hush");
        assert.match(errors, /secret shop:token is kept for the rehearsal only/);
        assert.equal(read("Pulumi.dev.yaml"), "# ours\nconfig:\n  shop:greeting: good-day\n");
        succeed("up --yes --skip-preview");
        const outputs = succeed("stack output --json --show-secrets");
        assert.deepEqual(JSON.parse(outputs), { greeting: "good-day", stack: "dev", token: "hush", leaked: "" });
    });

    it("names the secrets that it cannot read, and how to give them a value", () => {
        write("Pulumi.dev.yaml", "secretsprovider: awskms://alias/real\nconfig:\n  shop:token:\n    secure: v1:abc\n");
        const { code, errors } = rehearse("preview");
        assert.equal(code, 1);
        assert.match(errors, /encrypted for the real stack's secrets provider: shop:token\./);
        assert.match(errors, /rehearse config set --secret --stack dev shop:token <value>/);
        succeed("config set --secret --stack dev shop:token mine");
        succeed("preview");
        assert.match(read("Pulumi.dev.yaml"), /secure: v1:abc/);
    });

    it("works from another directory, on another file, and passes the exit code on", () => {
        write("other.yaml", "config:\n  shop:greeting: moin\n");
        const { code, all } = rehearse(
            `up --yes --skip-preview --cwd ${directory} --config-file other.yaml`,
            {},
            tmpdir(),
        );
        assert.equal(code, 0, all);
        assert.match(all, /greeting: "moin"/);
        assert.equal(read("other.yaml"), "config:\n  shop:greeting: moin\n");
        write("index.js", "throw new Error('broken on purpose');\n");
        const failed = rehearse("preview");
        assert.notEqual(failed.code, 0);
        assert.match(failed.all, /broken on purpose/);
        assert.notEqual(rehearse("no-such-command").code, 0);
    });

    for (const [what, file, text, message] of [
        ["a broken stack file", "Pulumi.dev.yaml", "config:\n  a: [\n", /Pulumi\.dev\.yaml is not valid YAML/],
        ["a broken project file", "Pulumi.yaml", "name: [\n", /Pulumi\.yaml is not valid YAML/],
    ] as const) {
        it(`says in words what is wrong with ${what}`, () => {
            write(file, text);
            const { code, errors } = rehearse("preview");
            assert.equal(code, 1);
            assert.match(errors, message);
            assert.doesNotMatch(errors, /^ {4}at /m);
        });
    }

    it("says in words that there is no project", () => {
        rmSync(path.join(directory, "Pulumi.yaml"));
        const { code, errors } = rehearse("up");
        assert.equal(code, 1);
        assert.match(errors, /no Pulumi project in .* or above it/);
    });
});
