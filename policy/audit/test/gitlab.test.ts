import assert from "node:assert/strict";
import * as path from "node:path";

import { rules } from "../../rules";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { makeReport, type FailOn, type ReportInput } from "../report";
import { urnOf } from "./estate";
import { one, pack, report, result, rule, stacks, textOf } from "./sampleReport";

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

    interface Entry {
        readonly severity: string;
        readonly fingerprint: string;
        readonly description: string;
        readonly location: { readonly path: string };
    }
    const entriesOf = (input: Partial<ReportInput>) => {
        const whole = { pack, rules, failOn: "mandatory" as const, stacks: [], remaining: 0, ...input };
        return JSON.parse(textOf("gitlab", makeReport(whole))) as Entry[];
    };
    const severitiesOf = (more: Partial<AuditedResult>, failOn: FailOn) =>
        (["critical", "high", "medium", "low"] as const).map(
            (severity) => entriesOf({ stacks: one(result("web", { severity, ...more })), failOn })[0]?.severity,
        );
    const untold = { level: "advisory", kind: "cannot tell" } as const;

    it("gets what fails on the whole scale, advice a step below, and what is only not known as information", () => {
        const failing = ["blocker", "critical", "major", "minor"];
        assert.deepEqual(severitiesOf({}, "mandatory"), failing);
        assert.deepEqual(severitiesOf({ level: "advisory" }, "mandatory"), ["critical", "major", "minor", "info"]);
        assert.deepEqual(severitiesOf({ level: "advisory" }, "advisory"), failing);
        assert.deepEqual(severitiesOf(untold, "mandatory"), ["info", "info", "info", "info"]);
        assert.deepEqual(severitiesOf(untold, "cannot-tell"), failing);
    });

    it("gets nothing that is baselined", () => {
        const baseline = { isBaselined: () => true, fixed: [], shrunk: [] };
        assert.deepEqual(entriesOf({ stacks: one(result("web")), baseline }), []);
    });

    it("gets stack, resource and message of each, the URN where there is no name", () => {
        const told = (more: Partial<AuditedResult>) =>
            entriesOf({ stacks: one(result("web", { message: "m", ...more })) })[0]?.description;
        assert.equal(told({}), "shop/clean, web: m");
        assert.equal(told({ name: undefined }), `shop/clean, ${urnOf("dev", "web")}: m`);
        assert.equal(told({ name: undefined, urn: undefined }), "shop/clean: m");
    });

    it("gets the file of a state, and the name of a stack that a backend holds", () => {
        const pathOf = (source: string) => {
            const [stack] = one(result("web"));
            return entriesOf({ stacks: [{ ...(stack as AuditedStack), source }] })[0]?.location.path;
        };
        assert.equal(pathOf("./states/dev.json"), "states/dev.json");
        assert.equal(pathOf(path.resolve("states/dev.json.gz")), "states/dev.json.gz");
        assert.equal(pathOf("s3://states/dev.json"), "shop/clean");
        assert.equal(pathOf("https://api.pulumi.com"), "shop/clean");
    });

    it("gets every problem of a stack that cannot be read", () => {
        const entries = entriesOf({ stacks: [{ ...(stacks[2] as AuditedStack), problems: ["One.", "Two."] }] });
        assert.deepEqual(
            entries.map(({ description, severity, fingerprint }) => [description, severity, fingerprint]),
            [
                ["states/broken.json: One.", "blocker", "unreadable states/broken.json 0"],
                ["states/broken.json: Two.", "blocker", "unreadable states/broken.json 1"],
            ],
        );
    });

    it("keeps the fingerprint of the first of several that are alike, so that what was known stays known", () => {
        const printsOf = (...results: AuditedResult[]) =>
            entriesOf({ stacks: one(...results) }).map(({ fingerprint }) => fingerprint);
        const [alone] = printsOf(result("web"));
        const alike = printsOf(result("web"), result("web"), result("web"));
        assert.equal(alike[0], alone);
        assert.equal(new Set(alike).size, 3);
        assert.ok(alike.every((print) => print.startsWith(alone ?? assert.fail())));
        assert.deepEqual(printsOf(result("web"), result("web"), result("web")), alike);
    });
});
