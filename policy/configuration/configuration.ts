import { texts } from "../finding";
import { isObject, own } from "../graph";
import type { KnownNames, Level, Rule, Settings } from "../rule";
import { exemptionProblems } from "./exemptions";
import { nameHint } from "./nameHint";

/** What a configuration file can say about: the rules, and checks of the configuration itself. */
export type Configurable = Pick<
    Rule,
    "name" | "displayName" | "description" | "level" | "severity" | "settings" | "namesInSettings"
> & {
    readonly remediate?: unknown;
};

export interface RuleConfiguration {
    readonly level: Level;
    /** The configured settings over the defaults of the rule's schema. */
    readonly settings: Settings;
    /** As configured; read by the class Exemptions. */
    readonly exemptions: unknown;
}

/** What a policy configuration file says, rule by rule. */
export interface Configuration {
    of(rule: Configurable): RuleConfiguration;
}

const levels: readonly Level[] = ["advisory", "mandatory", "remediate", "disabled"];
const ownKeys = ["enforcementLevel", "exemptions"];

/** Reads the parsed content of a policy configuration file. `problems` lists every mistake; empty where it is right. */
export function readConfiguration(
    content: unknown,
    rules: readonly Configurable[],
): { readonly configuration: Configuration; readonly problems: readonly string[] } {
    return { configuration: configurationOf(content), problems: configurationProblems(content, rules) };
}

function configurationOf(content: unknown): Configuration {
    const all = levelOf(own(content, "all"));
    return {
        of(rule) {
            const entry = own(content, rule.name);
            return { level: levelOf(entry) ?? all ?? rule.level, ...propertiesOf(rule, entry) };
        },
    };
}

/** Splits a rule's configured properties into its settings, with defaults, and its exemptions. */
export function propertiesOf(rule: Configurable, configured: unknown): Omit<RuleConfiguration, "level"> {
    const settings: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(rule.settings ?? {})) {
        const value = own(configured, name) ?? schema.default;
        if (value !== undefined) {
            settings[name] = value;
        }
    }
    return { settings, exemptions: own(configured, "exemptions") };
}

function levelOf(entry: unknown): Level | undefined {
    const level = typeof entry === "string" ? entry : own(entry, "enforcementLevel");
    return levels.find((known) => known === level);
}

export function configurationProblems(content: unknown, rules: readonly Configurable[]): string[] {
    if (content === undefined) {
        return [];
    }
    if (!isObject(content)) {
        return ["The configuration must be a JSON object with a rule's name before each entry."];
    }
    const names = [...rules.map((rule) => rule.name), "all"];
    return Object.entries(content).flatMap(([name, entry]) => {
        if (name === "all") {
            return allProblems(entry, rules);
        }
        if (name === "environments") {
            return [];
        }
        if (name === "$schema") {
            return ['"$schema" is refused by the engine: name the schema in the settings of your editor instead.'];
        }
        const rule = rules.find((known) => known.name === name);
        if (rule === undefined) {
            return [`"${name}" is not a rule of this pack. ${nameHint(name, names)}`];
        }
        return entryProblems(rule, entry);
    });
}

function allProblems(entry: unknown, rules: readonly Configurable[]): string[] {
    const remediating = rules.filter((rule) => rule.remediate !== undefined).map((rule) => rule.name);
    const fix =
        remediating.length === 0
            ? 'no rule has a remediation. Write "mandatory".'
            : remediating.length === 1
              ? `only ${remediating.join(", ")} has a remediation. Write "remediate" under its name, and "mandatory" here.`
              : `only ${remediating.join(", ")} have a remediation. Write "remediate" under the name of each, and "mandatory" here.`;
    const extra = isObject(entry) ? Object.keys(entry).filter((key) => key !== "enforcementLevel") : [];
    return [
        ...levelProblems("all", entry),
        ...(levelOf(entry) === "remediate" ? [`all cannot be "remediate": ${fix}`] : []),
        ...extra.map((key) => `all.${key} has no effect: "all" sets the level only. Write ${key} under each rule.`),
    ];
}

function entryProblems(rule: Configurable, entry: unknown): string[] {
    const allowed = rule.remediate === undefined ? levels.filter((level) => level !== "remediate") : levels;
    const problems = levelProblems(rule.name, entry, allowed);
    if (levelOf(entry) === "remediate" && rule.remediate === undefined) {
        problems.push(`${rule.name} cannot be "remediate": it has no remediation. Write "mandatory".`);
    }
    return isObject(entry) ? [...problems, ...propertyProblems(rule, entry)] : problems;
}

function levelProblems(name: string, entry: unknown, allowed: readonly string[] = levels): string[] {
    const isEntry = typeof entry === "string" || isObject(entry);
    if (!isEntry) {
        const texts = allowed.map((level) => JSON.stringify(level)).join(", ");
        return [
            `${name} must be a level (${texts}) or an object with enforcementLevel and settings, but is ${JSON.stringify(entry)}.`,
        ];
    }
    const level = typeof entry === "string" ? entry : own(entry, "enforcementLevel");
    if (level === undefined || levelOf(entry) !== undefined) {
        return [];
    }
    const fix = nameHint(typeof level === "string" ? level : JSON.stringify(level), allowed);
    return [`${JSON.stringify(level)} is not a level for ${name}. ${fix}`];
}

/**
 * Mistakes in the names of a rule's properties, in the names of AWS that these list, and in its exemptions; other values
 * are left to the JSON Schema.
 */
export function propertyProblems(rule: Configurable, entry: Readonly<Record<string, unknown>>): string[] {
    const known = [...Object.keys(rule.settings ?? {}), ...ownKeys];
    const problems = Object.keys(entry)
        .filter((key) => !known.includes(key))
        .map((key) => `${rule.name}.${key} is not a setting of this rule. ${nameHint(key, known)}`);
    for (const [setting, names] of Object.entries(rule.namesInSettings ?? {})) {
        const usual = texts(rule.settings?.[setting]?.default);
        problems.push(...nameProblems(own(entry, setting), `${rule.name}.${setting}`, names, usual));
    }
    const exemptions = own(entry, "exemptions");
    return exemptions === undefined
        ? problems
        : [...problems, ...exemptionProblems(exemptions, `${rule.name}.exemptions`)];
}

/** @param usual names to offer where none is near: all of them would be too many to read */
function nameProblems(
    list: unknown,
    path: string,
    { what, known, mayBeNew }: KnownNames,
    usual: readonly string[],
): string[] {
    return (Array.isArray(list) ? list : []).flatMap((name: unknown, index) =>
        typeof name !== "string" || known.includes(name) || mayBeNew(name)
            ? []
            : [`${path}[${index}] is ${JSON.stringify(name)}, which is not ${what}. ${nameHint(name, known, usual)}`],
    );
}

/** All problems as one text for people. */
export function problemList(what: string, problems: readonly string[]): string {
    const count = problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
    return [`${what} has ${count}:`, ...problems.map((problem) => `  - ${problem}`)].join("\n");
}
