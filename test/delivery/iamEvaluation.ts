import assert from "node:assert/strict";
import type { PolicyDocument } from "../../bootstrap/sharedAccount";

/** What a principal of the account wants to do. */
export interface Request {
    readonly action: string;
    readonly resource: string;
    /** Condition keys with their values; a key that is missing is not in the request. */
    readonly context: Readonly<Record<string, string>>;
}

interface Statement {
    readonly Effect: string;
    readonly Principal?: unknown;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What a statement of ours may hold; anything else would be evaluated wrongly, and so it is refused. */
const known = new Set(["Sid", "Effect", "Principal", "Action", "Resource", "Condition"]);

/**
 * Whether a role may do this by its own policies: an explicit deny wins, and what no statement allows is denied.
 * Source: IAM user guide, "Policy evaluation logic".
 */
export function isAllowed(policies: readonly PolicyDocument[], request: Request): boolean {
    const matching = policies
        .flatMap(({ Statement }) => Statement as readonly Statement[])
        .filter((statement) => applies(statement, request));
    return matching.length > 0 && matching.every(({ Effect }) => Effect === "Allow");
}

function applies(statement: Statement, request: Request): boolean {
    const strange = Object.keys(statement).filter((key) => !known.has(key));
    assert.deepEqual(strange, [], "isAllowed knows no such elements");
    assert.ok(statement.Effect === "Allow" || statement.Effect === "Deny", statement.Effect);
    return (
        [statement.Action].flat().some((pattern) => matches(pattern.toLowerCase(), request.action.toLowerCase())) &&
        [statement.Resource].flat().some((pattern) => matches(pattern, request.resource)) &&
        Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
            Object.entries(keys).every(([key, values]) => holds(operator, [values].flat(), valueOf(key, request))),
        )
    );
}

/** Names of condition keys have no case; the key of a tag behind the slash is one of them. */
function valueOf(key: string, { context }: Request): string | undefined {
    return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
function holds(operator: string, values: readonly string[], value: string | undefined): boolean {
    switch (operator) {
        case "StringEquals":
            return value !== undefined && values.includes(value);
        case "StringNotEquals":
            return value === undefined || !values.includes(value);
        case "Null":
            return values.includes(String(value === undefined));
        default:
            throw new Error(`isAllowed does not know the condition operator ${operator}.`);
    }
}

function matches(pattern: string, text: string): boolean {
    const expression = pattern
        .replace(/[.+^$()|[\]\\{}]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${expression}$`, "s").test(text);
}
