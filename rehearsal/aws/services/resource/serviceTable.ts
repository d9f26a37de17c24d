import { isObject } from "../../../provider";
import type { ResourceModel } from "./resourceModel";
import { ruleForms } from "./ruleForms";
import type { Rule } from "./rules";

/** A rule in JSON: as it is, or the form of rules that it is made by with its arguments; the first may be several places. */
type RuleRow = Pick<Rule, "code"> & Readonly<Record<string, unknown>>;

/** Rows that types of a service share, by a name of ours: `{ "shared": name }` stands for them among a type's rules. */
type SharedRows = Readonly<Record<string, readonly RuleRow[]>>;

/**
 * What rows can say of a service's resource types, by token: models in JSON. `source` says where they come from;
 * `requires` may leave AWS's answer to `missing`.
 */
interface ServiceTable {
    /** AWS's code and words for a name of nothing, by the kind of resource, and which names are asked for. */
    readonly missing?: Readonly<Record<string, readonly string[]>>;
    readonly shared?: SharedRows;
    readonly resources: Readonly<
        Record<string, Omit<ResourceModel, "rules"> & { readonly rules?: readonly RuleRow[] }>
    >;
}

/** The models of a service: its table, and what only code can say of a type. Lists and maps of both are joined. */
export function modelsOf(
    table: object,
    code: Readonly<Record<string, ResourceModel>> = {},
): Readonly<Record<string, ResourceModel>> {
    const { missing = {}, shared = {}, resources } = table as ServiceTable;
    const tables = Object.entries(resources).map(([type, { rules = [], requires = [], ...rows }]) => [
        type,
        {
            ...rows,
            rules: rowsOf(rules, shared).flatMap(rulesOf),
            requires: requires.map((row) => (row.length > 2 ? row : [...row, ...(missing[row[1]] ?? [])])),
        },
    ]);
    return joined(Object.fromEntries(tables), code) as Record<string, ResourceModel>;
}

/** The rows of a type with those that it shares, whose forms are about places in `under` where it is given. */
export function rowsOf(rows: readonly RuleRow[], shared: SharedRows): readonly RuleRow[] {
    return rows.flatMap((row) => {
        if (typeof row.shared !== "string") {
            return [row];
        }
        const others = shared[row.shared];
        if (others === undefined) {
            throw new Error(`The table shares no rows "${row.shared}".`);
        }
        return typeof row.under === "string" ? others.map((each) => placedIn(String(row.under), each)) : others;
    });
}

function placedIn(outer: string, row: RuleRow): RuleRow {
    const name = Object.keys(ruleForms()).find((each) => each in row) ?? "";
    const [places, ...rest] = row[name] as unknown[];
    return { ...row, [name]: [[places].flat().map((place) => `${outer}.${String(place)}`), ...rest] };
}

function rulesOf({ code, ...row }: RuleRow): Rule[] {
    const forms = Object.entries(ruleForms(code)) as [string, (place: unknown, ...rest: unknown[]) => Rule][];
    const [name = "", make] = forms.find(([each]) => each in row) ?? [];
    if (make === undefined) {
        return [{ ...row, code }];
    }
    const [places, ...rest] = row[name] as unknown[];
    return [places].flat().map((place) => make(place, ...rest));
}

function joined(one: unknown, other: unknown): unknown {
    if (Array.isArray(one) && Array.isArray(other)) {
        return [...(one as unknown[]), ...(other as unknown[])];
    }
    if (isObject(one) && isObject(other)) {
        const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
        return Object.fromEntries(names.map((name) => [name, joined(one[name], other[name])]));
    }
    return other ?? one;
}
