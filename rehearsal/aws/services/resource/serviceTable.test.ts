import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { type Properties, Typings } from "../../../provider";
import { ruleForms } from "./ruleForms";
import type { Rule } from "./rules";
import { modelsOf, rowsOf } from "./serviceTable";

interface RuleRow extends Pick<Rule, "at" | "exactlyOne" | "atMostOne" | "atLeastOne"> {
    readonly [name: string]: unknown;
}

interface Row {
    readonly [name: string]: unknown;
    readonly requires?: readonly unknown[][];
    readonly files?: readonly string[][];
    readonly unique?: readonly unknown[][];
    readonly quotas?: readonly unknown[][];
    readonly rules?: readonly RuleRow[];
}

const folder = path.join(__dirname, "..");
const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });
const tables = readdirSync(folder)
    .map((service) => path.join(folder, service, "resourceTable.json"))
    .filter((file) => existsSync(file))
    .flatMap((file) => {
        const { resources, shared = {} } = JSON.parse(readFileSync(file, "utf8")) as {
            resources: Record<string, Row>;
            shared?: Parameters<typeof rowsOf>[1];
        };
        return Object.entries(resources).map(
            ([type, row]) => [type, { ...row, rules: rowsOf(row.rules ?? [], shared) }] as const,
        );
    });
const settings =
    "autoName calls defaults files grows importable overwrites owns quotas requires rules sentWhenChanged sets source title unique usedBy values";
const forms = Object.keys(ruleForms());

/** Whether a path of names leads to an input. */
function leads([name = "", ...rest]: readonly string[], properties: Properties): boolean {
    const { type } = properties[name] ?? {};
    const inner = type?.kind === "array" ? type.of : type;
    return (
        inner !== undefined &&
        (rest.length === 0 || (inner.kind === "object" && leads(rest, typings.object(inner.name))))
    );
}

/** Of a row that refuses values: its places, and the properties beside each, or of the inputs, that it looks at. */
function besides([places, wrong]: readonly [string | string[], Record<string, string>]): string[] {
    return [places].flat().flatMap((place) => [
        place,
        ...Object.keys(wrong)
            .filter((name) => name !== "")
            .map((name) => (name.startsWith("/") ? name.slice(1) : place.replace(/[^.]*$/, name))),
    ]);
}

/** The inputs that the rows of a type name, as paths. */
function placesOf({ requires = [], files = [], unique = [], quotas = [], rules = [] }: Row): string[] {
    const ofRules = rules.flatMap((rule) => {
        const form = forms.find((each) => each in rule);
        const { at = "", exactlyOne = [], atMostOne = [], atLeastOne = [] } = rule;
        const alternatives = [...exactlyOne, ...atMostOne, ...atLeastOne];
        return form === undefined
            ? [at].flat().flatMap((place) => alternatives.map((name) => (place === "" ? name : `${place}.${name}`)))
            : form === "refused"
              ? besides(rule[form] as Parameters<typeof besides>[0])
              : [(rule[form] as unknown[])[0]];
    });
    const beside = quotas.map(([input]) => input).filter((input) => input !== "");
    return [
        ...requires.map(([place]) => place),
        ...files.map(([bucket, key]) => [bucket, key]),
        ...unique.map(([names]) => names),
        ...beside,
        ...ofRules,
    ].flat() as string[];
}

describe("the tables of the services", () => {
    it("name types, settings and inputs that there are", () => {
        assert.ok(tables.length > 60, `only ${tables.length} types`);
        const wrong = tables.flatMap(([type, row]) => [
            ...Object.keys(row)
                .filter((name) => !settings.split(" ").includes(name))
                .map((name) => `${type}: ${name}`),
            ...placesOf(row)
                .filter((place) => !leads(place.split("."), typings.resource(type)?.inputs ?? {}))
                .map((place) => `${type}: ${place}`),
        ]);
        assert.deepEqual(wrong, []);
    });
    it("join lists and maps with those of the code, whose single values count", () => {
        const type = "aws:s3/bucket:Bucket";
        const table = {
            missing: { Vpc: ["NoVpc", "No %s"] },
            shared: { few: [{ most: [["one", "two"], 3], code: "TooMany" }] },
            resources: {
                [type]: {
                    autoName: { maximum: 63 },
                    overwrites: true,
                    requires: [["vpcId", "Vpc"]],
                    rules: [{ shared: "few" }, { shared: "few", under: "inner" }],
                },
            },
        };
        const code = {
            [type]: { autoName: { property: "bucket" }, overwrites: false, rules: [{ atMostOne: ["a", "b"] }] },
        };
        const { rules = [], ...model } = modelsOf(table, code)[type] ?? {};
        assert.deepEqual(model, {
            autoName: { maximum: 63, property: "bucket" },
            overwrites: false,
            requires: [["vpcId", "Vpc", "NoVpc", "No %s"]],
        });
        assert.deepEqual(
            rules.map(({ at, code, atMostOne, wrong }) => [
                at,
                code,
                atMostOne,
                wrong?.({ one: [1, 2, 3, 4], two: [] }, {}),
            ]),
            [
                ["", "TooMany", undefined, ["one", "has 4 one; AWS allows 3."]],
                ["", "TooMany", undefined, undefined],
                ["inner", "TooMany", undefined, ["one", "has 4 one; AWS allows 3."]],
                ["inner", "TooMany", undefined, undefined],
                [undefined, undefined, ["a", "b"], undefined],
            ],
        );
        assert.throws(
            () => modelsOf({ resources: { [type]: { rules: [{ shared: "few" }] } } }),
            /The table shares no rows "few"/,
        );
    });
});
