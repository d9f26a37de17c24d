import * as path from "node:path";
import { pathToFileURL } from "node:url";

import type {
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";

import {
    Exemptions,
    propertiesOf,
    rulePropertiesSchema,
    today,
    unusedExemption,
    unusedExemptionMessage,
    type Configurable,
} from "../configuration";
import { LazyResource, plainProperties, StackGraph, withInputs } from "../graph";
import { heading, judgeResource, judgeStack, type Weight } from "../judging";
import { packageFolder } from "../ownPackage";
import type { Control, ResourceRule, Rule } from "../rule";
import { isTranslated, judges, withTranslations } from "../translation";
import { fitting, hiddenMessage, shareOf, type Answer } from "./answer";
import { NotApplicable } from "./notApplicable";
import { remediation } from "./remediation";
import type { Wire } from "./wire";

/** The form of the SDK's `reportViolation` that sets a level of its own; the typings keep it for later. */
type ReportAs = (violation: { message: string; urn?: string; enforcementLevel?: "advisory" }) => void;

/** Makes a CrossGuard policy of every rule, and one that reports exemptions that cover nothing. */
export class Policies {
    /** By rule name; made when the engine first asks the rule. */
    readonly #exemptions = new Map<string, Exemptions>();

    readonly #rules: readonly Rule[];
    readonly #wire?: Wire;
    readonly #afterStack?: () => void;

    constructor(rules: readonly Rule[], wire?: Wire, afterStack?: () => void) {
        this.#rules = rules;
        this.#wire = wire;
        this.#afterStack = afterStack;
    }

    list(): (ResourceValidationPolicy | StackValidationPolicy)[] {
        const resourceRules = this.#rules.filter((rule) => rule.scope === "resource").length;
        const resourceShare = shareOf(resourceRules);
        const stackShare = shareOf(this.#rules.length + 1);
        return [
            ...this.#rules.map((rule) =>
                rule.scope === "stack"
                    ? this.#stackPolicy(rule, stackShare)
                    : {
                          ...this.#resourcePolicy(rule, resourceShare),
                          ...this.#stackPolicy(rule, stackShare),
                      },
            ),
            this.#unusedExemptions(),
        ];
    }

    #resourcePolicy(rule: ResourceRule, share: number): ResourceValidationPolicy {
        const types = new Set(rule.types);
        const notApplicable = new NotApplicable(rule);
        return {
            ...facts(rule),
            ...(rule.remediate === undefined ? {} : { remediateResource: remediation(rule, types, notApplicable) }),
            validateResource: (args, report) => {
                // Asked for every resource, and most are of types that no rule looks at: nothing else may come first.
                const exemptions = this.#exemptionsOf(rule, args);
                if (!types.has(args.type) && !isTranslated(args.type)) {
                    notApplicable.answer(args);
                }
                const { settings } = propertiesOf(rule, args.getConfig());
                const resource = this.#wire?.resource(args.urn) ?? resourceOf(args);
                const results = judgeResource(rule, resource, settings, weightOf(exemptions));
                reportFitting(rule, results, share, report);
            },
        };
    }

    #stackPolicy(rule: Rule, share: number): StackValidationPolicy {
        const notApplicable = new NotApplicable(rule);
        return {
            ...facts(rule),
            validateStack: (args, report) => {
                const exemptions = this.#exemptionsOf(rule, args);
                const graph = this.#wire?.graph ?? graphOf(args);
                if (!withTranslations(graph).types.some((type) => judges(rule, type))) {
                    notApplicable.answer(args);
                }
                const { settings } = propertiesOf(rule, args.getConfig());
                const results = judgeStack(rule, graph, settings, weightOf(exemptions));
                reportFitting(rule, results, share, report);
            },
        };
    }

    /** The last policy of the list, so that every rule has spoken when it is asked. */
    #unusedExemptions(): StackValidationPolicy {
        return {
            ...facts(unusedExemption, "README.md"),
            validateStack: (args, report) => {
                const graph = this.#wire?.graph ?? graphOf(args);
                const messages = [...this.#exemptions].flatMap(([rule, exemptions]) =>
                    exemptions
                        .unused(graph.resources[0]?.urn)
                        .map((exemption) => unusedExemptionMessage(rule, exemption)),
                );
                const results = messages.map((message): Answer => ({ kind: "violation", level: "mandatory", message }));
                reportFitting(unusedExemption, results, shareOf(this.#rules.length + 1), report);
                this.#afterStack?.();
            },
        };
    }

    #exemptionsOf(rule: Rule, args: ResourceValidationArgs | StackValidationArgs): Exemptions {
        const known = this.#exemptions.get(rule.name);
        if (known !== undefined) {
            return known;
        }
        const exemptions = new Exemptions(propertiesOf(rule, args.getConfig()).exemptions);
        this.#exemptions.set(rule.name, exemptions);
        return exemptions;
    }
}

/** The engine knows the rule's level: here only that counts which is advice whatever it is. */
function weightOf(exemptions: Exemptions): Weight {
    return { level: "mandatory", exemptions, day: today() };
}

function reportFitting(rule: Configurable, results: readonly Answer[], share: number, report: ReportViolation): void {
    const { shown, hidden, hiddenViolations } = fitting(results, share, Buffer.byteLength(rule.description));
    for (const result of shown) {
        reportOne(rule, result, report);
    }
    if (hidden > 0) {
        const message = hiddenMessage(shown.length, hidden);
        const level = hiddenViolations === 0 ? "advisory" : "mandatory";
        reportOne(rule, { kind: "violation", level, message }, report);
    }
}

function reportOne(rule: Configurable, result: Answer, report: ReportViolation): void {
    if (result.level === "mandatory") {
        report(result.message, result.urn);
    } else {
        const message = `${heading(rule.description, result)}\n${result.message}`;
        (report as unknown as ReportAs)({ message, urn: result.urn, enforcementLevel: "advisory" });
    }
}

function facts(
    rule: Configurable & { readonly controls?: readonly Control[]; readonly remediationSteps: string },
    page = path.join("docs", `${rule.name}.md`),
) {
    const [control] = rule.controls ?? [];
    return {
        name: rule.name,
        displayName: rule.displayName,
        description: rule.description,
        enforcementLevel: rule.level,
        severity: rule.severity,
        remediationSteps: rule.remediationSteps,
        url: documentationUrl(page),
        ...(control && { framework: frameworkOf(control) }),
        configSchema: { properties: rulePropertiesSchema(rule) } as PolicyConfigSchema,
    };
}

/** The rule's page as the package ships it, so that it is there without a network and in the version that runs. */
function documentationUrl(page: string): string {
    return pathToFileURL(path.join(packageFolder, page)).href;
}

function frameworkOf(control: Control) {
    return {
        name: control.framework,
        version: control.version ?? "",
        reference: control.control,
        specification: control.url,
    };
}

function resourceOf(args: ResourceValidationArgs): LazyResource {
    const { urn, type, name, opts, props, provider } = args;
    return new LazyResource(
        { urn, type, name, protect: opts.protect, parent: opts.parent },
        () => plainProperties(props),
        undefined,
        provider && (() => plainProperties(provider.props)),
    );
}

function graphOf(args: StackValidationArgs): StackGraph {
    return new StackGraph(
        args.resources.map(({ urn, type, name, opts, props, parent, dependencies, propertyDependencies, provider }) => {
            const urns = Object.entries(propertyDependencies).map(([property, all]) => [
                property,
                all.map((r) => r.urn),
            ]);
            return new LazyResource(
                { urn, type, name, protect: opts.protect, parent: parent?.urn },
                () => withInputs(plainProperties(props), {}),
                () => ({
                    dependencies: dependencies.map((dependency) => dependency.urn),
                    propertyDependencies: Object.fromEntries(urns) as Record<string, string[]>,
                }),
                provider && (() => plainProperties(provider.props)),
            );
        }),
    );
}
