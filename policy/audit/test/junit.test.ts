import assert from "node:assert/strict";

import { SaxesParser } from "saxes";

import { rules } from "../../rules";
import type { AuditedResult } from "../auditedStack";
import { makeReport } from "../report";
import { protocolPath, urnOf } from "./estate";
import { crowded, exempted, few, one, pack, report, result, textOf } from "./sampleReport";

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

    it("has for each rule what fails, what is only said and what is known", () => {
        const lines: string[] = [];
        const parser = new SaxesParser();
        parser.on("error", (error) => assert.fail(error));
        parser.on("opentag", ({ name, attributes }) => lines.push([name, ...Object.values(attributes)].join(" ")));
        parser.on("text", (text) => lines.push(...text.split("\n").filter((line) => line.startsWith("["))));
        parser.write(textOf("junit", crowded)).close();
        const at = (standing: string, name: string) => `[${standing}] ${urnOf("dev", name)} ${protocolPath}`;
        assert.deepEqual(lines, [
            "testsuites encrypted-edge-policy 7 1 1",
            "testsuite shop/dev shop/dev 3 1 0 0",
            "testcase shop/dev the state can be read",
            "testcase shop/dev cloudfront-origin-https-only",
            "failure mandatory 4 mandatory, 1 cannot tell",
            ...["a", "b", "c", "d"].map((name) => at("mandatory", name)),
            at("cannot tell", "g"),
            "system-out",
            at("baselined", "known"),
            "testcase shop/dev cloudfront-web-acl",
            "system-out",
            at("advisory", "e"),
            `[advisory] ${urnOf("dev", "f")} `,
            at("exempted", "old"),
            at("exempted", "older"),
            "testsuite states/broken.json states/broken.json 1 0 1 0",
            "testcase states/broken.json the state can be read",
            "error unreadable The file is empty.",
            "testsuite shop/clean states/clean.json 3 0 0 0",
            "testcase shop/clean the state can be read",
            "testcase shop/clean cloudfront-origin-https-only",
            "testcase shop/clean cloudfront-web-acl",
        ]);
    });

    it("is a whole document, and says of a result without a place that it is the stack's", () => {
        const whole = result("web", { urn: undefined, path: undefined, level: "advisory", message: "All of it." });
        const stacks = one(whole).map((stack) => ({ ...stack, stack: "shop/dev", source: "dev.json" }));
        const shown = few.slice(0, 1);
        const made = makeReport({ pack, rules: shown, failOn: "mandatory", stacks, remaining: 0 });
        assert.deepEqual(textOf("junit", made).split("\n"), [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<testsuites name="encrypted-edge-policy" tests="2" failures="0" errors="0">',
            '<testsuite name="shop/dev" package="dev.json" tests="2" failures="0" errors="0" skipped="0">' +
                '<testcase classname="shop/dev" name="the state can be read" />' +
                `<testcase classname="shop/dev" name="${shown[0]?.name}"><system-out>[advisory] the whole stack `,
            "All of it.</system-out></testcase></testsuite>",
            "</testsuites>",
            "",
        ]);
    });

    it("skips a rule of which everything is accepted, and no other", () => {
        const skips = (...results: AuditedResult[]) => {
            const made = makeReport({ pack, rules: few, failOn: "mandatory", stacks: one(...results), remaining: 0 });
            const text = textOf("junit", made);
            return [/skipped="(\d+)"/.exec(text)?.[1], /<skipped message="([^"]*)"/.exec(text)?.[1]];
        };
        const old = result("old", { exempted });
        assert.deepEqual(skips(old, old), ["1", "2 known: baselined or exempted"]);
        assert.deepEqual(skips(result("known", { kind: "violation" })), ["0", undefined]);
        assert.deepEqual(skips(old, result("web", { level: "advisory" })), ["0", undefined]);
    });
});
