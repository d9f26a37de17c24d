import { RuleTester } from "eslint";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import type { Rule } from "eslint";

const root = path.join(__dirname, "..", "..");
const inRoom = (file: string, code: string) => ({ filename: path.join(root, file), code });
const passedBy = (room: string) => [{ message: new RegExp(`goes past the door of ${room}: import it from there`) }];

describe("the house's lint rule: doors", () => {
    it("lets a room be entered by its index alone", async () => {
        const file = pathToFileURL(path.join(root, "scripts", "eslint", "doors.mjs")).href;
        const { default: doors } = (await import(file)) as { default: Rule.RuleModule };
        new RuleTester().run("doors", doors, {
            valid: [
                inRoom("policy/rules/index.ts", 'import { x } from "../graph";'),
                inRoom("policy/rules/index.ts", 'import { x } from "../graph/index";'),
                inRoom("policy/rules/index.ts", 'import { x } from "./alb-target-https";'),
                inRoom("policy/graph/plain.ts", 'import { x } from "./stackGraph";'),
                inRoom("policy/graph/plain.ts", 'import { x } from "../rule";'),
                inRoom("policy/graph/plain.ts", 'import { x } from "yaml";'),
                inRoom("policy/graph/plain.ts", "export const x = 1;"),
            ],
            invalid: [
                {
                    ...inRoom("policy/rules/index.ts", 'import { x } from "../graph/plain";'),
                    errors: passedBy("policy/graph"),
                },
                {
                    ...inRoom("policy/rules/index.ts", 'export { x } from "../graph/plain";'),
                    errors: passedBy("policy/graph"),
                },
                {
                    ...inRoom("policy/rules/index.ts", 'export * from "../graph/plain";'),
                    errors: passedBy("policy/graph"),
                },
                { ...inRoom("index.ts", 'import { x } from "./components/lookUp";'), errors: passedBy("components") },
                {
                    ...inRoom("rehearsal/command/runCli.ts", 'import { x } from "../engine/languageHost/main";'),
                    errors: passedBy("rehearsal/engine"),
                },
            ],
        });
    });
});
