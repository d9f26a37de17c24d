import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { install, pack, packages, root, run, withDependencies } from "./packed";

const template = path.join(root, "examples", "consumer");
const manifest = (folder: string) =>
    JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")) as {
        readonly name: string;
        readonly dependencies?: Readonly<Record<string, string>>;
        readonly devDependencies?: Readonly<Record<string, string>>;
    };

describe("examples/consumer, from an empty folder", function () {
    this.timeout("5m");
    let folder: string;
    let project: string;

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "consumer-"));
        project = path.join(folder, "shop");
        const chosen = ["--name", "shop", "--description", "The shop's edge", "--dir", project];
        const rehearse = path.join(root, "rehearsal", "rehearse.js");
        const made = run(folder, process.execPath, rehearse, "new", template, "--yes", "--generate-only", ...chosen);
        assert.equal(made.status, 0, made.output);
        const tarballs = new Map(
            packages.map(({ folder: name, manifest: { name: full } }) => [
                full,
                pack(path.join(root, name), folder, "--ignore-scripts"),
            ]),
        );
        install(tarballs, withDependencies(project));
    });

    after(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    const read = (file: string) => fs.readFileSync(path.join(project, file), "utf8");
    const files = () =>
        fs
            .readdirSync(project, { recursive: true })
            .map(String)
            .filter((file) => !file.includes("node_modules") && fs.statSync(path.join(project, file)).isFile());
    const rehearse = (...args: string[]) =>
        run(project, process.execPath, "node_modules/@encrypted-edge/rehearsal/rehearse.js", ...args);

    it("is made by pulumi new, with its name everywhere", () => {
        assert.ok(files().includes(".github/workflows/deploy.yml") && files().includes("policy/index.js"));
        assert.equal(manifest(project).name, "shop");
        assert.match(read("README.md"), /^# shop\n\nThe shop's edge\n/);
        for (const file of files()) {
            assert.doesNotMatch(read(file), /\$\{(PROJECT|DESCRIPTION)\}/, file);
        }
    });

    it("names the packages and the SDKs in the versions that are tested here", () => {
        const { dependencies: tested = {} } = manifest(root);
        const ours = new Map(packages.map(({ manifest: { name, version } }) => [name, version]));
        for (const place of [project, path.join(project, "policy")]) {
            const { dependencies, devDependencies } = manifest(place);
            for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
                assert.equal(version, ours.get(name) ?? tested[name], name);
            }
        }
    });

    for (const stack of ["dev", "prod"]) {
        it(`rehearses ${stack} under its policy, without an account`, () => {
            const { status, output } = rehearse("preview", "--stack", stack, "--policy-pack", "policy");
            assert.equal(status, 0, output);
            assert.match(output, /✅ encrypted-edge/);
            assert.match(output, /\+ \d+ to create/);
        });
    }

    it("is refused by its policy once it is weakened", () => {
        const program = read("index.ts");
        const weak = `
            new aws.lb.LoadBalancer("open", {
                subnets: subnetIds,
                securityGroups: [new aws.ec2.SecurityGroup("open", {
                    vpcId,
                    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
                }).id],
            });`;
        fs.writeFileSync(path.join(project, "index.ts"), program + weak);
        try {
            const { status, output } = rehearse("preview", "--stack", "dev", "--policy-pack", "policy");
            assert.notEqual(status, 0);
            assert.match(output, /\[mandatory\] .*alb-no-public-ingress/);
        } finally {
            fs.writeFileSync(path.join(project, "index.ts"), program);
        }
    });

    it("names whose workflows it calls by the command of its README, and which commit", () => {
        const [command] = /^grep -rlE .*$/m.exec(read("README.md")) ?? [];
        assert.ok(command);
        const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: project, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        const left = files().filter((file) => file !== "README.md" && /\bOWNER\b|\bCOMMIT\b/.test(read(file)));
        assert.deepEqual(left, []);
        assert.match(read(".github/workflows/deploy.yml"), /uses: acme\/encrypted-edge\/.*@0123456789abcdef/);
        assert.match(read(".github/CODEOWNERS"), /^\/policy\/ +@acme\/platform$/m);
    });
});
