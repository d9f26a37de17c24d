import assert from "node:assert/strict";
import { readCommandLine } from "./commandLine";
import { refuseMisspelt, refuseStackAsOperand } from "./misspelt";

const help = `Flags:
      --attach-debugger stringArray[=program]   Enable --attachment
  -j, --json                                    Serialize
  -y, --yes                                     Approve
  -s, --stack string                            The stack
      --target stringArray                      One resource
`;

describe("a misspelt command line of the CLI", () => {
    for (const [given, ...problems] of [
        ["up --stak prod", '"up" has no option --stak. Did you mean --stack?'],
        ["up -stack prod", '"up" has no option -stack. Did you mean --stack?'],
        [
            "up --yess --targets=a",
            '"up" has no option --yess. Did you mean --yes?',
            '"up" has no option --targets. Did you mean --target?',
        ],
        ["up --attach-debuger", '"up" has no option --attach-debuger. Did you mean --attach-debugger?'],
    ] as const) {
        it(`${given}: ${problems.length} problems`, () => {
            const refuse = () => refuseMisspelt(readCommandLine(given.split(" ")), () => help);
            assert.throws(refuse, { message: [...problems, "Help: rehearse up --help"].join("\n") });
        });
    }

    it("is left to the CLI where it is near no option of the command", () => {
        for (const given of ["up -sdev -yf --event-log x", "up --target x", "config set key -- --stak", "--stak"]) {
            refuseMisspelt(readCommandLine(given.split(" ")), () => help);
        }
    });

    it("costs no question where every option is one that is given most", () => {
        const line = readCommandLine("up --yes --stack dev --skip-preview --policy-pack policy".split(" "));
        refuseMisspelt(line, () => assert.fail("asked"));
    });

    it("has the name of a stack where an operand would be", () => {
        const refuse = (given: string) => () =>
            refuseStackAsOperand(readCommandLine(given.split(" ")), ["dev", "prod"]);
        assert.throws(refuse("up prod --yes"), {
            message: '"up" takes the stack as an option: rehearse up --stack prod',
        });
        for (const given of [
            "up -m prod",
            "up --target dev",
            "up https://acme.example/template",
            "stack select prod",
        ]) {
            refuse(given)();
        }
    });
});
