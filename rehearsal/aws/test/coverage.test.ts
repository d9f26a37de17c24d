import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { services } from "../services";

const readme = path.join(__dirname, "..", "README.md");
const folder = path.join(__dirname, "..", "services");

/** AWS's codes in the refusals of a service's files. */
function codes(service: string): string[] {
    const directory = path.join(folder, service);
    const text = readdirSync(directory)
        .map((file) => readFileSync(path.join(directory, file), "utf8"))
        .join("\n");
    // A code stands before AWS's words, in a call as in a row of a table, or makes forms of rules.
    const pairs = text.matchAll(
        /(?<!== )"([A-Z][\w.]+)"(?:,\s*(?:"[^"\n]* |`)|(?<=(?:ruleForms\(|code"?: )"\w+"))|`([\w${}]+)`,\s*`[^`\n]* /g,
    );
    // Look-ups have a kind of resource before its name in words.
    const kinds = Object.keys(services.resources).map((token) => token.split(":").at(-1));
    return [...new Set([...pairs].map(([, plain, template]) => plain ?? (template ?? "").replace(/\$\{\w+\}/g, "…")))]
        .filter((code) => !kinds.includes(code))
        .sort();
}

/** A token without what all have in common: `aws:lb/listener:Listener` is `lb.Listener`. */
function short(token: string): string {
    const [, place = "", name = ""] = token.split(":");
    const [module = ""] = place.split("/");
    return module === "index" ? name : `${module}.${name}`;
}

/** A list, since a table of names as long as these fits no screen. */
function list(): string {
    return Object.entries(services.all)
        .flatMap(([name, service]) => {
            const facts = {
                resources: Object.keys(service.resources ?? {})
                    .map(short)
                    .sort(),
                "look-ups": Object.keys(service.lookups ?? {})
                    .map(short)
                    .sort(),
                "AWS's codes of its refusals": codes(name),
            };
            const lines = Object.entries(facts).map(([fact, names]) => `  - ${fact}: ${names.join(", ") || "none"}`);
            return [`- **${name}**`, ...lines];
        })
        .join("\n");
}

describe("what the rehearsed AWS models", () => {
    it("stands in the README (UPDATE=1 writes it)", () => {
        const text = readFileSync(readme, "utf8");
        const [before = "", , after = ""] = text.split(/<!-- coverage(?: ends)? -->/);
        const written = `${before}<!-- coverage -->\n\n<!-- prettier-ignore -->\n${list()}\n\n<!-- coverage ends -->${after}`;
        if (process.env.UPDATE === "1") {
            writeFileSync(readme, written);
        }
        assert.equal(readFileSync(readme, "utf8"), written);
    });
    it("every service refuses something with a code of AWS's, or is named here", () => {
        const withoutRefusals = Object.keys(services.all).filter((name) => codes(name).length === 0);
        assert.deepEqual(withoutRefusals, ["ecr", "iam", "kms", "organizations"]);
    });
});
