import assert from "node:assert/strict";

import { rules } from "../../rules";
import { makeReport } from "../report";
import { one, pack, report, result, rule, textOf } from "./sampleReport";

describe("audit: GitLab", () => {
    it("gets what is neither accepted nor known, each entry with a fingerprint and a path of its own", () => {
        const entries = JSON.parse(textOf("gitlab", report)) as {
            check_name: string;
            severity: string;
            fingerprint: string;
            description: string;
            location: { path: string; lines: { begin: number } };
        }[];
        const told = entries.map(({ check_name, severity }) => `${check_name} ${severity}`);
        assert.deepEqual(told, [
            ...[rule, rule, rule].map((name) => `${name} critical`),
            `${rule} major`,
            `${rule} info`,
            "unreadable-stack blocker",
            "unreadable-stack blocker",
        ]);
        assert.equal(new Set(entries.map(({ fingerprint }) => fingerprint)).size, entries.length);
        assert.deepEqual(entries[0]?.location, { path: "states/dev & test.json", lines: { begin: 1 } });
        assert.ok(entries.every(({ location }) => !/^(\/|\.\/)/.test(location.path)));
        assert.ok(entries.some(({ description }) => description.startsWith('shop/dev, web: Origin "alb" of web')));
        const stackTwice = one(result("web"), result("web"));
        const twice = makeReport({ pack, rules, failOn: "mandatory", stacks: stackTwice, remaining: 0 });
        const prints = (JSON.parse(textOf("gitlab", twice)) as { fingerprint: string }[]).map(
            (each) => each.fingerprint,
        );
        assert.equal(new Set(prints).size, 2);
    });
});
