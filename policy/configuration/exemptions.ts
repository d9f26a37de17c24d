import { isObject } from "../graph";
import { nameHint } from "./nameHint";

/** A resource for which a rule's violations are accepted for a time. */
export interface Exemption {
    /** The resource's URN; `*` stands for any text, also across `::` and `/`, and `?` for one character. */
    readonly urn: string;
    /** Why, for whoever reads the report. */
    readonly reason: string;
    /** The last day on which it holds, in UTC, as YYYY-MM-DD. */
    readonly expires: string;
}

/** JSON Schema of a rule's `exemptions`. */
export const exemptionsSchema = {
    type: "array",
    description:
        "Resources whose violations of this rule count as advisory until a date that you choose; after it, they are violations again.",
    items: {
        type: "object",
        additionalProperties: false,
        required: ["urn", "reason", "expires"],
        properties: {
            urn: {
                type: "string",
                minLength: 1,
                description:
                    "URN of the resource. `*` stands for any text, also across `::` and `/`; `?` for one character.",
            },
            reason: { type: "string", pattern: "\\S", description: "Why the violation is accepted; shown in reports." },
            expires: {
                type: "string",
                pattern: "^\\d{4}-\\d{2}-\\d{2}$",
                description: "The last day on which the exemption holds, in UTC, as YYYY-MM-DD.",
            },
        },
    },
} as const;

const keys = Object.keys(exemptionsSchema.items.properties);

/** What is wrong with a configured list of exemptions, each with its place; empty where nothing is. */
export function exemptionProblems(value: unknown, path: string): string[] {
    if (!Array.isArray(value)) {
        return [`${path} must be a list of objects with ${keys.join(", ")}.`];
    }
    return value.flatMap((item: unknown, index) => {
        const place = `${path}[${index}]`;
        if (!isObject(item)) {
            return [`${place} must be an object with ${keys.join(", ")}.`];
        }
        const problems = Object.keys(item)
            .filter((key) => !keys.includes(key))
            .map((key) => `${place}.${key} is not a property of an exemption. ${nameHint(key, keys)}`);
        for (const key of ["urn", "reason"]) {
            const text = item[key];
            if (typeof text !== "string" || text.trim() === "") {
                problems.push(`${place}.${key} must be a non-empty string, but is ${shown(text)}.`);
            }
        }
        const { urn } = item;
        if (typeof urn === "string" && urn.trim() !== "" && !/[*?]/.test(urn) && !urn.startsWith("urn:pulumi:")) {
            problems.push(
                `${place}.urn must be a URN, "urn:pulumi:...", or hold * for any text, but is ${shown(urn)}, which no resource has. ` +
                    `Write "*::${urn}" for every resource of that name.`,
            );
        }
        if (!isDay(item.expires)) {
            problems.push(`${place}.expires must be a date in the form YYYY-MM-DD, but is ${shown(item.expires)}.`);
        }
        return problems;
    });
}

function shown(value: unknown): string {
    return value === undefined ? "missing" : JSON.stringify(value);
}

function isDay(value: unknown): value is string {
    if (typeof value !== "string") {
        return false;
    }
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && today(day) === value;
}

/** The exemptions of one rule: which one covers a resource, and which ones have covered none. */
export class Exemptions {
    readonly #entries: readonly { readonly exemption: Exemption; readonly matches: (urn: string) => boolean }[];
    readonly #used = new Set<Exemption>();

    /** @param configured a list that {@link exemptionProblems} accepts; entries that it does not accept never match */
    constructor(configured: unknown) {
        const usable = Array.isArray(configured) && exemptionProblems(configured, "").length === 0;
        this.#entries = usable
            ? (configured as Exemption[]).map((exemption) => ({ exemption, matches: matcher(exemption.urn) }))
            : [];
    }

    /** The exemption that covers this resource: one that still holds before one that has expired. */
    covering(urn: string | undefined, today: string): { exemption: Exemption; expired: boolean } | undefined {
        if (urn === undefined || this.#entries.length === 0) {
            return undefined;
        }
        const matching = this.#entries.filter((entry) => entry.matches(urn)).map((entry) => entry.exemption);
        for (const exemption of matching) {
            this.#used.add(exemption);
        }
        const holding = matching.find((exemption) => exemption.expires >= today);
        const exemption = holding ?? matching[0];
        return exemption && { exemption, expired: holding === undefined };
    }

    /**
     * Those that covered nothing that the rule said.
     *
     * @param stack any URN of the stack: an exemption that names another stack or project is not this stack's business
     */
    unused(stack: string | undefined): readonly Exemption[] {
        return this.#entries
            .map((entry) => entry.exemption)
            .filter((exemption) => !this.#used.has(exemption) && concerns(exemption.urn, stack));
    }
}

/** A configuration is often shared by many stacks, so only patterns that can mean this stack are looked at. */
function concerns(pattern: string, urn: string | undefined): boolean {
    const [stack, project, ...rest] = pattern.split("::");
    if (urn === undefined || stack === undefined || project === undefined || rest.length === 0) {
        return true;
    }
    return matcher(`${stack}::${project}`)(urn.split("::").slice(0, 2).join("::"));
}

/** A URN is no path: neither `/` nor a quotation mark ends what `*` and `?` stand for. */
function matcher(pattern: string): (urn: string) => boolean {
    const literal = pattern.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
    const whole = new RegExp(`^${literal.replace(/\*+/g, "[^]*").replace(/\?/g, "[^]")}$`, "u");
    return (urn) => whole.test(urn);
}

/** Today in UTC, as YYYY-MM-DD. */
export function today(now: Date = new Date()): string {
    return now.toISOString().slice(0, 10);
}
