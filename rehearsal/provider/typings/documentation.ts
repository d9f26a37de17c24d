import type { Property, ValueType } from "./propertyTypes";

type Facts = Pick<Property, "values" | "between" | "default" | "replaces">;

const item = "`[^`]+`(?:\\s*\\([^)]*\\))?";
const list = `${item}(?:(?:\\s*,\\s*(?:and |or |& )?|\\s+and\\s+|\\s+or\\s+|\\s*\\|\\s*)${item})+`;
// Only complete lists: not "include", and not a list that goes on in words.
const allowed = new RegExp(
    `(?:^|[.] |\\n)(?:Valid|Possible|Allowed) (?:values|options)(?: are|:| are:)?(?: either)? (${list})\\s*(?:\\.(?:\\s|$)|$|Default|\\n)`,
    "g",
);
const replacing =
    /[Ff]orces (?:a |the creation of a )?(?:new |replacement)|[Cc]hanging (?:this|`\w+`)[^.]*(?:new resource|re-?creat|replacement|creates? a new)|,? ?(?:Forces|forces) new resource/;

/** What a doc comment of the typings states in AWS's and Terraform's set phrases. What it says otherwise is not read. */
export function readDocumentation(comment: string, type: ValueType): Facts {
    const text = comment.replace(/\s*\n\s*\*?\s?/g, "\n").replace(/\*\//g, "");
    const element = type.kind === "array" ? type.of : type;
    const facts: { -readonly [Name in keyof Facts]: Facts[Name] } = {};
    if (element.kind === "string") {
        const values = allowedValues(text);
        if (values !== undefined) {
            facts.values = values;
        }
    }
    if (type.kind === "number") {
        const [, least, greatest] =
            /(?:Valid values are|Must be|must be|Valid range is|Valid values:?) (?:a value |an integer )?between `?(\d+)`?(?: ?- ?| and | to )`?(\d+)`?(?![\d.])/.exec(
                text,
            ) ?? [];
        if (least !== undefined && greatest !== undefined) {
            facts.between = [Number(least), Number(greatest)];
        }
    }
    const stated = statedDefault(text, type);
    if (stated !== undefined) {
        facts.default = stated;
    }
    if (replacing.test(text)) {
        facts.replaces = true;
    }
    return facts;
}

function allowedValues(text: string): string[] | undefined {
    const found = [...text.matchAll(allowed)];
    // Two lists are two cases (one of each protocol, say), which words tell apart and we cannot.
    const listed = found.length === 1 ? found[0]?.[1] : undefined;
    if (listed === undefined || /[Vv]alid values[^.]*[.][^]*[Vv]alid values/.test(text)) {
        return undefined;
    }
    const values = [...listed.matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? "").replace(/^"(.*)"$/, "$1"));
    // Patterns such as 2XX or #{port} are no values.
    return values.every((value) => /^[\w.:/+ -]+$/.test(value) && !/\dXX|^\d+$/.test(value)) ? values : undefined;
}

function statedDefault(text: string, type: ValueType): string | number | boolean | undefined {
    const [, stated] =
        /Default(?:s to|s? is| value is| value:|:|)(?: the)? [`"]([^`"\n]*)[`"]/.exec(text) ??
        /Default(?:s to| is) (true|false|\d+)(?=[.\s]|$)/.exec(text) ??
        /If (?:you omit this|omitted), the (?:value of )?`([^`\n]*)`[\w ]* (?:is|will be) used/.exec(text) ??
        [];
    const [, bracketed] = /`([^`]+)` ?\((?:the )?[Dd]efault\)/.exec(text) ?? [];
    const value = stated ?? bracketed;
    if (value === undefined) {
        return undefined;
    }
    if (type.kind === "boolean") {
        return value === "true" ? true : value === "false" ? false : undefined;
    }
    if (type.kind === "number") {
        return /^\d+$/.test(value) ? Number(value) : undefined;
    }
    return type.kind === "string" && !["", "null", "none specified"].includes(value) ? value : undefined;
}
