/**
 * The part of SARIF 2.1.0 (OASIS Standard, sections named below) that the audit writes, as a JSON Schema of our own:
 * it refuses every property that the audit does not mean to write.
 */
const message = object({ text: { type: "string", minLength: 1 }, markdown: { type: "string" } }, ["text"]); // 3.11
const multiformat = message; // 3.12
const level = { enum: ["none", "note", "warning", "error"] }; // 3.27.10
const index = { type: "integer", minimum: 0 };

const physicalLocation = object(
    {
        // A URI reference (3.4.3): no space, no unescaped bracket, no backslash.
        artifactLocation: object({ uri: { type: "string", pattern: "^[A-Za-z0-9\\-._~:/?#@!$&'()*+,;=%]+$" } }, [
            "uri",
        ]),
        region: object({ startLine: { type: "integer", minimum: 1 } }, ["startLine"]),
    },
    ["artifactLocation"],
); // 3.29
const logicalLocation = object({
    name: { type: "string" },
    fullyQualifiedName: { type: "string" },
    kind: { type: "string" },
}); // 3.33
const location = object({
    physicalLocation,
    logicalLocations: { type: "array", uniqueItems: true, items: logicalLocation },
    message,
}); // 3.28
const locations = { type: "array", items: location };
const threadFlowLocation = object({ location }, ["location"]); // 3.38
const threadFlow = object({ locations: { type: "array", minItems: 1, items: threadFlowLocation } }, ["locations"]); // 3.37
const codeFlow = object({ threadFlows: { type: "array", minItems: 1, items: threadFlow } }, ["threadFlows"]); // 3.36

const reportingDescriptor = object(
    {
        id: { type: "string" },
        shortDescription: multiformat,
        fullDescription: multiformat,
        help: multiformat,
        helpUri: { type: "string", pattern: "^https://\\S+$" },
        defaultConfiguration: object({ enabled: { type: "boolean" }, level }), // 3.50
        properties: {
            type: "object",
            properties: {
                "security-severity": { type: "string", pattern: "^\\d+\\.\\d$" },
                // 3.8.2: tags are distinct.
                tags: { type: "array", uniqueItems: true, items: { type: "string" } },
            },
        },
    },
    ["id"],
); // 3.49

const result = object(
    {
        ruleId: { type: "string" },
        ruleIndex: index,
        kind: { enum: ["notApplicable", "pass", "fail", "review", "open", "informational"] },
        level,
        message,
        locations,
        codeFlows: { type: "array", items: codeFlow },
        partialFingerprints: { type: "object", additionalProperties: { type: "string" } },
        baselineState: { enum: ["new", "unchanged", "updated", "absent"] },
        suppressions: {
            type: "array",
            uniqueItems: true,
            items: object(
                {
                    kind: { enum: ["inSource", "external"] },
                    status: { enum: ["accepted", "underReview", "rejected"] },
                    justification: { type: "string" },
                },
                ["kind"],
            ),
        }, // 3.35
        properties: { type: "object" },
    },
    ["message", "ruleId", "ruleIndex"],
); // 3.27

const notification = object({ level, message, locations }, ["message"]); // 3.58

export const sarifSchema = object(
    {
        version: { const: "2.1.0" },
        $schema: { type: "string", pattern: "^https://" },
        runs: {
            type: "array",
            items: object(
                {
                    tool: object(
                        {
                            driver: object(
                                {
                                    name: { type: "string" },
                                    version: { type: "string" },
                                    semanticVersion: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" },
                                    rules: { type: "array", uniqueItems: true, items: reportingDescriptor },
                                },
                                ["name"],
                            ),
                        },
                        ["driver"],
                    ),
                    columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
                    automationDetails: object({ id: { type: "string" } }),
                    invocations: {
                        type: "array",
                        items: object(
                            {
                                executionSuccessful: { type: "boolean" },
                                exitCode: { type: "integer" },
                                toolExecutionNotifications: { type: "array", items: notification },
                            },
                            ["executionSuccessful"],
                        ),
                    },
                    results: { type: "array", items: result },
                },
                ["tool"],
            ),
        },
    },
    ["version", "runs"],
); // 3.13, 3.14

function object(properties: Record<string, unknown>, required: readonly string[] = []): Record<string, unknown> {
    return { type: "object", additionalProperties: false, properties, required };
}
