import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { ownPackage } from "./ownPackage";

describe("this package", () => {
    it("is called what its package.json says, with nothing besides name and version", () => {
        const file = path.join(__dirname, "package.json");
        const { name, version } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
        assert.equal(name, "@encrypted-edge/policy");
        assert.deepEqual(ownPackage(), { name, version });
    });
});
