import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { installedPackage } from "./installedPackage";

describe("common: an installed package", () => {
    let top: string;

    beforeEach(() => {
        top = mkdtempSync(path.join(tmpdir(), "installed-"));
        for (const [place, version] of [
            ["node_modules/@scope/thing", "1.0.0"],
            ["app/node_modules/@scope/thing", "2.0.0"],
        ] as const) {
            mkdirSync(path.join(top, place), { recursive: true });
            writeFileSync(path.join(top, place, "package.json"), JSON.stringify({ version, exports: {} }));
        }
    });
    afterEach(() => rmSync(top, { recursive: true, force: true }));

    it("is the nearest one, whatever it exports", () => {
        const folder = path.join(top, "app", "node_modules", "@scope", "thing");
        assert.deepEqual(installedPackage("@scope/thing", path.join(top, "app", "src")), { folder, version: "2.0.0" });
        assert.equal(installedPackage("@scope/thing", path.join(top, "other"))?.version, "1.0.0");
        assert.equal(installedPackage("@scope/nothing", top), undefined);
    });
});
