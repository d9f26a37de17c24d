import type { Refusals } from "./awsError";
import type { File, Quota, Requirement, Uniqueness, Use } from "./relations";
import type { Report, Rule } from "./rules";
import type { Account, AccountRecord } from "../../account";
import type { Replacement } from "../../facts";
import type { Value, Values } from "../../../provider";

/** One change of one resource, as its service sees it: everything is known, and nobody else changes the account. */
export interface Operation extends Refusals {
    readonly account: Account;
    readonly type: string;
    readonly urn: string;
    readonly region: string;
    readonly inputs: Values;
    /** Outputs that follow from the typings alone: inputs, documented defaults, region, merged tags. */
    readonly properties: Values;
    /** The resource as it was; absent while it is created. */
    readonly old?: AccountRecord;
}

export type Change = "create" | "update" | "delete";

export interface AutoName {
    /** The input that gets a name where the program gives none. Default: `name`. */
    readonly property?: string;
    /** Characters that AWS allows. Default: 255. */
    readonly maximum?: number;
    readonly lowerCase?: boolean;
    /** Whether the logical name itself is taken, with nothing added, however naming is set in the project. */
    readonly exact?: boolean;
}

/** What a service knows of one resource type beyond its typings. All of it is optional: most types need none. */
export interface ResourceModel extends Replacement {
    readonly autoName?: AutoName | false;
    /**
     * Inputs a change of which makes a new resource in some cases: whether it does from one value to the other, beside
     * the new inputs and what AWS holds. Source: terraform-provider-aws, ForceNew in each type's CustomizeDiff.
     */
    readonly replacesIf?: Readonly<Record<string, (old: Value, now: Value, news: Values, held: Values) => boolean>>;
    /**
     * Inputs that the provider sends to AWS only when they have changed since it last looked, so that what somebody else
     * has set there meanwhile stays.
     */
    readonly sentWhenChanged?: readonly string[];
    /**
     * Inputs that stay as they were when the program leaves them out, so that only a value that says so switches them
     * off. Source: terraform-provider-aws, SuppressMissingOptionalConfigurationBlock.
     */
    readonly keptWhenLeftOut?: readonly string[];
    /** Lists whose order means nothing to AWS. */
    readonly sets?: readonly string[];
    /** Lists to which AWS adds items of its own. */
    readonly grows?: readonly string[];
    /** How AWS itself writes the values of inputs that may be written in several ways. */
    readonly canonical?: Readonly<Record<string, (value: string) => string>>;
    /**
     * Whether AWS's call is a Put, which replaces in silence what exists under the same id. A replacement that is
     * created first is then gone as soon as what it replaced is deleted.
     */
    readonly overwrites?: boolean;
    /** Whether a replacement cannot exist beside what it replaces. */
    readonly deleteBeforeReplace?: boolean;
    /** Allowed values by path without indexes, `origins.customOriginConfig.originProtocolPolicy`, where the typings state none or too few. */
    readonly values?: Readonly<Record<string, readonly string[]>>;
    /** The interface that describes the same blocks, where the SDK gives those of another resource the name of this one's. */
    readonly twin?: (interfaceName: string) => string | undefined;
    /** Values of inputs that were not given. */
    readonly defaults?: Values;
    /** False where the official provider knows no import. Source: `terraform import`, hashicorp/aws 5.100.0. */
    readonly importable?: boolean;
    /** The id of what an import names, where the provider's form of it differs: `id/name/scope`. */
    importedId?(given: string): string;
    /** What joins properties of the resource. */
    readonly rules?: readonly Rule[];
    /** The service's name in errors, where its SDK is another than that of its neighbours. */
    readonly title?: string;
    /** AWS's calls, where they are not called as the resource is: `CreateDistribution`, `UpdateDistribution`... */
    readonly calls?: Readonly<Partial<Record<Change, string>>>;
    readonly requires?: readonly Requirement[];
    readonly files?: readonly File[];
    readonly unique?: readonly Uniqueness[];
    readonly quotas?: readonly Quota[];
    readonly usedBy?: readonly Use[];
    /** What goes with the resource when it is deleted: a kind, and the property that names the resource's id. */
    readonly owns?: readonly (readonly [kind: string, place: string])[];
    check?(inputs: Values, report: Report): void;
    /** Refuses what rows cannot say, before a resource is created or updated. @throws AwsError */
    judge?(operation: Operation): void;
    /** @throws AwsError where AWS refuses. @returns outputs that only AWS knows, and the id where the table has no form. */
    create?(operation: Operation): Values & { id?: string };
    /** @throws AwsError where AWS refuses. @returns the outputs that change. */
    update?(operation: Operation & { old: AccountRecord }): Values;
    /** @throws AwsError where AWS refuses. Called before the resource goes. @returns "kept" where it is to stay. */
    delete?(operation: Operation & { old: AccountRecord }): "kept" | undefined | void;
}

export interface Lookup {
    readonly account: Account;
    readonly region: string;
    readonly args: Values;
    /** Those of the provider's configuration. */
    readonly defaultTags: Readonly<Record<string, string>>;
}

/** What a service knows: its resource types and look-ups by token. */
export interface ServiceModel {
    /** The service's name in the errors of AWS's SDK. */
    readonly title: string;
    readonly resources?: Readonly<Record<string, ResourceModel>>;
    readonly lookups?: Readonly<Record<string, (lookup: Lookup) => Values>>;
}
