/**
 * One record of the rehearsed account: a resource as the control plane keeps it.
 * Property names are those of the Pulumi AWS provider.
 */
export interface AccountRecord {
    /** Resource token, such as `aws:lb/listener:Listener`. */
    readonly type: string;
    readonly id: string;
    /** Region of a regional resource; absent for CloudFront and Route 53. */
    readonly region?: string;
    readonly urn?: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly properties: Readonly<Record<string, unknown>>;
}

/** Any value of a record. Readers below give typed views of it and never throw on another shape. */
export type Value = unknown;

export function text(value: Value): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, also from its decimal text: the provider keeps some numbers (status codes, ports) as text. */
export function number(value: Value): number | undefined {
    const read = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
    return typeof read === "number" && Number.isFinite(read) ? read : undefined;
}

/** A switch; the provider keeps some of them as "true" and "false". */
export function flag(value: Value, otherwise = false): boolean {
    return value === true || value === "true" ? true : value === false || value === "false" ? false : otherwise;
}

export function list(value: Value): Value[] {
    return Array.isArray(value) ? value : [];
}

export function texts(value: Value): string[] {
    return list(value).flatMap((item) => text(item) ?? []);
}

export function object(value: Value): Readonly<Record<string, Value>> {
    return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Readonly<Record<string, Value>>)
        : {};
}

export function objects(value: Value): Readonly<Record<string, Value>>[] {
    return list(value).map(object);
}

/** The account as traffic needs it: records by type and by the ARN or id that others refer to. */
export class DeployedAccount {
    private readonly byReference = new Map<string, AccountRecord>();
    private readonly byClass = new Map<string, AccountRecord[]>();

    constructor(readonly records: readonly AccountRecord[]) {
        for (const record of records) {
            const name = kind(record.type);
            this.byClass.set(name, [...(this.byClass.get(name) ?? []), record]);
            for (const reference of [record.id, text(record.properties.arn), text(record.properties.id)]) {
                if (reference !== undefined) {
                    this.byReference.set(`${kind(record.type)} ${reference}`, record);
                }
            }
        }
    }

    /** Every resource of a class, whichever of its module names was used: `aws:alb` and `aws:lb` are one thing. */
    all(className: string): readonly AccountRecord[] {
        return this.byClass.get(className) ?? [];
    }

    /** The resource of a class that an ARN or id refers to. */
    find(className: string, reference: Value): AccountRecord | undefined {
        return typeof reference === "string" ? this.byReference.get(`${className} ${reference}`) : undefined;
    }
}

/** `aws:lb/listener:Listener` is a `Listener`. */
function kind(type: string): string {
    return type.slice(type.lastIndexOf(":") + 1);
}
