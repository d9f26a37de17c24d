import assert from "node:assert/strict";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { rehearsalEnvironment } from "./rehearsalEnvironment";
import { userCache } from "./userCache";

describe("rehearsal: the environment", () => {
    let directory: string;

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "environment-"));
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    it("lets nothing of the user's accounts, login or stacks in", () => {
        const secrets = {
            AWS_PROFILE: "production",
            AWS_ACCESS_KEY_ID: "AKIA",
            AWS_SESSION_TOKEN: "token",
            PULUMI_ACCESS_TOKEN: "pul-1",
            PULUMI_STACK: "prod",
            PULUMI_HOME: "/home/me/.pulumi",
            PULUMI_BACKEND_URL: "s3://states",
            PULUMI_CONFIG_PASSPHRASE: "real",
            PULUMI_CONFIG: "{}",
            PULUMI_OPTION_STACK: "prod",
        };
        const environment = rehearsalEnvironment(directory, {
            ...secrets,
            PATH: "/bin",
            PULUMI_EXPERIMENTAL: "true",
            AWS_REGION: "us-west-2",
        });
        for (const [name, value] of Object.entries(secrets)) {
            assert.notEqual(environment[name], value, name);
        }
        assert.equal(environment.PATH, "/bin");
        assert.equal(environment.PULUMI_EXPERIMENTAL, "true");
        assert.equal(environment.AWS_REGION, "us-west-2");
        assert.equal(environment.PULUMI_HOME, path.join(directory, ".rehearsal", "home"));
        assert.equal(environment.REHEARSAL_ACCOUNT, path.join(directory, ".rehearsal", "account"));
    });

    it("makes one passphrase, for its owner's eyes, and keeps it", () => {
        const file = rehearsalEnvironment(directory, {}).PULUMI_CONFIG_PASSPHRASE_FILE as string;
        const passphrase = readFileSync(file, "utf8");
        assert.match(passphrase, /^[0-9a-f]{64}$/);
        assert.equal(statSync(file).mode & 0o077, 0);
        rehearsalEnvironment(directory, {});
        assert.equal(readFileSync(file, "utf8"), passphrase);
    });

    it("installs the providers under the versions of the SDKs", () => {
        const home = rehearsalEnvironment(directory, {}).PULUMI_HOME as string;
        for (const name of ["aws", "random"]) {
            const { version } = JSON.parse(readFileSync(require.resolve(`@pulumi/${name}/package.json`), "utf8")) as {
                version: string;
            };
            const plugin = path.join(home, "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`);
            assert.ok(existsSync(plugin), plugin);
            assert.notEqual(statSync(plugin).mode & 0o100, 0);
        }
    });

    it("installs them under the versions that packages of the project bring along, too", () => {
        const write = (folder: string, version: string) => {
            mkdirSync(path.join(directory, folder), { recursive: true });
            writeFileSync(path.join(directory, folder, "package.json"), JSON.stringify({ version }));
        };
        write("node_modules/@pulumi/aws", "7.1.0");
        write("node_modules/@pulumi/awsx", "2.0.0");
        write("node_modules/@pulumi/awsx/node_modules/@pulumi/aws", "6.5.0");
        write("node_modules/other/node_modules/@pulumi/aws", "5.0.0");
        const plugins = path.join(rehearsalEnvironment(directory, {}).PULUMI_HOME as string, "plugins");
        const aws = readdirSync(plugins).filter((name) => name.startsWith("resource-aws-"));
        assert.deepEqual(aws.sort(), ["resource-aws-v5.0.0", "resource-aws-v6.5.0", "resource-aws-v7.1.0"]);
        const script = readFileSync(path.join(plugins, "resource-aws-v6.5.0", "pulumi-resource-aws"), "utf8");
        assert.ok(script.includes(`REHEARSAL_SDK_FROM='${path.join(directory, "node_modules/@pulumi/awsx")}'`), script);
    });

    it("serves a program in another language whatever version of an SDK it asks for", () => {
        const environment = rehearsalEnvironment(directory, {}, "python");
        const plugins = path.join(environment.PULUMI_HOME as string, "plugins");
        assert.deepEqual(readdirSync(plugins).sort(), ["resource-aws-v999.0.0", "resource-random-v999.0.0"]);
        // Without this the engine takes a plugin of the very version only.
        assert.equal(environment.PULUMI_ENABLE_LEGACY_PLUGIN_SEARCH, "true");
        assert.equal(rehearsalEnvironment(directory, {}).PULUMI_ENABLE_LEGACY_PLUGIN_SEARCH, undefined);
        const script = readFileSync(path.join(plugins, "resource-aws-v999.0.0", "pulumi-resource-aws"), "utf8");
        assert.match(script, /REHEARSAL_PLUGIN_VERSION=999\.0\.0$/m);
    });

    it("is ignored by git wherever the project lies", () => {
        rehearsalEnvironment(directory, {});
        assert.equal(readFileSync(path.join(directory, ".rehearsal", ".gitignore"), "utf8"), "*\n");
    });

    it("caches what is built for the user, not for the project", () => {
        assert.equal(userCache({ XDG_CACHE_HOME: "/cache" }), path.join("/cache", "encrypted-edge"));
        assert.ok(userCache({ XDG_CACHE_HOME: "relative", HOME: "/home/me" }).startsWith(path.join("/home/me", "")));
    });
});
