import assert from "node:assert/strict";
import { readOptions } from "./options";

describe("the options of the rehearsal's own commands", () => {
    const read = (...given: string[]) => readOptions("serve", given, { quiet: { type: "boolean" } });

    it("has --cwd and --help in every command", () => {
        const { cwd, help, quiet } = read("-C", "project", "--help", "--quiet");
        assert.deepEqual([cwd, help, quiet], ["project", true, true]);
    });
    for (const [given, message] of [
        ["--quite", "Unknown option --quite. Did you mean --quiet?"],
        ["--stak", "Unknown option --stak. Did you mean --stack? rehearse serve does not take it: leave it out."],
        ["--stack", "rehearse serve does not take --stack: leave it out."],
        ["--nonsense", "Unknown option --nonsense."],
        ["--help=yes", "--help takes no value."],
    ] as const) {
        it(`says what is wrong with ${given}`, () => {
            assert.throws(() => read(given), { message: `${message}\nHelp: rehearse serve --help` });
        });
    }
});
