import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
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
        assert.match(output, /^Rehearsal: .* simulated AWS on this machine/);
        assert.deepEqual(JSON.parse(succeed("stack output --json")), { greeting: "hello", stack: "dev", leaked: "" });
        assert.equal(read("Pulumi.dev.yaml"), before);
        assert.ok(!existsSync(path.join(directory, "their-home")));
    });

    it("makes no stack for a misspelt option, and names the one that was meant", () => {
        const { code, errors } = rehearse("up --stak prod");
        assert.equal(code, 1);
        assert.match(errors, /"up" has no option --stak\. Did you mean --stack\?/);
        assert.equal(existsSync(path.join(directory, ".rehearsal/backend/.pulumi/stacks/shop/dev.json")), false);
    });

    it("leaves standard output to the machine with --json", () => {
        const { changeSummary } = JSON.parse(succeed("preview --json")) as { changeSummary: unknown };
        assert.deepEqual(changeSummary, { create: 1 });
    });

    it("refuses a stack that is nowhere, and makes it when asked to", () => {
        const { code, errors } = rehearse("preview --stack prd");
        assert.equal(code, 1);
        assert.match(errors, /no stack "prd".*Pulumi\.prd\.yaml does not exist[^]*Stacks of this project: dev/);
        assert.ok(!existsSync(path.join(directory, ".rehearsal/stacks/Pulumi.prd.yaml")));
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
        const unknown = rehearse("no-such-command");
        assert.notEqual(unknown.code, 0);
        assert.match(
            unknown.all,
            /The rehearsal knows no command "no-such-command"\. For the commands: rehearse --help/,
        );
        assert.match(
            rehearse("serv --stack prod").errors,
            /The rehearsal knows no command "serv"\. Did you mean "rehearse serve"\?/,
        );
        assert.doesNotMatch(succeed("stack ls"), /prod/);
    });

    for (const [what, file, text, message] of [
        ["a broken stack file", "Pulumi.dev.yaml", "config:\n  a: [\n", /Pulumi\.dev\.yaml is not valid YAML/],
        ["a broken project file", "Pulumi.yaml", "name: [\n", /Pulumi\.yaml is not valid YAML/],
        ["a project without a language", "Pulumi.yaml", "name: shop\n", /Pulumi\.yaml has no "runtime"/],
    ] as const) {
        it(`says in words what is wrong with ${what}`, () => {
            write(file, text);
            const { code, errors } = rehearse("preview");
            assert.equal(code, 1);
            assert.match(errors, message);
            assert.doesNotMatch(errors, /^ {4}at /m);
        });
    }

    it("runs ES modules written in TypeScript", () => {
        write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
        write("package.json", JSON.stringify({ name: "shop", main: "index.ts", type: "module" }));
        const compilerOptions = { strict: true, module: "nodenext", target: "es2022", skipLibCheck: true };
        write("tsconfig.json", JSON.stringify({ compilerOptions }));
        write(
            "index.ts",
            `import { name } from "./name.js";
export const isModule: boolean = await Promise.resolve(import.meta.url.endsWith("index.ts"));
export const named = name;
`,
        );
        rmSync(path.join(directory, "index.js"));
        write("name.ts", 'export const name: string = "shop";\n');
        succeed("up --yes --skip-preview");
        assert.deepEqual(JSON.parse(succeed("stack output --json")), { isModule: true, named: "shop" });
    });

    it("ends an install that fails, at the top of the program's workspace", function () {
        mkdirSync(path.join(directory, "app"));
        rmSync(path.join(directory, "node_modules"));
        write("package.json", JSON.stringify({ name: "top", workspaces: ["app"] }));
        write("app/Pulumi.yaml", "name: app\nruntime: nodejs\n");
        write("app/package.json", JSON.stringify({ name: "app", dependencies: { missing: "file:./nowhere.tgz" } }));
        const started = Date.now();
        const failed = rehearse("install", {}, path.join(directory, "app"));
        assert.notEqual(failed.code, 0);
        assert.ok(failed.all.includes(`"npm install" ended with exit code`), failed.all);
        assert.ok(failed.all.includes(` in ${directory}.`), failed.all);
        assert.ok(Date.now() - started < 60_000);
    });

    it("takes a stack's name with an organization, and refuses that of another project", () => {
        write("Pulumi.prod.yaml", "config:\n  shop:greeting: hi\n");
        succeed("up --yes --skip-preview --stack acme/shop/prod");
        assert.equal(succeed("stack output greeting --stack prod").trim(), "hi");
        const { code, errors } = rehearse("up --stack acme/other/prod");
        assert.equal(code, 1);
        assert.match(errors, /a stack of the project "other"; this project is "shop"/);
    });

    it("keeps the configuration of a stack that is renamed", () => {
        succeed("up --yes --skip-preview");
        const { code, errors } = rehearse("stack rename next");
        assert.equal(code, 0, errors);
        assert.match(errors, /Copied Pulumi\.dev\.yaml to Pulumi\.next\.yaml\. Pulumi\.dev\.yaml stays/);
        assert.equal(read("Pulumi.next.yaml"), read("Pulumi.dev.yaml"));
        succeed("up --yes --skip-preview --stack next");
        assert.deepEqual(JSON.parse(succeed("stack output --json --stack next")), {
            greeting: "hello",
            stack: "next",
            leaked: "",
        });
    });

    it("starts no run on a disk that is nearly full", () => {
        write("full.cjs", 'require("node:fs").statfsSync = () => ({ bavail: 5, bsize: 1048576 });');
        const full = { NODE_OPTIONS: `--require ${path.join(directory, "full.cjs")}` };
        const { code, errors } = rehearse("up --yes --skip-preview", full);
        assert.equal(code, 1);
        const folder = path.join(directory, ".rehearsal");
        assert.ok(errors.includes(`Only 5 MiB are free in ${folder}; a rehearsal needs 16.\nFree some`), errors);
        assert.equal(succeed("stack --show-urns", full).includes("urn:pulumi"), false);
    });

    it("does not make a new passphrase in the place of a lost one", () => {
        succeed("config set --secret token hush");
        rmSync(path.join(directory, ".rehearsal", "passphrase"));
        for (const line of ["up --yes", "stack output", "config get token"]) {
            const { code, errors } = rehearse(line);
            assert.equal(code, 1);
            assert.match(
                errors,
                /The passphrase of this rehearsal is lost: [^]*Restore the file, or start over by deleting/,
            );
        }
        assert.ok(!existsSync(path.join(directory, ".rehearsal", "passphrase")));
    });

    it("puts a damaged state back, and compares it with the account", () => {
        succeed("up --yes --skip-preview");
        const state = ".rehearsal/backend/.pulumi/stacks/shop/dev.json";
        writeFileSync(path.join(directory, state), read(state).slice(0, 100));
        const { code, errors } = rehearse("stack output");
        assert.equal(code, 1);
        assert.match(errors, /The state of the stack dev is damaged[^]*rehearse refresh --stack dev/);
        const { all } = rehearse("up --yes --skip-preview");
        assert.match(all, /The state of the stack dev was damaged, perhaps by a full disk\. Put back that of /);
        assert.equal(succeed("stack output greeting").trim(), "hello");
    });

    it("shows what is built, the outputs and the account", () => {
        assert.match(succeed("show"), /^The stack dev is not deployed\. Deploy it: rehearse up --stack dev\n/);
        assert.match(succeed("seed --hosted-zone example.com"), /^ {2}Z[A-Z0-9]+ {2}hosted zone example\.com$/m);
        const { account } = JSON.parse(succeed("show --json")) as { account: { hostedZones: { name: string }[] } };
        assert.deepEqual(
            account.hostedZones.map(({ name }) => name),
            ["example.com"],
        );
    });

    it("runs a program in YAML, with resources and look-ups of aws", function () {
        // Where the CLI was built the first run builds the language host for YAML, too.
        this.timeout(30 * 60_000);
        write("Pulumi.dev.yaml", "config:\n  aws:region: eu-central-1\n");
        write(
            "Pulumi.yaml",
            `name: shop
runtime: yaml
variables:
  vpcId:
    fn::invoke: { function: aws:ec2:getVpc, arguments: { default: true }, return: id }
resources:
  web:
    type: aws:ec2:SecurityGroup
    properties:
      vpcId: $\{vpcId}
      ingress:
        - { protocol: tcp, fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }
outputs:
  id: $\{web.id}
  cidrBlocks: $\{web.ingress[0].cidrBlocks}
`,
        );
        succeed("up --yes --skip-preview");
        const outputs = JSON.parse(succeed("stack output --json")) as { id: string; cidrBlocks: string[] };
        assert.match(outputs.id, /^sg-[0-9a-f]{17}$/);
        assert.deepEqual(outputs.cidrBlocks, ["10.0.0.0/8"]);
        write("Pulumi.yaml", read("Pulumi.yaml").replace("fromPort", "fromPrt"));
        const { code, all } = rehearse("preview");
        assert.notEqual(code, 0);
        assert.match(all, /fromPrt/);
    });

    it("says in words that there is no project", () => {
        rmSync(path.join(directory, "Pulumi.yaml"));
        const { code, errors } = rehearse("up");
        assert.equal(code, 1);
        assert.match(errors, /no Pulumi project in .* or above it/);
    });
});
