import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { parse } from "yaml";

interface Hook {
    readonly id: string;
    readonly entry: string;
    readonly language: string;
    readonly files: string;
}

const repository = path.join(__dirname, "..", "..");
const hooks = parse(readFileSync(path.join(repository, ".pre-commit-hooks.yaml"), "utf8")) as readonly Hook[];

/** Runs a hook as pre-commit does: its entry with the names of the files after it. */
function run({ entry }: Hook, cwd: string, ...files: readonly string[]) {
    const [npx, flag, name, ...command] = entry.split(" ");
    assert.deepEqual([npx, flag, name], ["npx", "--no-install", "encrypted-edge-policy"]);
    const bin = path.join(repository, "policy", "encrypted-edge-policy.js");
    return spawnSync(process.execPath, [bin, ...command, ...files], { cwd, encoding: "utf8" });
}

describe("the hooks for pre-commit", function () {
    this.timeout(60_000);
    const folder = mkdtempSync(path.join(tmpdir(), "pre-commit-"));
    after(() => rmSync(folder, { recursive: true }));
    const hook = (end: string) => hooks.find(({ id }) => id === `encrypted-edge-policy-${end}`) ?? assert.fail(end);

    it("check every policy configuration file that is named to them", () => {
        const check = hook("check");
        assert.match("policy/policy-config.prod.json", new RegExp(check.files));
        assert.doesNotMatch("package.json", new RegExp(check.files));
        writeFileSync(path.join(folder, "policy-config.json"), '{ "all": "advisory" }');
        writeFileSync(path.join(folder, "policy-config.bad.json"), '{ "alb-no-public-ingres": "mandatory" }');
        assert.equal(run(check, folder, "policy-config.json").status, 0);
        const both = run(check, folder, "policy-config.bad.json", "policy-config.json");
        assert.equal(both.status, 1);
        assert.match(both.stderr, /Did you mean "alb-no-public-ingress"/);
        assert.match(both.stdout, /policy-config\.json: no mistakes/);
    });

    it("audit every state that is named to them", () => {
        const audit = hook("audit");
        for (const file of ["states/dev.state.json", ".pulumi/stacks/shop/dev.json"]) {
            assert.match(file, new RegExp(audit.files));
        }
        assert.doesNotMatch("tsconfig.json", new RegExp(audit.files));
        const type = "aws:cloudfront/distribution:Distribution";
        const origins = [{ originId: "a", customOriginConfig: { originProtocolPolicy: "http-only" } }];
        const web = { urn: `urn:pulumi:dev::shop::${type}::web`, type, custom: true, inputs: { origins } };
        const state = (resources: readonly unknown[]) => JSON.stringify({ version: 3, deployment: { resources } });
        writeFileSync(path.join(folder, "good.state.json"), state([]));
        writeFileSync(path.join(folder, "bad.state.json"), state([web]));
        assert.equal(run(audit, folder, "good.state.json").status, 0);
        const both = run(audit, folder, "good.state.json", "bad.state.json");
        assert.equal(both.status, 1);
        assert.match(both.stdout, /cloudfront-origin-https-only/);
    });
});
