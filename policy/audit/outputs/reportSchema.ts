import { ExitCode, failOnLevels, severities, standings } from "../report";

type JsonSchema = Readonly<Record<string, unknown>>;

const text = (description: string): JsonSchema => ({ type: "string", description });
const number = (description: string): JsonSchema => ({ type: "integer", minimum: 0, description });
const oneOf = (values: readonly unknown[], description: string): JsonSchema => ({ enum: values, description });
const list = (items: JsonSchema, description: string): JsonSchema => ({ type: "array", items, description });

/** An object with these properties and no other; those that are named as optional may be missing. */
function object(
    properties: Readonly<Record<string, JsonSchema>>,
    description: string,
    optional: readonly string[] = [],
): JsonSchema {
    const required = Object.keys(properties).filter((name) => !optional.includes(name));
    return { type: "object", additionalProperties: false, required, properties, description };
}

const level = (description: string) => oneOf(["advisory", "mandatory"], description);

const exemption = {
    urn: text("Pattern of the resources that it covers, as in the policy configuration."),
    reason: text("Why the violation is accepted."),
    expires: text("The last day on which it holds, in UTC, as YYYY-MM-DD."),
};

/** What a reader needs to find a resource; there is none where the whole stack is meant. */
const resource = {
    urn: text("URN of the resource."),
    type: text("Type token of the resource."),
    name: text("Logical name of the resource."),
    parents: list({ type: "string" }, "URNs of the components around the resource, outermost first."),
};

const path = text("The property that decides, for example origins[0].customOriginConfig.originProtocolPolicy.");

const step = object(
    {
        label: text("What it is, in AWS's words."),
        ...resource,
        path: text("The property that leads on, or that decides."),
        value: text("The value there, as the message shows it. Never a secret."),
    },
    "One resource on the way that the rule walked.",
    ["urn", "type", "name", "path", "value"],
);

const result = object(
    {
        rule: text("Name of the rule."),
        severity: oneOf(severities, "Severity of the rule."),
        kind: oneOf(
            ["violation", "cannot tell"],
            "violation: seen in the values. cannot tell: a value that decides is unknown, encrypted or outside the stack.",
        ),
        level: level("The level at which it is reported."),
        ruleLevel: level(
            "The level of the rule: what it cannot tell, and what is exempted, is reported as advisory whatever it is.",
        ),
        standing: oneOf(standings, "What it counts as in this audit; exactly one."),
        fails: { type: "boolean", description: "Whether this result alone makes the audit fail." },
        fingerprint: text("Hash of stack, rule, URN and path: the same from audit to audit, whatever the words."),
        ...resource,
        path,
        message: text("What is wrong, the value, what is allowed and what to write instead. Never a secret."),
        chain: list(step, "The resources that the rule walked; the last one decides."),
        exempted: object(exemption, "The exemption that covers it."),
    },
    "One thing that the pack says about a stack.",
    ["urn", "type", "name", "path", "chain", "exempted"],
);

const counts = Object.fromEntries(standings.map((standing) => [standing, number(`Results that are ${standing}.`)]));

const stack = object(
    {
        stack: text("Name of the stack: project/stack, or organization/project/stack."),
        source: text("The file or backend that the state was read from."),
        resources: number("Resources in the state."),
        problems: list({ type: "string" }, "Why the state, or a part of it, could not be judged."),
        results: list(result, "What the pack says, worst first."),
        counts: object(counts, "Results by standing."),
    },
    "One stack.",
);

const fixed = object(
    {
        stack: text("Name of the stack."),
        rule: text("Name of the rule."),
        urn: text("URN of the resource; empty where the whole stack is meant."),
        path: text("The property; empty where none decides."),
        count: { type: "integer", minimum: 1, description: "How often it no longer occurs." },
    },
    "A baseline entry that no longer occurs.",
);

/** JSON Schema of what `audit --json` writes. */
export const auditReportSchema: JsonSchema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Report of encrypted-edge-policy audit",
    ...object(
        {
            version: { const: 2, description: "Rises when a member changes its meaning or goes away." },
            pack: object(
                { name: text("Name of the package."), version: text("Its version.") },
                "The pack that judged.",
            ),
            failOn: oneOf(failOnLevels, "What makes the audit fail, as --fail-on says."),
            exitCode: oneOf(
                Object.values(ExitCode).filter((code) => typeof code === "number"),
                "The exit code of the process: 0 nothing fails, 1 something fails, 3 a stack could not be read or only in part, 130 interrupted. With 2 (wrong use) no report is written.",
            ),
            totals: object(
                {
                    stacks: number("Stacks that were audited."),
                    unreadable: number("Stacks of which something could not be read."),
                    resources: number("Resources in all stacks."),
                    ...counts,
                    undecided: number("What mandatory rules could not tell."),
                    fixed: number("Baseline entries that no longer occur."),
                    remaining: number("Stacks that an interruption left out."),
                },
                "Sums over all stacks.",
            ),
            stacks: list(stack, "Every stack, worst first."),
            unusedExemptions: list(
                object(
                    { of: text("Name of the rule."), ...exemption, message: text("What to do about it.") },
                    "An exemption that covers nothing in any stack.",
                ),
                "Exemptions of the policy configuration that cover nothing.",
            ),
            fixed: list(fixed, "Baseline entries that no longer occur; missing where no baseline was given."),
        },
        "The verdict over an estate.",
        ["fixed"],
    ),
};
