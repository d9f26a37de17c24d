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
