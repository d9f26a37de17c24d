import assert from "node:assert/strict";

import { rules } from "../../rules";
import type { AuditedStack } from "../auditedStack";
import { table } from "../outputs";
import { makeReport } from "../report";
import { distributionType, protocolPath } from "./estate";
import { pack, report, result, stacks } from "./sampleReport";

describe("audit: table", () => {
    const text = table(report, { colors: false, verbose: false });

    it("shows each violation with its components, path and message, and ends with totals and what to do", () => {
        assert.match(
            text,
            /^shop\/dev {2}3 mandatory, 1 advisory, 1 cannot tell, 1 exempted {2}states\/dev & test\.json\n/,
        );
        assert.ok(
            text.includes(`around-web / web ${distributionType}  at ${protocolPath}\n        Origin "alb" of web`),
        );
        assert.match(
            text,
            /4 stacks, 13 resources: 3 mandatory, .*; 1 stack without any finding\.\n2 stacks could not be read/,
        );
        assert.match(text, /exempt a resource .*, or start a baseline with --create-baseline\.\n$/);
    });

    it("obeys no escape sequence of a name", () => {
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f]/);
    });

    it("shows a few results of each rule, and all with --verbose", () => {
        const many = {
            ...(stacks[0] as AuditedStack),
            results: Array.from({ length: 9 }, (_, index) => result(`web${index}`)),
        };
        const crowded = makeReport({ pack, rules, failOn: "mandatory", stacks: [many], remaining: 0 });
        const shown = (verbose: boolean) =>
            table(crowded, { colors: false, verbose }).match(/Write "https-only"/g)?.length;
        assert.deepEqual([shown(false), shown(true)], [3, 9]);
        assert.match(table(crowded, { colors: false, verbose: false }), /6 more; --verbose shows all/);
    });

    it("wraps messages between words where the terminal is narrow, and loses none", () => {
        const words = (text: string) => text.split(/\s+/).join(" ");
        const whole = table(report, { colors: false, verbose: true });
        for (const columns of [60, 80]) {
            const text = table(report, { colors: false, verbose: true, columns });
            assert.equal(words(text), words(whole));
            const messages = text.split("\n").filter((line) => line.startsWith(" ".repeat(8)));
            assert.ok(messages.length > 0);
            assert.deepEqual(
                messages.filter((line) => line.length > columns && line.trim().includes(" ")),
                [],
            );
        }
        assert.equal(table(report, { colors: false, verbose: true, columns: 20 }), whole);
    });
});
