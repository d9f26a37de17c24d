import { LazyResource, type Graph, type Resource } from "../graph";
import {
    stackPartOf,
    type ChainStep,
    type Finding,
    type Report,
    type ResourceRule,
    type Rule,
    type Settings,
} from "../rule";
import { holderUrn, readingsFor, withTranslations } from "../translation";

/** What a rule says, ready to be shown. */
export interface Judgement {
    readonly kind: Finding["kind"];
    readonly level?: Finding["level"];
    /** Absent where the whole stack is meant. */
    readonly urn?: string;
    readonly path?: string;
    readonly message: string;
    readonly chain?: readonly ChainStep[];
}

/** Runs a rule over one resource, or over what it makes. A rule that fails gives a "cannot tell"; nothing is ever thrown. */
export function judgeResource(rule: ResourceRule, resource: Resource, settings: Settings): Judgement[] {
    const readings: Resource[] = [];
    return judge(rule, resource.urn, readings, (report) => {
        readings.push(...readingsFor(rule, resource));
        for (const reading of readings) {
            rule.evaluate(reading, report, settings);
        }
    });
}

/** Runs what a rule asks of the stack as a whole. A rule that fails gives a "cannot tell"; nothing is ever thrown. */
export function judgeStack(rule: Rule, graph: Graph, settings: Settings): Judgement[] {
    const evaluate = stackPartOf(rule);
    if (evaluate === undefined) {
        return [];
    }
    const read: Resource[] = [];
    return judge(rule, undefined, read, (report) => {
        const whole = withTranslations(graph);
        read.push(...whole.resources);
        evaluate(whole, report, settings);
    });
}

function judge(
    rule: Rule,
    urn: string | undefined,
    read: readonly Resource[],
    run: (report: Report) => void,
): Judgement[] {
    const findings: Finding[] = [];
    let failure: Judgement | undefined;
    try {
        run((finding) => findings.push(finding));
    } catch (error) {
        failure = { kind: "cannot tell", urn, message: failureMessage(rule, error) };
    }
    const hide = withoutSecrets(findings.length === 0 ? [] : read);
    const shown = ({ kind, level, resource, path, message, chain }: Finding): Judgement => {
        const judgement = {
            kind,
            ...(level === undefined ? {} : { level }),
            urn: holderUrn(resource.urn),
            path,
            message: hide(message, resource.urn),
        };
        if (chain === undefined) {
            return judgement;
        }
        return { ...judgement, chain: chain.map((step) => withoutSecret(step, hide, resource.urn)) };
    };
    const violations = findings.filter((finding) => finding.kind === "violation").map(shown);
    const unclear = findings.filter((finding) => finding.kind === "cannot tell").map(shown);
    const judgements = [...distinct(violations), ...oncePerResource(unclear)];
    return failure === undefined ? judgements : [...judgements, failure];
}

function distinct(judgements: readonly Judgement[]): Judgement[] {
    const byContent = new Map<string, Judgement>();
    for (const judgement of judgements) {
        byContent.set(JSON.stringify([judgement.urn, judgement.path, judgement.message]), judgement);
    }
    return [...byContent.values()];
}

/** One "cannot tell" a resource: the first in its words, the others by their paths. */
function oncePerResource(judgements: readonly Judgement[]): Judgement[] {
    const byUrn = new Map<string | undefined, Judgement[]>();
    for (const judgement of judgements) {
        const same = byUrn.get(judgement.urn);
        if (same === undefined) {
            byUrn.set(judgement.urn, [judgement]);
        } else {
            same.push(judgement);
        }
    }
    return [...byUrn.values()].map((all) => {
        const first = all[0] as Judgement;
        const others = [...new Set(all.map((judgement) => judgement.path ?? ""))].filter(
            (path) => path !== "" && path !== first.path,
        );
        if (others.length === 0) {
            return first;
        }
        const more = others.length > 5 ? ` and ${others.length - 5} more` : "";
        return { ...first, message: `${first.message} The same holds for ${others.slice(0, 5).join(", ")}${more}.` };
    });
}

/** Names the place in our own code, never the error's words: they may hold a value. */
function failureMessage(rule: Rule, error: unknown): string {
    const name = error instanceof Error ? error.constructor.name : typeof error;
    const frame =
        error instanceof Error ? /[\w.-]+\.[jt]s:\d+:\d+/.exec(error.stack?.split("\n    at ")[1] ?? "") : null;
    const place = frame === null ? "" : ` at ${frame[0]}`;
    return (
        `It cannot be told whether this holds: the rule ${rule.name} failed (${name}${place}). ` +
        "This is a mistake in the policy pack, not in your program: please report it with this line and the type of the resource."
    );
}

const longestShown = 100;

/**
 * Rules name values; a value that the program marked as secret is left out of what they say. One that stands in the
 * resource's own URN is no secret: a provider marks a whole list as secret when one text in it is, domain names included.
 * Rules compare names in lower case and may show them so.
 */
function withoutSecrets(read: readonly Resource[]): (message: string, urn: string) => string {
    const secrets = new Set<string>();
    for (const resource of read) {
        if (resource instanceof LazyResource) {
            resource.secrets.forEach((secret) => secrets.add(secret));
        }
    }
    const forms = [...secrets].flatMap((secret) => {
        const escaped = JSON.stringify(secret).slice(1, -1);
        return [secret, escaped, secret.slice(0, longestShown), escaped.slice(0, longestShown)];
    });
    const patterns = [...new Set(forms)]
        .sort((a, b) => b.length - a.length)
        .map((text) => ({ text: text.toLowerCase(), pattern: wholeWord(text) }));
    return (message, urn) => {
        let shown = message;
        let lower = message.toLowerCase();
        for (const { text, pattern } of patterns) {
            if (!lower.includes(text) || wordOf(urn, pattern)) {
                continue;
            }
            shown = shown.replace(pattern, "[secret]");
            lower = shown.toLowerCase();
        }
        return shown;
    };
}

function withoutSecret(step: ChainStep, hide: (text: string, urn: string) => string, urn: string): ChainStep {
    const label = hide(step.label, step.urn ?? urn);
    const shown = { ...step, label, ...(step.urn === undefined ? {} : { urn: holderUrn(step.urn) }) };
    return step.value === undefined ? shown : { ...shown, value: hide(step.value, step.urn ?? urn) };
}

function wordOf(text: string, pattern: RegExp): boolean {
    return text.search(pattern) >= 0;
}

function wholeWord(text: string): RegExp {
    return new RegExp(`(?<![\\w])${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w])`, "gi");
}
