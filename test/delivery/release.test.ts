import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { sandboxForEachTest, scripts } from "./sandbox";

const root = path.join(scripts, "..", "..");

interface Package {
    readonly folder: string;
    readonly manifest: { readonly name: string; readonly version: string };
}

interface ReleasePackages {
    packages(): readonly Package[];
    tarballOf(manifest: Package["manifest"]): string;
    notesOf(changelog: string, version: string): string | undefined;
}

describe("release scripts", () => {
    const sandbox = sandboxForEachTest();
    let release: ReleasePackages;

    before(async () => {
        release = (await import(path.join(scripts, "release-packages.mjs"))) as ReleasePackages;
    });

    it("name every package, after those that it needs", () => {
        const { workspaces } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
            workspaces: string[];
        };
        const order = release.packages().map(({ folder }) => folder);
        assert.deepEqual([...order].sort(), [...workspaces].sort());
        assert.equal(order[0], "common");
    });

    describe("release-pack.mjs", () => {
        it("stops where the tag and the packages disagree, and says what to do", () => {
            const result = sandbox.script("release-pack.mjs", ["v99.0.0", "release"]);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /^The tag says 99\.0\.0, but common\/package\.json says .*release:version/);
        });

        it("takes what the changelog says of this version alone", () => {
            const changelog =
                "# Changelog\n\n## Unreleased\n\n- c\n\n## 1.10.0 (2026-12-01)\n\n- b\n\n## 1.1.0\n\n- a\n\n## 1.0.0\n";
            assert.equal(release.notesOf(changelog, "1.1.0"), "- a\n");
            assert.equal(release.notesOf(changelog, "1.10.0"), "- b\n");
            assert.equal(release.notesOf(changelog, "1.0.0"), undefined);
            assert.equal(release.notesOf(changelog, "2.0.0"), undefined);
        });

        for (const args of [[], ["1.2.3", "release"], ["v1.2", "release"], ["v1.2.3"]]) {
            it(`says how it is called: ${args.join(" ") || "nothing"}`, () => {
                const result = sandbox.script("release-pack.mjs", args);
                assert.equal(result.status, 1);
                assert.match(result.stderr, /^usage: release-pack\.mjs vMAJOR\.MINOR\.PATCH\|unreleased FOLDER/);
            });
        }
    });

    describe("release-publish.mjs", () => {
        function tarballs(): void {
            for (const { manifest } of release.packages()) {
                sandbox.write(`release/${release.tarballOf(manifest)}`, manifest.name);
            }
        }

        /** A registry that holds these contents by the names of packages. */
        function npm(published: Record<string, string>): void {
            for (const [name, content] of Object.entries(published)) {
                const integrity = createHash("sha512").update(content).digest("base64");
                sandbox.write(`registry/${name}`, `"sha512-${integrity}"`);
            }
            sandbox.command(
                "npm",
                `echo "$*" >> calls
                if [[ $1 == view ]]; then
                    name=\${2%@*}
                    if [[ -f registry/$name ]]; then cat "registry/$name"; else echo "npm error code E404" >&2; exit 1; fi
                fi`,
            );
        }

        const published = () => (sandbox.read("calls") ?? "").split("\n").filter((line) => line.startsWith("publish "));

        it("publishes every package under next, each after those that it needs", () => {
            tarballs();
            npm({});
            const result = sandbox.script("release-publish.mjs", ["release"], { GITHUB_ACTIONS: "" });
            assert.equal(result.status, 0, result.stderr);
            assert.deepEqual(
                published().map((line) => line.replace(/^publish \S*\//, "")),
                release.packages().map(({ manifest }) => `${release.tarballOf(manifest)} --tag next --access public`),
            );
        });

        it("attests the build in GitHub Actions", () => {
            tarballs();
            npm({});
            sandbox.script("release-publish.mjs", ["release"], { GITHUB_ACTIONS: "true" });
            assert.ok(published().length > 0 && published().every((line) => line.endsWith(" --provenance")));
        });

        it("passes over what an earlier run published", () => {
            tarballs();
            const [first] = release.packages();
            assert.ok(first);
            npm({ [first.manifest.name]: first.manifest.name });
            const result = sandbox.script("release-publish.mjs", ["release"]);
            assert.equal(result.status, 0, result.stderr);
            assert.equal(published().length, release.packages().length - 1);
        });

        it("stops where the version is taken by other content", () => {
            tarballs();
            const [first] = release.packages();
            npm({ [first?.manifest.name ?? ""]: "something else" });
            const result = sandbox.script("release-publish.mjs", ["release"]);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /is published already, with other content\. Release a new version\./);
            assert.deepEqual(published(), []);
        });

        it("stops where the registry does not answer, instead of taking a version for new", () => {
            tarballs();
            sandbox.command("npm", `echo "$*" >> calls; echo "npm error code ECONNREFUSED" >&2; exit 1`);
            const result = sandbox.script("release-publish.mjs", ["release"]);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /npm could not read .*:\nnpm error code ECONNREFUSED/);
            assert.deepEqual(published(), []);
        });

        it("stops where a tarball is missing", () => {
            sandbox.write("release/SHA256SUMS", "");
            npm({});
            const result = sandbox.script("release-publish.mjs", ["release"]);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /\.tgz is missing\. Pack all packages with release-pack\.mjs first\./);
        });
    });

    describe("release-on-main.sh", () => {
        const git = (...args: string[]) =>
            sandbox.run("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args]);

        beforeEach(() => {
            git("init", "--quiet");
            git("commit", "--quiet", "--allow-empty", "--message", "a");
            git("update-ref", "refs/remotes/origin/main", "HEAD");
        });

        it("lets a commit of main through", () => {
            assert.equal(sandbox.script("release-on-main.sh", []).status, 0);
        });

        it("stops at a commit that nobody merged", () => {
            git("commit", "--quiet", "--allow-empty", "--message", "b");
            const result = sandbox.script("release-on-main.sh", []);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /is no commit of main\. Merge it first/);
        });
    });

    describe("release-draft.sh", () => {
        function gh(view: string): void {
            sandbox.command("gh", `echo "$*" >> calls; [[ $2 != view ]] || { ${view}; }`);
            for (const name of ["a.tgz", "a.cdx.json", "SHA256SUMS", "notes.md"]) {
                sandbox.write(`release/${name}`, "");
            }
        }

        it("drafts the release with its files and its notes", () => {
            gh("exit 1");
            assert.equal(sandbox.script("release-draft.sh", ["v1.2.3", "release"]).status, 0);
            assert.match(
                sandbox.read("calls") ?? "",
                /^release create v1\.2\.3 --draft --verify-tag .*--notes-file release\/notes\.md release\/a\.tgz release\/a\.cdx\.json release\/SHA256SUMS$/m,
            );
        });

        it("replaces the files of a draft that is there", () => {
            gh("echo true");
            assert.equal(sandbox.script("release-draft.sh", ["v1.2.3", "release"]).status, 0);
            assert.match(sandbox.read("calls") ?? "", /^release upload v1\.2\.3 --clobber /m);
            assert.doesNotMatch(sandbox.read("calls") ?? "", /release create/);
        });

        it("leaves a release that is public alone", () => {
            gh("echo false");
            sandbox.script("release-draft.sh", ["v1.2.3", "release"]);
            // gh refuses to create a release whose tag has one.
            assert.doesNotMatch(sandbox.read("calls") ?? "", /release (upload|edit)/);
        });
    });

    it("release-latest.mjs moves the tag of every package", () => {
        sandbox.command("npm", `echo "$*" >> calls`);
        assert.equal(sandbox.script("release-latest.mjs", ["1.2.3"]).status, 0);
        assert.deepEqual(
            (sandbox.read("calls") ?? "").trim().split("\n"),
            release.packages().map(({ manifest }) => `dist-tag add ${manifest.name}@1.2.3 latest`),
        );
        assert.match(sandbox.script("release-latest.mjs", ["latest"]).stderr, /^usage: /);
    });

    it("release-managers.sh and release-try.mjs know the same kinds of projects as the workflow", () => {
        const { jobs } = parse(fs.readFileSync(path.join(root, ".github", "workflows", "release.yml"), "utf8")) as {
            jobs: Record<string, { strategy?: { matrix: Record<string, string[]> } }>;
        };
        const kinds = jobs.adopt?.strategy?.matrix.kind ?? [];
        const managers = jobs.try?.strategy?.matrix.manager ?? [];
        assert.ok(kinds.length > 10 && managers.length > 3);
        const page = fs.readFileSync(path.join(root, "docs", "release.md"), "utf8");
        const listed = [...page.matchAll(/^\| `([\w-]+)` \| .* \| (?:\d+|–) \|$/gm)].map(([, kind]) => kind);
        assert.deepEqual(listed, kinds);
        sandbox.command("npm", "exit 0");
        for (const kind of [...kinds, ...managers]) {
            assert.equal(sandbox.script("release-managers.sh", [kind]).status, 0, kind);
        }
        assert.equal(sandbox.script("release-managers.sh", ["pip"]).status, 2);
        const usage = sandbox.script("release-try.mjs", ["pip"]).stderr;
        assert.equal(usage, `usage: release-try.mjs ${kinds.join("|")}\n`);
        assert.deepEqual(
            managers.filter((manager) => !kinds.includes(manager)),
            [],
        );
    });

    it("release-registry.mjs says how it is called, and what has to be there first", () => {
        for (const args of [[], ["release"], ["release", "--"], ["release", "npm", "test"]]) {
            const result = sandbox.script("release-registry.mjs", args);
            assert.equal(result.status, 1);
            assert.match(result.stderr, /^usage: release-registry\.mjs FOLDER_OF_RELEASE_PACK -- COMMAND/);
        }
        const result = sandbox.script("release-registry.mjs", ["release", "--", "true"]);
        assert.equal(result.status, 1);
        assert.match(result.stderr, /^release is missing\. Pack all packages with release-pack\.mjs first\.$/m);
    });
});
