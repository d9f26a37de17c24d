import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { isBuiltin } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { filesOf, install, modules, own, pack, packages, root, run, withDependencies } from "./packed";

describe("packages", function () {
    this.timeout("5m");
    let folder: string;
    const tarballs = new Map<string, string>();

    before(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "packages-"));
        for (const { folder: name, manifest } of packages) {
            tarballs.set(manifest.name, pack(path.join(root, name), folder, "--ignore-scripts"));
        }
    });

    after(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    it("have one version, and name one another by it", () => {
        const { version } = packages[0]?.manifest ?? { version: "" };
        for (const { manifest } of packages) {
            assert.equal(manifest.version, version, manifest.name);
            for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
                assert.ok(!own.has(name) || range === version, `${manifest.name}: ${name}`);
            }
        }
    });

    for (const { folder: name, manifest } of packages) {
        describe(manifest.name, () => {
            it("says what it is, under which licence, and may be published", () => {
                assert.ok(manifest.description && manifest.description.length > 20);
                assert.equal(manifest.license, "Apache-2.0");
                assert.ok((manifest.keywords ?? []).length > 0);
                assert.equal(manifest.private, undefined);
                assert.equal(manifest.publishConfig?.access, "public");
                assert.equal(
                    fs.readFileSync(path.join(root, name, "LICENSE"), "utf8"),
                    fs.readFileSync(path.join(root, "LICENSE"), "utf8"),
                );
            });

            it("holds its code, its types, README and LICENSE, and no test", () => {
                const files = filesOf(tarballs.get(manifest.name) ?? "");
                const wanted = [
                    "README.md",
                    "LICENSE",
                    manifest.main,
                    manifest.types,
                    ...Object.values(manifest.bin ?? {}),
                ].filter((file) => file !== undefined);
                assert.deepEqual(
                    wanted.filter((file) => !files.includes(file)),
                    [],
                );
                assert.ok(files.some((file) => file.startsWith("bin/") && file.endsWith(".js")));
                assert.deepEqual(
                    files.filter((file) =>
                        /(^|\/)(test|benchmarks|node_modules)\/|\.test\.|\.tsbuildinfo$|\.map$/.test(file),
                    ),
                    [],
                );
            });

            it("passes publint", () => {
                const cli = path.join(modules, "publint", "src", "cli.js");
                const lint = run(folder, process.execPath, cli, "run", tarballs.get(manifest.name) ?? "", "--strict");
                assert.equal(lint.status, 0, lint.output);
                assert.match(lint.output, /All good/);
            });

            it("has types that every way of resolving modules finds", function () {
                if (manifest.main === undefined) {
                    this.skip();
                }
                const cli = path.join(modules, "@arethetypeswrong", "cli", "dist", "index.js");
                const tarball = tarballs.get(manifest.name) ?? "";
                const lint = run(folder, process.execPath, cli, tarball, "--profile", "node16", "--no-color");
                assert.equal(lint.status, 0, lint.output);
                // The oldest way, node10, knows no "exports" and is not promised.
                const promised = lint.output.replace(/\(ignored[^)]*\).*$/gm, "");
                assert.match(promised, /🟢/);
                assert.doesNotMatch(promised, /❌|💀|⚠️/);
            });

            it("is compiled whenever it is packed", () => {
                assert.equal(manifest.scripts?.prepack, "node ../scripts/packages/prepack.mjs");
            });
        });
    }

    it("hold the code of their sources when packed from a fresh clone, and no file without a source", function () {
        this.timeout("15m");
        const clone = path.join(folder, "clone");
        fs.mkdirSync(clone);
        const tracked = run(root, "git", "ls-files", "--cached", "--others", "--exclude-standard")
            .output.trim()
            .split("\n");
        const rooms = packages.map(({ folder: name }) => `${name}/`);
        const needed = (file: string) =>
            ["tsconfig.json", "package.json"].includes(file) ||
            [...rooms, "scripts/packages/"].some((room) => file.startsWith(room));
        for (const file of tracked.filter((each) => needed(each) && fs.existsSync(path.join(root, each)))) {
            fs.mkdirSync(path.dirname(path.join(clone, file)), { recursive: true });
            fs.copyFileSync(path.join(root, file), path.join(clone, file));
        }
        const installed = withDependencies(clone);
        for (const { folder: name, manifest } of packages) {
            const place = path.join(installed, manifest.name);
            fs.mkdirSync(path.dirname(place), { recursive: true });
            fs.symlinkSync(path.join(clone, name), place);
        }
        const sources = new Set(tracked);
        const strangers: string[] = [];
        for (const { folder: name, manifest } of packages) {
            // What an older build left behind is no part of a release.
            fs.mkdirSync(path.join(clone, name, "bin", "old"), { recursive: true });
            fs.mkdirSync(path.join(clone, name, "bundle"), { recursive: true });
            fs.writeFileSync(path.join(clone, name, "bundle", "leftBehind.js"), "");
            fs.writeFileSync(path.join(clone, name, "bin", "leftBehind.js"), "");
            fs.writeFileSync(path.join(clone, name, "bin", "old", "leftBehind.d.ts"), "");
            const destination = fs.mkdtempSync(path.join(folder, "fresh-"));
            const fresh = filesOf(pack(path.join(clone, name), destination));
            assert.ok(fresh.includes(manifest.main ?? ""), manifest.name);
            // The pack's bundles are made by bundle.mjs, which names each.
            const bundler = path.join(clone, name, "bundle.mjs");
            const bundles = fs.existsSync(bundler) ? fs.readFileSync(bundler, "utf8") : "";
            const isOurs = (file: string) => {
                const [, bundle] = /^bundle\/(\w+)\.js$/.exec(file) ?? [];
                if (bundle !== undefined) {
                    return new RegExp(`\\b${bundle}\\b`).test(bundles);
                }
                const compiled = /^bin\/(.*?)(\.d\.ts|\.js)$/.exec(file)?.[1];
                return compiled === undefined
                    ? sources.has(`${name}/${file.replace(/^bin\//, "")}`)
                    : sources.has(`${name}/${compiled}.ts`);
            };
            strangers.push(...fresh.filter((file) => !isOurs(file)).map((file) => `${name}/${file}`));
            // What a package needs at run time is there: every compiled file's own imports.
            const code = new Set(fresh);
            const missing = fresh
                .filter((file) => file.endsWith(".js"))
                .flatMap((file) =>
                    [
                        ...fs.readFileSync(path.join(clone, name, file), "utf8").matchAll(/\brequire\("(\.[^"]+)"\)/g),
                    ].map(([, target = ""]) => [file, path.posix.join(path.posix.dirname(file), target)] as const),
                )
                .filter(([, target]) =>
                    ["", ".js", ".json", "/index.js"].every((ending) => !code.has(`${target}${ending}`)),
                );
            assert.deepEqual(missing, [], manifest.name);
        }
        assert.deepEqual(strangers, []);
    });

    it("stop at once when packed without the packages of the lock file, instead of shipping no code", () => {
        const clone = fs.mkdtempSync(path.join(folder, "bare-"));
        for (const part of ["common", "scripts/packages"]) {
            fs.cpSync(path.join(root, part), path.join(clone, part), { recursive: true });
        }
        fs.rmSync(path.join(clone, "common", "bin"), { recursive: true, force: true });
        const { status, output } = run(path.join(clone, "common"), "npm", "pack", "--pack-destination", clone);
        assert.notEqual(status, 0);
        assert.match(output, /The packages of the lock file are missing\. Run npm ci/);
        assert.deepEqual(
            fs.readdirSync(clone).filter((file) => file.endsWith(".tgz")),
            [],
        );
    });

    it("are packed and named as docs/release.md says, until there is a release", () => {
        const page = fs.readFileSync(path.join(root, "docs", "release.md"), "utf8");
        const [, command = ""] = /^(mkdir -p packages .*?)\s+#/m.exec(page) ?? [];
        const destination = path.join(folder, "as documented", "packages");
        fs.mkdirSync(path.dirname(destination));
        // What this test packs is compiled already, and nothing is to be left in the repository.
        const line = command.replaceAll(/\bpackages\b/g, `"$DESTINATION"`);
        const { status, stderr } = spawnSync("sh", ["-c", `${line} --ignore-scripts`], {
            cwd: root,
            encoding: "utf8",
            env: { ...process.env, DESTINATION: destination },
        });
        assert.equal(status, 0, stderr);
        const packed = fs.readdirSync(destination);
        assert.equal(packed.length, packages.length);
        const named = [...page.matchAll(/packages\/([\w.-]+\.tgz)/g)].map(([, name = ""]) => name);
        assert.ok(named.length > 1);
        assert.deepEqual(
            named.filter((name) => !packed.includes(name)),
            [],
        );
    });

    describe("installed elsewhere", () => {
        let project: string;

        before(() => {
            project = path.join(folder, "project");
            install(tarballs, withDependencies(project));
        });

        for (const { folder: name, manifest } of packages) {
            it(`${manifest.name} names every package that it loads`, () => {
                const place = path.join(project, "node_modules", manifest.name);
                // Here, unlike in a release, an older build may have left behind what has no source any more.
                const hasSource = (file: string) =>
                    !file.startsWith("bin/") ||
                    fs.existsSync(path.join(root, name, file.replace(/^bin\//, "").replace(/\.js$/, ".ts")));
                const loaded = filesOf(tarballs.get(manifest.name) ?? "")
                    .filter((file) => file.endsWith(".js") && hasSource(file))
                    .flatMap((file) => [
                        ...fs.readFileSync(path.join(place, file), "utf8").matchAll(/\brequire\("([@a-z][^"$]*)"\)/g),
                    ])
                    .map(([, name = ""]) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
                    .filter((name) => !isBuiltin(name));
                const named = { ...manifest.dependencies, ...manifest.peerDependencies };
                assert.deepEqual(
                    [...new Set(loaded)].filter((name) => named[name] === undefined && name !== manifest.name),
                    [],
                );
            });
        }

        for (const { manifest } of packages.filter(({ manifest }) => manifest.main !== undefined)) {
            it(`${manifest.name} can be loaded`, () => {
                const script = `console.log(Object.keys(require(${JSON.stringify(manifest.name)})).length)`;
                const { status, output } = run(project, process.execPath, "-e", script);
                assert.equal(status, 0, output);
                assert.match(output, /^[1-9]\d*$/m);
            });
        }

        const answers: [string, readonly string[], RegExp][] = [
            ["encrypted-edge-policy", ["audit", "--help"], /^Usage: encrypted-edge-policy audit/],
            ["verify-edge", ["--help"], /^Usage: verify-edge/],
            ["rehearse", ["--help"], /rehears/i],
            ["pulumi-resource-encrypted-edge", ["--help"], /is started by the Pulumi engine/],
        ];
        for (const [command, args, answer] of answers) {
            it(`${command} answers`, () => {
                const of = packages.find(({ manifest }) => manifest.bin?.[command] !== undefined)?.manifest;
                assert.ok(of);
                const file = path.join(project, "node_modules", of.name, of.bin?.[command] ?? "");
                assert.match(run(project, process.execPath, file, ...args).output, answer);
            });
        }

        it("covers every command that a package has", () => {
            const commands = packages.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}));
            assert.deepEqual(commands.sort(), answers.map(([command]) => command).sort());
        });
    });
});
