import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { locateCli, rehearsalEnvironment } from "../../rehearsal/bin/engine";

const repository = path.join(__dirname, "..", "..");

function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    return new Promise<{ code: number; output: string }>((done) => {
        execFile(file, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
            done({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
        );
    });
}

function resource(type: string, name: string, inputs: Record<string, unknown>) {
    const urn = `urn:pulumi:dev::shop::${type}::${name}`;
    return { urn, type, id: name, custom: true, inputs, outputs: inputs };
}

describe("a pack of a company's own, built on the library", function () {
    this.timeout(120_000);
    let folder: string;
    let cli: string;

    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "company-"));
        await cp(path.join(repository, "examples", "company-pack"), path.join(folder, "policy"), { recursive: true });
        await symlink(path.join(repository, "node_modules"), path.join(folder, "policy", "node_modules"));
        await mkdir(path.join(folder, "project"));
        await writeFile(path.join(folder, "project", "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        ({ path: cli } = await locateCli());
    });
    after(() => rm(folder, { recursive: true, force: true }));

    async function analyze(resources: readonly object[], configuration?: object) {
        const project = path.join(folder, "project");
        const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
        await writeFile(
            path.join(project, "state.json"),
            JSON.stringify({ version: 3, deployment: { manifest, resources } }),
        );
        const config = path.join(project, "config.json");
        await writeFile(config, JSON.stringify(configuration ?? {}));
        const args = ["policy", "analyze", "--file", "state.json", "--policy-pack", path.join(folder, "policy")];
        const options = ["--policy-pack-config", config, "--non-interactive", "--color", "never"];
        return run(cli, [...args, ...options], project, rehearsalEnvironment(project));
    }

    const distribution = (originProtocolPolicy: string, tags: object) =>
        resource("aws:cloudfront/distribution:Distribution", "web", {
            tags,
            origins: [{ originId: "o", domainName: "o.example.com", customOriginConfig: { originProtocolPolicy } }],
        });
    const bucket = (name: string) => resource("aws:s3/bucket:Bucket", "files", { bucket: name });

    it("judges by the library's rules, by one in their form and by a policy of CrossGuard", async () => {
        const { code, output } = await analyze([distribution("match-viewer", {}), bucket("files")]);
        assert.notEqual(code, 0, output);
        assert.match(output, /\[mandatory\].*cloudfront-origin-https-only/);
        assert.match(output, /\[mandatory\].*company-distributions-are-tagged/);
        assert.match(output, /tags\.cost-centre is missing\. Write the number of your cost centre\./);
        assert.match(output, /\[advisory\].*company-buckets-are-named/);
        assert.match(output, /The bucket is named files\./);
    });

    it("says nothing of what is right, and takes settings and exemptions for their rule as for ours", async () => {
        const good = [distribution("https-only", { "cost-centre": "1" }), bucket("company-files")];
        const right = await analyze(good);
        assert.equal(right.code, 0, right.output);
        assert.doesNotMatch(right.output, /company-/);
        const rule = "company-distributions-are-tagged";
        const exemptions = [{ urn: "*::web", reason: "An old one.", expires: "2999-12-31" }];
        const exempted = await analyze(good, { [rule]: { tag: "team", exemptions } });
        assert.equal(exempted.code, 0, exempted.output);
        assert.match(exempted.output, /\[advisory\].*company-distributions-are-tagged/);
        assert.match(exempted.output, /Exempted until 2999-12-31: An old one\./);
    });

    it("refuses a setting that its rule does not have, and leaves the configuration of other policies alone", async () => {
        const good = [distribution("https-only", { "cost-centre": "1" })];
        const misspelt = await analyze(good, { "company-distributions-are-tagged": { tags: "team" } });
        assert.notEqual(misspelt.code, 0, misspelt.output);
        assert.match(misspelt.output, /tags is not a setting of this rule\. Did you mean "tag"\?/);
        const theirs = await analyze(good, { "company-buckets-are-named": "mandatory" });
        assert.equal(theirs.code, 0, theirs.output);
    });
});

describe("the library", () => {
    it("registers nothing when it is loaded, and the pack beside it does", async () => {
        const script = (what: string) =>
            `const policy = require("@pulumi/policy"); let packs = 0; class Counted { constructor() { packs += 1; } }
             require.cache[require.resolve("@pulumi/policy")].exports = { ...policy, PolicyPack: Counted };
             require(${JSON.stringify(path.join(repository, "policy", what))}); process.stdout.write(String(packs));`;
        for (const [what, packs] of [
            ["bin/index.js", "0"],
            ["pack.js", "1"],
        ] as const) {
            const args = ["-e", script(what)];
            const { code, output } = await run(process.execPath, args, path.join(repository, "policy"), process.env);
            assert.equal(code, 0, output);
            assert.equal(output, packs, what);
        }
        const manifest = JSON.parse(await readFile(path.join(repository, "policy", "package.json"), "utf8")) as {
            main: string;
            exports: Record<string, string | { default: string }>;
        };
        // The engine loads a pack by the path of its folder, which is the main file; a name leads to the exports.
        assert.equal(manifest.main, "pack.js");
        assert.deepEqual(manifest.exports["."], { types: "./bin/index.d.ts", default: "./bin/index.js" });
        assert.deepEqual(manifest.exports["./pack"], { types: "./bin/pack.d.ts", default: "./pack.js" });
    });

    it("refuses two rules of one name", () => {
        const args = ["-e", 'const { policies, rules } = require("./bin"); policies([...rules, rules[0]]);'];
        return run(process.execPath, args, path.join(repository, "policy"), process.env).then(({ code, output }) => {
            assert.notEqual(code, 0);
            assert.match(output, /Two rules are named "alb-access-logging"\. Give each a name of its own\./);
        });
    });
});
