import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import type { ArgumentSpec } from "../checks/index";
import { argumentSpecs } from "./argumentSpecs";
import { cacheBehaviorFields } from "./pagesSpecs";
import { routeSpecs } from "./routeSpecs";
import { hostedZoneSpecs } from "./zoneSpecs";

const page = path.join(__dirname, "..", "..", "docs", "component.md");

interface Documented {
    readonly name: string;
    readonly comment: string;
    readonly type: string;
    readonly required: boolean;
    /** Whether an output is not taken: the program has to know the value. */
    readonly plain: boolean;
}

function interfacesOf(file: string): ts.InterfaceDeclaration[] {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    return source.statements.filter(ts.isInterfaceDeclaration);
}

/** The members of an interface of the arguments, with their comments in one line. */
function documented(interfaceName: string): Documented[] {
    const args = readdirSync(__dirname)
        .filter((file) => file.endsWith("Args.ts"))
        .flatMap((file) => interfacesOf(path.join(__dirname, file)))
        .find(({ name }) => name.text === interfaceName);
    assert.ok(args, interfaceName);
    const inherited = (args.heritageClauses ?? []).flatMap(({ types }) =>
        types.map(({ expression }) => expression.getText()),
    );
    const own = args.members.filter(ts.isPropertySignature).map((member): Documented => {
        const comment = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member)[0]?.comment) ?? "";
        const type = member.type?.getText() ?? "";
        return {
            name: member.name.getText(),
            comment: comment.replace(/\s+/g, " "),
            type: type.replace(/pulumi\.Input<(.*)>$/, "$1").replace(/pulumi\.Input<(.*)>/, "$1"),
            required: member.questionToken === undefined,
            plain: !type.includes("pulumi.Input<"),
        };
    });
    return [...own, ...inherited.flatMap(documented)];
}

/** The arguments in tables: those of an interface, then, under a heading, the fields of each group that is met in them. */
function tables(interfaceName: string, prefix = "", headings = new Map<string, string>()): string[] {
    const inner: string[] = [];
    const rows = documented(interfaceName).map((one) => {
        const { name, comment, type, required, plain } = one;
        const kind = [
            isGroup(one) ? type.replace(/\w+Args/, "group") : type,
            ...(plain ? ["plain"] : []),
            ...(required ? ["required"] : []),
        ];
        const group = type.replace("[]", "");
        if (isGroup(one) && !headings.has(group)) {
            const whole = `${prefix}${name}${type.endsWith("[]") ? "[]" : ""}`;
            headings.set(group, `Fields of \`${whole}\``);
            inner.push(`### ${headings.get(group)}\n`, ...tables(group, `${whole}.`, headings));
        }
        const heading = headings.get(group);
        const fields = heading === undefined ? "" : ` [${heading}](#${anchor(heading)}).`;
        return `| \`${name}\` | ${kind.join(", ")} | ${comment}${fields} |`;
    });
    const table = ["| Argument | Type | Meaning, default and source |", "| --- | --- | --- |", ...rows].join("\n");
    return [`${table}\n`, ...inner];
}

/** GitHub's anchor of a heading. */
function anchor(heading: string): string {
    return heading
        .toLowerCase()
        .replace(/[^a-z -]/g, "")
        .replaceAll(" ", "-");
}

function isGroup({ type }: Documented): boolean {
    return /Args(\[\])?$/.test(type);
}

/** A default as a sentence says it. */
function asWritten(value: unknown): string {
    if (Array.isArray(value)) {
        return value.length === 0 ? "none" : value.join(", ");
    }
    return String(value);
}

describe("The comments of the arguments", () => {
    it("state the defaults of the table", () => {
        const checkAll = (interfaceName: string, specs: Readonly<Record<string, ArgumentSpec>>): void => {
            const members = documented(interfaceName);
            assert.deepEqual(
                members.map(({ name }) => name),
                Object.keys(specs),
                interfaceName,
            );
            for (const { name, comment, type, required } of members) {
                const spec = specs[name] ?? assert.fail(name);
                const stated = /Defaults to (.*)/.exec(comment)?.[1];
                assert.equal(stated === undefined, required, `${interfaceName}.${name}`);
                if (spec.form === "group") {
                    checkAll(type, spec.fields);
                } else if (spec.default !== undefined && typeof spec.default !== "function") {
                    const plain = stated?.replaceAll("`", "") ?? "";
                    assert.ok(plain.startsWith(asWritten(spec.default)), `${interfaceName}.${name}: ${plain}`);
                }
            }
        };
        checkAll("EncryptedEdgeArgs", argumentSpecs);
        checkAll("RouteRuleArgs", routeSpecs);
        checkAll("HostedZoneArgs", hostedZoneSpecs);
        checkAll("CacheBehaviorArgs", cacheBehaviorFields);
    });
});

describe("docs/component.md", () => {
    it("has the table of arguments as they are", () => {
        const text = readFileSync(page, "utf8");
        const [, before, table, after] = /^(.*<!-- arguments -->\n)(.*)(<!-- \/arguments -->.*)$/s.exec(text) ?? [];
        assert.ok(before !== undefined && table !== undefined && after !== undefined);
        const wanted = `\n${tables("EncryptedEdgeArgs").join("\n")}\n`;
        if (process.env.UPDATE_DOCS) {
            writeFileSync(page, before + wanted + after);
            return;
        }
        assert.equal(table, wanted, "Run UPDATE_DOCS=1 npx mocha components/arguments/argumentsTable.test.ts");
    });
});
