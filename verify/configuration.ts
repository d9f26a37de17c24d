import type * as Pack from "@encrypted-edge/policy";
import { installedPackage } from "@encrypted-edge/common";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { printable } from "./printable";
import type { Configuration, PolicyResult } from "./report";

/** The state of a stack as the policy pack sees it, and the stack's name in it. */
export interface JudgedState {
    readonly stack: string | undefined;
    readonly configuration: Configuration;
}

const pack = "@encrypted-edge/policy";
const needed = [
    "checkConfiguration",
    "evaluate",
    "readConfiguration",
    "readState",
    "rules",
    "unusedExemption",
] as const;
type Library = Pick<typeof Pack, (typeof needed)[number]>;

/**
 * Has the policy pack judge a state, as `pulumi stack export` writes it. The pack is the one that is installed where the
 * command runs, so that it is the one that guards the stack.
 *
 * @param policyConfig file with the pack's configuration, exemptions included; default: every rule at its own level
 * @throws Error if the pack is not installed, or the file is no configuration of it
 */
export async function judgeState(state: string, policyConfig?: string): Promise<JudgedState> {
    const { library, version } = installedPack();
    const { checkConfiguration, evaluate, readConfiguration, readState, rules, unusedExemption } = library;
    const content = policyConfig === undefined ? undefined : parsed(policyConfig);
    const mistakes = policyConfig === undefined ? [] : await checkConfiguration(content, [...rules, unusedExemption]);
    if (mistakes.length > 0) {
        throw new Error(`${policyConfig} is no configuration of the policy pack.\n  ${mistakes.join("\n  ")}`);
    }
    const { configuration } = readConfiguration(content, rules);
    const read = readState(state);
    const resources = read.kind === "state" ? read.resources : [];
    return judgedOf({
        version,
        stack: stackOf(resources),
        resources: resources.length,
        problems: read.kind === "state" ? read.problems : [read.problem],
        results: evaluate(rules, resources, { configuration }),
        disabled: rules.filter((rule) => configuration.of(rule).level === "disabled").map(({ name }) => name),
    });
}

/** @throws Error that says what to install */
function installedPack(): { readonly library: Library; readonly version: string } {
    for (const folder of [process.cwd(), __dirname]) {
        const installed = installedPackage(pack, folder);
        if (installed !== undefined) {
            const library = createRequire(path.join(folder, "any.js"))(pack) as Partial<Library>;
            const missing = needed.filter((name) => library[name] === undefined);
            if (missing.length > 0) {
                throw new Error(
                    `--state needs ${pack} as a library, and ${installed.version} has no ${missing.join(", ")}. Install the version that this prober was released with.`,
                );
            }
            return { library: library as Library, version: installed.version };
        }
    }
    throw new Error(`--state needs the policy pack: npm install --save-dev ${pack}`);
}

/** @throws Error that says what is wrong with the file */
function parsed(file: string): unknown {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        const reason = (error as NodeJS.ErrnoException).code ?? String(error);
        throw new Error(`Cannot read ${file}: ${reason}.`, { cause: error });
    }
    try {
        return JSON.parse(text.replace(/^\uFEFF/, ""));
    } catch (error) {
        throw new Error(`${file} is not JSON: ${(error as Error).message}`, { cause: error });
    }
}

/** The name of a stack as its resources have it, with its project. */
function stackOf(resources: readonly Pack.StateResource[]): string | undefined {
    for (const { outputs } of resources) {
        const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(outputs.urn) ?? [];
        if (stack !== undefined && project !== undefined) {
            return `${project}/${stack}`;
        }
    }
    return undefined;
}

/** What the pack made of one state. */
export interface Judgement {
    readonly version: string;
    readonly stack: string | undefined;
    readonly resources: number;
    /** What of the state could not be read. */
    readonly problems: readonly string[];
    readonly results: readonly Pick<
        Pack.Result,
        "rule" | "severity" | "kind" | "level" | "urn" | "message" | "exempted"
    >[];
    readonly disabled: readonly string[];
}

/** What a judgement of the pack means for a report. */
export function judgedOf({ version, stack, resources, problems, results, disabled }: Judgement): JudgedState {
    const shown = results.map(({ rule, severity, kind, level, urn, message, exempted }): PolicyResult => ({
        rule,
        severity,
        standing: exempted !== undefined ? "exempted" : kind === "cannot tell" ? "cannot tell" : level,
        ...(urn === undefined ? {} : { urn: printable(urn) }),
        // A rule's note on an exemption stands in a line below.
        message: message
            .split("\n")
            .map((line) => printable(line, 2000))
            .join("\n"),
        ...(exempted === undefined
            ? {}
            : { exempted: printable(`until ${exempted.expires}: ${exempted.reason}`, 2000) }),
    }));
    const has = (standing: string) => shown.some((one) => one.standing === standing);
    return {
        stack,
        configuration: {
            pack,
            packVersion: version,
            verdict: has("mandatory")
                ? "fail"
                : problems.length > 0 || has("cannot tell")
                  ? "cannot tell"
                  : has("advisory")
                    ? "warn"
                    : "pass",
            resources,
            disabled,
            results: shown,
            problems: problems.map((one) => printable(one)),
        },
    };
}
