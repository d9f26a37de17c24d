import table from "./sourceTable.json";

/** Where AWS's own data describes a type's inputs. */
interface SourceType {
    /** Service and version of AWS's API, and the shapes that the inputs go into. */
    readonly api?: readonly string[];
    /** The type of CloudFormation, and the properties that hold the inputs; "" is the type itself. */
    readonly cloudFormation?: readonly string[];
}

export const sourceTypes: Readonly<Record<string, SourceType>> = table;
