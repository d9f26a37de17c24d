import assert from "node:assert/strict";

import { auditCommand } from "../auditCommand";
import { plainArguments } from "../plainArguments";

/** What the library that reads command lines makes of the same arguments. */
function read(args: readonly string[]): unknown {
    const command = auditCommand().action(() => undefined);
    command.parse(args, { from: "user" });
    return { targets: command.args, options: command.opts() };
}

describe("the arguments of a plain audit", () => {
    for (const args of [
        ["state.json"],
        ["-"],
        ["one.json", "states", "-", ""],
        ["state.json", "--json"],
        ["state.json", "--verbose"],
        ["state.json", "--sarif", "--junit", "--gitlab", "--html"],
        ["state.json", "--policy-config", "policy.json", "--json"],
        ["state.json", "--json", "--baseline", "known.json", "--fail-on", "advisory", "--verbose"],
        ["state.json", "--policy-config", "--json"],
        ["state.json", "--policy-config", "one.json", "--policy-config", ""],
    ]) {
        it(`are read as the library reads them: ${JSON.stringify(args)}`, () => {
            assert.deepEqual(plainArguments(args), read(args));
        });
    }

    for (const args of [
        [],
        ["--json"],
        ["--json", "state.json"],
        ["state.json", "--json", "report.json"],
        ["state.json", "--json=report.json"],
        ["state.json", "--policy-config=policy.json"],
        ["state.json", "--policy-config", "policy.json", "another.json"],
        ["state.json", "--resume", "journal"],
        ["state.json", "--engine"],
        ["state.json", "--jsn"],
        ["state.json", "--", "-json"],
        ["--help"],
        ["state.json", "-h"],
    ]) {
        it(`are left to the library where they are more: ${JSON.stringify(args)}`, () => {
            assert.equal(plainArguments(args), undefined);
        });
    }
});
