import { type AccountRecord, className, filledText } from "../aws/account";

/** What traffic reads of a resource of the account. */
export type DeployedResource = Pick<AccountRecord, "type" | "id" | "properties">;

/** Properties of a resource, or of one of the objects in them, in the words of the Pulumi AWS provider. */
export type Properties = DeployedResource["properties"];

/** The ARN by which others refer to a resource. */
export function arnOf({ id, properties }: DeployedResource): string {
    return filledText(properties.arn) ?? id;
}

/** Whether a property has a value: the provider writes some that were left out as null, others as an empty list. */
export function isPresent(value: unknown): boolean {
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** The account as traffic needs it: records by type and by the ARN or id that others refer to. It may be replaced. */
export class DeployedAccount {
    #byReference = new Map<string, DeployedResource>();
    #byClass = new Map<string, DeployedResource[]>();

    constructor(records: readonly DeployedResource[]) {
        this.replace(records);
    }

    /** Takes another state of the account; whoever asks from now on sees that one. */
    replace(records: readonly DeployedResource[]): void {
        this.#byReference = new Map();
        this.#byClass = new Map();
        for (const record of records) {
            const name = className(record.type);
            this.#byClass.set(name, [...(this.#byClass.get(name) ?? []), record]);
            for (const reference of [record.id, record.properties.arn, record.properties.id]) {
                if (typeof reference === "string") {
                    this.#byReference.set(`${name} ${reference}`, record);
                }
            }
        }
    }

    /** Every resource of a class, whichever of its module names was used: `aws:alb` and `aws:lb` are one thing. */
    all(name: string): readonly DeployedResource[] {
        return this.#byClass.get(name) ?? [];
    }

    /** The resource of a class that an ARN or id refers to. */
    find(name: string, reference: unknown): DeployedResource | undefined {
        return typeof reference === "string" ? this.#byReference.get(`${name} ${reference}`) : undefined;
    }
}
