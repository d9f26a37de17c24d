import type { Graph, Resource } from "./graph";

export type Severity = "low" | "medium" | "high" | "critical";
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

/** A control of a published framework, as its publisher numbers it. */
export interface Control {
    /** For example `AWS Security Hub`, `CIS AWS Foundations`, `PCI DSS`, `NIST SP 800-53`. */
    readonly framework: string;
    readonly version?: string;
    /** For example `CloudFront.9`. */
    readonly control: string;
    /** Where the control was read. */
    readonly url: string;
    /** Set where the framework's reading differs from this rule's: what it accepts or refuses that we do not. */
    readonly difference?: string;
}

/** One resource on the way that a rule walked. */
export interface ChainStep {
    /** What it is, in AWS's words: `load balancer`. */
    readonly label: string;
    /** Absent where it is not in this stack; the label then names it. */
    readonly urn?: string;
    /** The property that leads on to the next step, or that decides. */
    readonly path?: string;
    /** What stands there, as a message shows it. Holds no secret. */
    readonly value?: string;
}

/** What a rule says of one resource. */
export interface Finding {
    /** `violation`: seen in the values. `cannot tell`: a value that decides is unknown or lives outside the stack. */
    readonly kind: "violation" | "cannot tell";
    /** Set where the finding is advice whatever the rule's level. */
    readonly level?: "advisory";
    /** The resource the finding is about. */
    readonly resource: Resource;
    /** The property that decides, for example `origins[0].customOriginConfig.originProtocolPolicy`. */
    readonly path?: string;
    /** What is wrong, the value, what is allowed and what to write instead. Holds no secret. */
    readonly message: string;
    /** The resources that the rule walked, each with the property that led on; the last one decides. */
    readonly chain?: readonly ChainStep[];
}

export type Settings = Readonly<Record<string, unknown>>;
export type Report = (finding: Finding) => void;

/** JSON Schema of one setting, with `description` and `default`. */
export type SettingSchema = Readonly<Record<string, unknown>>;

/** The names that a setting may list, where AWS gives them. */
export interface KnownNames {
    /** What they are names of, with its article: `a security policy of CloudFront`. */
    readonly what: string;
    readonly known: readonly string[];
    /** Whether AWS may have given a name that is not known since this list was written. */
    readonly mayBeNew: (name: string) => boolean;
}

interface RuleFacts {
    /** Kebab case; the name in policy configuration files. */
    readonly name: string;
    readonly displayName: string;
    /** One sentence that states what must hold. */
    readonly description: string;
    /** Enforcement level where nothing is configured. */
    readonly level: Level;
    readonly severity: Severity;
    readonly controls: readonly Control[];
    readonly remediationSteps: string;
    /** Type tokens the rule looks at; on a stack with none of them the rule is not applicable. */
    readonly types: readonly string[];
    /** Further types that the rule looks at, where they follow a pattern. */
    readonly looksAt?: (type: string) => boolean;
    /** Further types that it reads to judge those: an audit keeps of a large state only what its rules name. */
    readonly reads?: readonly string[];
    readonly settings?: Readonly<Record<string, SettingSchema>>;
    /**
     * By setting, the names that its list may hold. `check` and the engine refuse others, with the name that was probably
     * meant, in words that a JSON Schema has not.
     */
    readonly namesInSettings?: Readonly<Record<string, KnownNames>>;
}

/** Judges one resource by its inputs; in `pulumi up` it stops the resource before it is created. */
export interface ResourceRule extends RuleFacts {
    readonly scope: "resource";
    evaluate(resource: Resource, report: Report, settings: Settings): void;
    /** Returns corrected inputs, or undefined where nothing needs correcting. Runs at level `remediate`. */
    remediate?(resource: Resource, settings: Settings): Record<string, unknown> | undefined;
    /** Judges what the resource alone cannot show, such as a link to another one: once for a whole stack, over outputs. */
    evaluateStack?(graph: Graph, report: Report, settings: Settings): void;
}

/** Judges relations between resources, once for a whole stack, over outputs. */
export interface StackRule extends RuleFacts {
    readonly scope: "stack";
    evaluate(graph: Graph, report: Report, settings: Settings): void;
}

export type Rule = ResourceRule | StackRule;

/** What a rule asks of the stack as a whole; undefined where it judges single resources only. */
export function stackPartOf(rule: Rule): StackRule["evaluate"] | undefined {
    return rule.scope === "stack" ? rule.evaluate.bind(rule) : rule.evaluateStack?.bind(rule);
}
