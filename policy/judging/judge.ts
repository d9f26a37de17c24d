import type { Graph, Resource } from "../graph";
import type { Finding, Report, ResourceRule, Rule, Settings } from "../rule";
import { holderUrn, readingsFor, stackPart, withTranslations } from "../translation";
import { unweighed, weighed, type Result, type Shown, type Weight } from "./result";
import { withoutSecret, withoutSecrets } from "./secrets";

/** Runs a rule over one resource, or over what it makes. A rule that fails gives a "cannot tell"; nothing is ever thrown. */
export function judgeResource(
    rule: ResourceRule,
    resource: Resource,
    settings: Settings,
    weight: Weight = unweighed,
): Result[] {
    const shown = judge(rule, resource.urn, (report, read) => {
        const readings = readingsFor(rule, resource);
        read(readings);
        for (const reading of readings) {
            rule.evaluate(reading, report, settings);
        }
    });
    return weighed(rule, shown, weight);
}

/** Runs what a rule asks of the stack as a whole. A rule that fails gives a "cannot tell"; nothing is ever thrown. */
export function judgeStack(rule: Rule, graph: Graph, settings: Settings, weight: Weight = unweighed): Result[] {
    const evaluate = stackPart(rule);
    const shown = judge(rule, undefined, (report, read) => {
        const whole = withTranslations(graph);
        read(whole.resources);
        evaluate(whole, report, settings);
    });
    return weighed(rule, shown, weight);
}

/** @param run tells, besides what it finds, what it reads: no secret in it may be shown */
function judge(
    rule: Rule,
    urn: string | undefined,
    run: (report: Report, read: (resources: readonly Resource[]) => void) => void,
): Shown[] {
    const findings: Finding[] = [];
    let read: readonly Resource[] = [];
    let failure: Shown | undefined;
    try {
        run(
            (finding) => findings.push(finding),
            (resources) => (read = resources),
        );
    } catch (error) {
        failure = { kind: "cannot tell", urn, message: failureMessage(rule, error) };
    }
    const failed = failure === undefined ? [] : [failure];
    if (findings.length === 0) {
        return failed;
    }
    const hide = withoutSecrets(read);
    const show = ({ kind, level, resource, path, message, chain }: Finding): Shown => ({
        kind,
        advice: level !== undefined,
        urn: holderUrn(resource.urn),
        path,
        message: hide(message, resource.urn),
        chain: chain?.map((step) => withoutSecret(step, hide, resource.urn)),
    });
    const violations = findings.filter((finding) => finding.kind === "violation").map(show);
    const unclear = findings.filter((finding) => finding.kind === "cannot tell").map(show);
    return [...distinct(violations), ...oncePerResource(unclear), ...failed];
}

function distinct(all: readonly Shown[]): readonly Shown[] {
    if (areOfDifferentResources(all)) {
        return all;
    }
    const byContent = new Map<string, Shown>();
    for (const one of all) {
        // No URN and no path holds the separator.
        byContent.set(`${one.urn}\0${one.path}\0${one.message}`, one);
    }
    return [...byContent.values()];
}

function areOfDifferentResources(all: readonly Shown[]): boolean {
    return all.length < 2 || new Set(all.map(({ urn }) => urn)).size === all.length;
}

/** One "cannot tell" a resource: the first in its words, the others by their paths. */
function oncePerResource(all: readonly Shown[]): readonly Shown[] {
    if (areOfDifferentResources(all)) {
        return all;
    }
    const byUrn = new Map<string | undefined, Shown[]>();
    for (const one of all) {
        const same = byUrn.get(one.urn);
        if (same === undefined) {
            byUrn.set(one.urn, [one]);
        } else {
            same.push(one);
        }
    }
    return [...byUrn.values()].map((same) => {
        const first = same[0] as Shown;
        const others = [...new Set(same.map((one) => one.path ?? ""))].filter(
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
        `Cannot tell whether this holds: the rule ${rule.name} failed (${name}${place}). ` +
        "This is a mistake in the policy pack, not in your program: please report it with this line and the type of the resource."
    );
}
