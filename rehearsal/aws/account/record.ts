/** One resource as the rehearsed account keeps it. Property names are those of the Pulumi AWS provider. */
export interface AccountRecord {
    /** Resource token, such as `aws:lb/listener:Listener`. */
    readonly type: string;
    /** The provider's id: unique among resources of one type. */
    readonly id: string;
    /** Region of a regional resource; absent for global services such as CloudFront and Route 53. */
    readonly region?: string;
    /** URN of the stack's resource that created it; absent for what the account had from the start. */
    readonly urn?: string;
    /** Inputs as they were checked when the resource was created or last updated; secrets in plain. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Outputs; secrets in plain. */
    readonly properties: Readonly<Record<string, unknown>>;
    /** ISO 8601. */
    readonly createdAt: string;
}

/** `aws:lb/listener:Listener` and `aws:alb/listener:Listener` are both a `Listener`: two names of one thing in AWS. */
export function className(type: string): string {
    return type.slice(type.lastIndexOf(":") + 1);
}

/** The record that a file of the account holds. @throws Error that says what the text is instead. */
export function readRecord(text: string): AccountRecord {
    const value: unknown = JSON.parse(text);
    const fields = isObject(value) ? value : {};
    const wrong = [
        ...["type", "id", "createdAt"].filter((name) => typeof fields[name] !== "string"),
        ...["region", "urn"].filter((name) => fields[name] !== undefined && typeof fields[name] !== "string"),
        ...["inputs", "properties"].filter((name) => !isObject(fields[name])),
    ];
    if (wrong.length > 0) {
        throw new Error(
            `it is no record of a resource: ${wrong.join(", ")} ${wrong.length === 1 ? "is" : "are"} missing or of the wrong type`,
        );
    }
    return value as AccountRecord;
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
