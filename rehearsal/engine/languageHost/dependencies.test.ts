import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { installation } from "./dependencies";

describe("language host: where packages are installed, and by what", () => {
    let top: string;

    beforeEach(() => {
        top = mkdtempSync(path.join(tmpdir(), "workspace-"));
    });
    afterEach(() => rmSync(top, { recursive: true, force: true }));

    function write(file: string, content: object | string = {}): void {
        mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
        writeFileSync(path.join(top, file), typeof content === "string" ? content : JSON.stringify(content));
    }
    const of = (program: string, options: Parameters<typeof installation>[1] = {}) =>
        installation(path.join(top, program), options);

    it("a program of its own: in its folder, by npm", () => {
        write("package.json", { workspaces: ["other"] });
        write("app/package.json");
        assert.deepEqual(of("app"), { directory: path.join(top, "app"), manager: "npm", flags: [] });
    });

    for (const [what, workspaces] of [
        ["a name", ["apps/shop"]],
        ["a name with slash and dot", ["./apps/shop/"]],
        ["a pattern of one level", ["apps/*"]],
        ["a pattern of all levels", ["**"]],
        ["a pattern of alternatives", ["{apps,packages}/*"]],
        ["yarn's longer form", { packages: ["apps/*"] }],
    ] as const) {
        it(`a workspace by ${what}: at its top`, () => {
            write("package.json", { workspaces });
            write("apps/shop/package.json");
            assert.deepEqual(of("apps/shop"), { directory: top, manager: "npm", flags: [] });
        });
    }

    it("not in a workspace that leaves the program out, or that is deeper", () => {
        write("package.json", { workspaces: ["apps/*", "!apps/shop"] });
        write("apps/shop/package.json");
        assert.equal(of("apps/shop").directory, path.join(top, "apps", "shop"));
        assert.equal(of("apps/other/deep").directory, path.join(top, "apps", "other", "deep"));
    });

    it("a pnpm workspace: at its top, by pnpm", () => {
        write("package.json");
        write("pnpm-workspace.yaml", "packages:\n  - apps/*\n");
        write("pnpm-lock.yaml", "");
        assert.deepEqual(of("apps/shop"), { directory: top, manager: "pnpm", flags: [] });
    });

    it("by the manager of the program's lock file, or the one that Pulumi.yaml names", () => {
        write("yarn.lock", "");
        assert.equal(of(".").manager, "yarn");
        assert.equal(of(".", { packagemanager: "bun" }).manager, "bun");
        assert.equal(of(".", { packagemanager: "nonsense" }).manager, "yarn");
    });

    it("without what only development needs, where Pulumi.yaml or PulumiPlugin.yaml asks for that", () => {
        assert.deepEqual(of(".", { production: true }).flags, ["--omit=dev"]);
        assert.deepEqual(of(".", { production: true, packagemanager: "pnpm" }).flags, ["--prod"]);
        assert.deepEqual(of(".", { production: "true" }).flags, []);
    });
});
