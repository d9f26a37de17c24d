import assert from "node:assert/strict";

import { SaxesParser } from "saxes";

import { rules } from "../../rules";
import { report, textOf } from "./sampleReport";

describe("audit: JUnit", () => {
    it("is well-formed XML with a suite for each stack, whatever its name", () => {
        const opened: { name: string; attributes: Record<string, string> }[] = [];
        const parser = new SaxesParser();
        parser.on("error", (error) => assert.fail(error));
        parser.on("opentag", (tag) => opened.push({ name: tag.name, attributes: tag.attributes }));
        parser.write(textOf("junit", report)).close();
        const suites = opened.filter((tag) => tag.name === "testsuite").map((tag) => tag.attributes);
        assert.equal(suites.length, 4);
        assert.deepEqual([suites[0]?.name, suites[0]?.failures, suites[0]?.errors], ["shop/dev", "1", "0"]);
        assert.deepEqual([suites[1]?.tests, suites[1]?.errors, suites[3]?.failures], ["1", "1", "0"]);
        assert.ok(suites[2]?.name?.startsWith(`web"'><img src=x onerror=alert(1)>`));
        assert.equal(opened.filter((tag) => tag.name === "failure").length, 1);
        assert.equal(opened.filter((tag) => tag.name === "testcase").length, 3 * (rules.length + 1) + 1);
    });
});
