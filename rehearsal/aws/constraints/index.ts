import { canonicalType } from "../facts";
import table from "./table.json";

/** What one value alone must be like, by AWS's own models and by what the official provider answers. */
export interface Constraint {
    /** The only texts that are allowed. */
    readonly values?: readonly string[];
    /** Least and greatest number; null where there is none. */
    readonly between?: readonly [number | null, number | null];
    /** Least and greatest number of characters; null where there is none. */
    readonly length?: readonly [number | null, number | null];
    /** Least and greatest number of items of a list that has any; null where there is none. */
    readonly items?: readonly [number | null, number | null];
    /** The regular expression that the whole text must match. */
    readonly pattern?: string;
}

/** Inputs of which exactly, at most or at least one is given, of the objects at a place; by what the provider answers. */
export interface Relation {
    readonly at?: string;
    readonly exactlyOne?: readonly string[];
    readonly atMostOne?: readonly string[];
    readonly atLeastOne?: readonly string[];
}

type Constraints = Readonly<Record<string, Constraint>>;

const types = table.types as unknown as Readonly<Record<string, Constraints>>;

/** The constraints of a type's inputs by path without indexes, such as `origins.customOriginConfig.originProtocolPolicy`. */
export function constraintsOf(type: string): Constraints {
    return types[canonicalType(type)] ?? {};
}

/** The relations of a type's inputs that its model leaves to the provider. */
export function relationsOf(type: string): readonly Relation[] {
    return (table.relations as Readonly<Record<string, readonly Relation[]>>)[canonicalType(type)] ?? [];
}

/** ISO 3166-1 codes, as WAF's API lists them. */
export const countries =
    constraintsOf("aws:wafv2/webAcl:WebAcl")["rules.statement.geoMatchStatement.countryCodes"]?.values ?? [];

/** The path under which a property's constraint is kept: a statement within a statement is a statement. */
export function constraintPath(path: string): string {
    const nested =
        /\.(?:(?:andStatement|orStatement)\.statements|notStatement\.statements?|\w+Statement\.scopeDownStatement)(?=\.|$)/;
    let collapsed = path;
    while (nested.test(collapsed)) {
        collapsed = collapsed.replace(nested, "");
    }
    return collapsed;
}
