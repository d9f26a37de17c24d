import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { startAudit } from "./auditProcess";
import { distribution, exported, fakePulumi, only, temporaryFolder } from "./estate";

/** By which the engine knows a secret in a state. */
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("audit: secrets", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const at = (...parts: string[]) => path.join(folder.path, ...parts);
    const run = (args: readonly string[]) => startAudit(folder.path, args).outcome;
    const config = ["--policy-config", "only.json"];
    before(() => writeFileSync(at("only.json"), JSON.stringify(only("cloudfront-origin-https-only"))));
    after(() => folder.remove());

    it("lets the CLI decrypt what a rule needs, only where asked, and neither shows nor writes it", async () => {
        const origins = JSON.stringify([
            {
                originId: "alb",
                domainName: "origin.example.com",
                customHeaders: [{ name: "X-Edge", value: "hunter2hunter2" }],
                customOriginConfig: { originProtocolPolicy: "match-viewer" },
            },
        ]);
        const stateWith = (more: object) => {
            const inputs = { origins: { ...mark, ...more } };
            return exported([{ ...distribution("dev", "web"), inputs, outputs: inputs }]);
        };
        const name = "organization/shop/dev";
        const pulumi = fakePulumi(folder.path, {
            [name]: stateWith({ ciphertext: "v1:x" }),
            [`${name} --show-secrets`]: stateWith({ plaintext: origins }),
        });
        // A backend that tells when a stack last changed: the journal would not even have it exported again.
        const given = ["s3://states", "--pulumi", pulumi, ...config];
        const encrypted = await run(given);
        assert.equal(encrypted.code, 0, encrypted.stderr);
        assert.match(encrypted.stdout, /1 cannot tell/);
        const decrypted = await run([...given, "--show-secrets", "--json", "d.json", "--resume", "journals/d.journal"]);
        assert.equal(decrypted.code, 1, decrypted.stderr);
        assert.match(decrypted.stdout, /1 mandatory/);
        const written = ["d.json", "journals/d.journal"].map((file) => readFileSync(at(file), "utf8"));
        assert.doesNotMatch([decrypted.stdout, decrypted.stderr, ...written].join(), /hunter2/);
        const again = await run([...given, "--resume", "journals/d.journal"]);
        assert.match(again.stdout, /1 cannot tell/);
        const both = await run([...given, "--show-secrets", "--engine"]);
        assert.equal(both.code, 2);
        assert.match(both.stderr, /--engine and --show-secrets exclude each other/);
    });

    describe("a secret that stays encrypted", () => {
        const secret = {
            ...mark,
            ciphertext: "v1:x",
        };
        before(() => {
            const web = { ...distribution("dev", "web"), inputs: { origins: secret }, outputs: { origins: secret } };
            writeFileSync(at("encrypted.json"), exported([web]));
        });

        it("is called so, with the way to have it judged, and the last line does not say passed", async () => {
            const { code, stdout } = await run(["encrypted.json", ...config]);
            assert.equal(code, 0);
            assert.match(
                stdout,
                /origins is a secret that is encrypted in this state; export the state with --show-secrets/,
            );
            const last = stdout.trimEnd().split("\n").at(-1) ?? "";
            assert.match(
                last,
                /^No violation was seen, but mandatory rules could not tell once\..* --fail-on cannot-tell/,
            );
        });

        it("fails where asked, also with a baseline that was created from it", async () => {
            const strict = ["encrypted.json", ...config, "--fail-on", "cannot-tell"];
            assert.equal((await run(strict)).code, 1);
            const baseline = ["--baseline", "encrypted-baseline.json"];
            const created = await run([...strict, ...baseline, "--create-baseline"]);
            assert.equal(created.code, 1);
            assert.equal((await run([...strict, ...baseline])).code, 1);
            assert.match(created.stdout, /1 cannot tell/);
        });

        it("is not decrypted in a file: --show-secrets says so and what to do", async () => {
            const { code, stdout, stderr } = await run(["encrypted.json", ...config, "--show-secrets"]);
            assert.deepEqual([code, stdout], [2, ""]);
            assert.match(stderr, /encrypted\.json is read as it is\. Export with `pulumi stack export --show-secrets/);
        });

        it("is decrypted by the CLI in a backend that is a folder, too", async () => {
            const inputs = { origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }] };
            const plain = {
                "organization/shop/dev": exported([{ ...distribution("dev", "web"), inputs, outputs: inputs }]),
            };
            mkdirSync(at("backend"), { recursive: true });
            const pulumi = fakePulumi(at("backend"), plain);
            const { code, stdout, stderr } = await run([
                `file://${at("backend")}`,
                "--pulumi",
                pulumi,
                "--show-secrets",
                ...config,
            ]);
            assert.equal(code, 1, stderr);
            assert.match(stdout, /1 mandatory/);
        });
    });

    it("never shows a secret, not even of a state that was exported with its secrets", async () => {
        const secret = {
            ...mark,
            plaintext: '"hunter2hunter2"',
        };
        const web = distribution("dev", "web") as { inputs: { origins: { customOriginConfig: object }[] } };
        web.inputs.origins[0]!.customOriginConfig = { originProtocolPolicy: secret };
        writeFileSync(at("secret.json"), exported([{ ...web, outputs: web.inputs }]));
        const files = [
            "--json",
            "s.json",
            "--sarif",
            "s.sarif",
            "--junit",
            "s.xml",
            "--html",
            "s.html",
            "--resume",
            "s.journal",
        ];
        const { code, stdout, stderr } = await run(["secret.json", ...config, ...files]);
        assert.equal(code, 1);
        const written = ["s.json", "s.sarif", "s.xml", "s.html", "s.journal"].map((file) =>
            readFileSync(at(file), "utf8"),
        );
        assert.doesNotMatch([stdout, stderr, ...written].join(), /hunter2/);
    });
});
