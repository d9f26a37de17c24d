import table from "./managedPolicyTable.json";

/** A policy that AWS manages, the same in every account. */
export interface ManagedPolicy {
    readonly name: string;
    /** In the words of the Pulumi AWS provider's own policy resources. */
    readonly properties: Readonly<Record<string, unknown>>;
}

export type PolicyKind = "CachePolicy" | "OriginRequestPolicy" | "ResponseHeadersPolicy";

/**
 * CloudFront's managed policies by kind and id. Managed-AllViewerAndCloudFrontHeaders-2022-06 names every CloudFront
 * header of June 2022 in AWS; the table has the ones among them that are modelled.
 */
export const managedPolicies: Readonly<Record<PolicyKind, ReadonlyMap<string, ManagedPolicy>>> = {
    CachePolicy: new Map(Object.entries<ManagedPolicy>(table.CachePolicy)),
    OriginRequestPolicy: new Map(Object.entries<ManagedPolicy>(table.OriginRequestPolicy)),
    ResponseHeadersPolicy: new Map(Object.entries<ManagedPolicy>(table.ResponseHeadersPolicy)),
};
