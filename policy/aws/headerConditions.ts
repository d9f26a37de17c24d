import { runInNewContext } from "node:vm";

import { Read, type Resource } from "../graph";

/** One value that a listener rule compares a header with. */
export interface HeaderPattern {
    readonly read: Read;
    /** True where anybody can write a value that fits without knowing one: the pattern demands no text. */
    readonly isOpen: boolean;
    /** Whether a value fits; undefined where that cannot be told. */
    accepts(value: string): boolean | undefined;
}

/** A header that a listener rule demands; the name is unknown where the condition is. */
export interface HeaderCondition {
    readonly name: Read;
    readonly patterns: readonly HeaderPattern[];
}

export function headerConditions(rule: Resource): HeaderCondition[] {
    return Read.of(rule)
        .at("conditions")
        .items()
        .map((condition) => condition.either("httpHeader", "httpHeaderConfig"))
        .filter((header) => !header.isAbsent)
        .map((header) => ({
            name: header.at("httpHeaderName"),
            patterns: [
                ...header.at("values").items().map(wildcardPattern),
                ...header.at("regexValues").items().map(regexPattern),
            ],
        }));
}

function wildcardPattern(read: Read): HeaderPattern {
    const { text } = read;
    return {
        read,
        isOpen: text !== undefined && /^[*?]+$/.test(text),
        accepts: (value) => (read.isUnknown ? undefined : text !== undefined && fitsWildcards(text, value)),
    };
}

/**
 * AWS documents which features its expressions lack and not whether they have to fit the whole value, so a value that
 * they find anywhere counts as one that fits.
 */
function regexPattern(read: Read): HeaderPattern {
    const { text } = read;
    return {
        read,
        isOpen: text !== undefined && requiredText(text) === "",
        accepts: (value) => (read.isUnknown ? undefined : text !== undefined && fitsRegex(text, value)),
    };
}

/** As a listener compares: without regard to case, `*` for any characters and `?` for one. */
function fitsWildcards(pattern: string, value: string): boolean {
    const wanted = pattern.toLowerCase();
    const given = value.toLowerCase();
    let position = 0;
    let star = -1;
    let resume = 0;
    let index = 0;
    while (index < given.length) {
        if (wanted[position] === "*") {
            star = position++;
            resume = index;
        } else if (wanted[position] === "?" || wanted[position] === given[index]) {
            position++;
            index++;
        } else if (star >= 0) {
            position = star + 1;
            index = ++resume;
        } else {
            return false;
        }
    }
    return [...wanted.slice(position)].every((character) => character === "*");
}

/** How long an expression may take, in milliseconds: some take for ever in JavaScript, and none in AWS's engine. */
const patience = 1_000;

function fitsRegex(pattern: string, value: string): boolean | undefined {
    try {
        const found: unknown = runInNewContext(
            "new RegExp(pattern, 'i').test(value)",
            { pattern, value },
            { timeout: patience },
        );
        return found === true;
    } catch {
        return undefined;
    }
}

const quantifier = String.raw`(?:[*+?]|\{\d*(?:,\d*)?\})[?+]?`;
const optional = new RegExp(String.raw`^(?:[*?]|\{0?(?:,\d*)?\})`);

/**
 * The text that every value must hold to fit a regular expression, as far as its form shows: nothing of classes,
 * wildcards and optional parts, the shortest of alternatives. Empty where the expression demands no text at all.
 */
export function requiredText(pattern: string): string {
    // What stands for itself is kept as a private character, so that what is left over can be told from syntax.
    const literal = "\uE000";
    let rest = pattern
        .replace(/\[\^?\]?(?:\\[^]|[^\]\\])*\]/g, "\uE001")
        .replace(/\\[dDwWsSbBAzZ]/g, "\uE001")
        .replace(/\\(?:x[0-9a-fA-F]{2}|[^])/g, literal)
        .replace(/\(\?(?::|[a-z]+:|P?<\w+>|[a-z]+\))/gi, (group) => (group.endsWith(")") ? "" : "("))
        .replace(/[.^$]/g, "\uE001")
        .replace(/[^\uE001()|*+?{},\d]/g, literal)
        .replace(/(?<!\{[\d,]*)[\d,]/g, literal);
    const group = new RegExp(String.raw`\(([^()]*)\)(${quantifier})?`);
    for (let found = group.exec(rest); found !== null; found = group.exec(rest)) {
        const [whole, inner = "", times = ""] = found;
        rest = rest.replace(whole, optional.test(times) ? "" : shortest(inner));
    }
    return shortest(rest);

    function shortest(alternatives: string): string {
        const texts = alternatives.split("|").map((one) => {
            const demanded = one.replace(
                new RegExp(`([${literal}\uE001])(${quantifier})`, "g"),
                (_, item: string, times: string) => (optional.test(times) ? "" : item),
            );
            return [...demanded].filter((character) => character === literal).join("");
        });
        return texts.reduce((one, other) => (other.length < one.length ? other : one));
    }
}
