import assert from "node:assert/strict";
import { headerLists, isAmong } from "./headers";

describe("lists of headers", () => {
    it("name headers in whatever case, and by how they begin", () => {
        const { hiddenFromFunctions } = headerLists;
        for (const name of ["expect", "Expect", "X-Edge-Location", "x-amz-cf-id"]) {
            assert.ok(isAmong(hiddenFromFunctions, name), name);
        }
        for (const name of ["expected", "x-edge", "my-x-edge-location", "x-amz-date"]) {
            assert.ok(!isAmong(hiddenFromFunctions, name), name);
        }
    });

    it("are in lower case, with an asterisk at the end alone, and say where they come from", () => {
        for (const { names, source } of Object.values(headerLists)) {
            assert.ok(names.length > 0);
            assert.ok(source.length > 10, source);
            assert.deepEqual(
                names.filter((name) => !/^[a-z0-9-]+\*?$/.test(name)),
                [],
            );
        }
    });
});
