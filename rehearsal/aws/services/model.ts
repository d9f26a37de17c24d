import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Account, AccountRecord } from "../account";
import type { Values } from "../server";

/** One change of one resource, as its service sees it: everything is known, and nobody else changes the account. */
export interface Operation {
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

/** Says what is wrong with an input before anything is sent to AWS, as the official provider does. */
export type Report = (path: string, reason: string) => void;

export interface AutoName {
    /** The input that gets a name where the program gives none. Default: `name`. */
    readonly property?: string;
    /** Characters that AWS allows. Default: 255. */
    readonly maximum?: number;
    readonly lowerCase?: boolean;
}

/** What a service knows of one resource type beyond its typings. All of it is optional: most types need none. */
export interface ResourceModel {
    readonly autoName?: AutoName | false;
    /** Inputs a change of which makes a new resource, beside those whose documentation says so. */
    readonly replaceOn?: readonly string[];
    /** Inputs whose change never makes a new resource, whatever their documentation says. */
    readonly keepOn?: readonly string[];
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
    /** Whether a replacement cannot exist beside what it replaces. */
    readonly deleteBeforeReplace?: boolean;
    /** Allowed values by path without indexes, `origins.customOriginConfig.originProtocolPolicy`, where the typings state none or too few. */
    readonly values?: Readonly<Record<string, readonly string[]>>;
    /** Values of inputs that were not given. */
    readonly defaults?: Values;
    check?(inputs: Values, report: Report): void;
    /** @throws AwsError where AWS refuses. @returns the id and the outputs that only AWS knows. */
    create?(operation: Operation): Values & { id: string };
    /** @throws AwsError where AWS refuses. @returns the outputs that change. */
    update?(operation: Operation & { old: AccountRecord }): Values;
    /** @throws AwsError where AWS refuses. Called before the resource goes. @returns "kept" where it is to stay. */
    delete?(operation: Operation & { old: AccountRecord }): "kept" | undefined | void;
}

export interface Lookup {
    readonly account: Account;
    readonly region: string;
    readonly args: Values;
}

/** What a service knows: its resource types and look-ups by token. */
export interface ServiceModel {
    readonly resources?: Readonly<Record<string, ResourceModel>>;
    readonly lookups?: Readonly<Record<string, (lookup: Lookup) => Values>>;
}

/** A refusal of AWS's, in the words in which the official provider reports it. */
export class AwsError extends Error {
    constructor(service: string, operation: string, code: string, message: string, status = 400) {
        super(
            `operation error ${service}: ${operation}, https response error StatusCode: ${status}, ` +
                `RequestID: ${randomUUID()}, api error ${code}: ${message}`,
        );
    }
}

/** Makes the refusals of one service: `refuse("CreateListener", "CertificateNotFound", "...")`. */
export function refusals(service: string) {
    return (operation: string, code: string, message: string, status?: number): never => {
        throw new AwsError(service, operation, code, message, status);
    };
}

/** Hexadecimal digits as AWS puts them into ids. */
export function hex(digits: number): string {
    return randomBytes(Math.ceil(digits / 2))
        .toString("hex")
        .slice(0, digits);
}

/** Digits and capital letters as Route 53 and CloudFront put them into ids. */
export function capitals(count: number): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return [...randomBytes(count)].map((byte) => letters[byte % letters.length]).join("");
}

/** A digest that is always the same for the same text. */
export function stable(text: string, digits: number): string {
    return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

export function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}

export function list(value: unknown): unknown[] {
    return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): string[] {
    return list(value).filter((item): item is string => typeof item === "string");
}

export function objects(value: unknown): Values[] {
    return list(value).filter((item): item is Values => typeof item === "object" && item !== null);
}

export function object(value: unknown): Values {
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
}
