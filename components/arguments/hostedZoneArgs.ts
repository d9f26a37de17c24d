import type * as pulumi from "@pulumi/pulumi";

/** A further DNS zone that holds names of an edge. */
export interface HostedZoneArgs {
    /** Name of the zone, for example `example.net`. A name that lies in several zones belongs to the longest. */
    name: string;

    /**
     * Id of the zone in Route 53. Defaults to the id found by name; give it when the same program makes the zone, or when
     * two public zones of the account have the same name.
     */
    id?: pulumi.Input<string>;

    /**
     * Whether the records of this zone's names are made in Route 53. Defaults to true. When false, the zone's DNS is
     * elsewhere: nothing of it is looked up or made, and the outputs `validationRecords` and `dnsRecords` hold the records.
     */
    dnsRecordsEnabled?: boolean;
}

/** How the account of the hosted zones is reached, where it is not the account of the edge. */
export interface DnsAccountArgs {
    /**
     * ARN of a role of that account, which is assumed for every record and look-up in Route 53. It needs
     * `route53:ListHostedZones`, `route53:GetHostedZone`, `route53:ListTagsForResource`,
     * `route53:ChangeResourceRecordSets`, `route53:ListResourceRecordSets` and `route53:GetChange`. Defaults to none.
     * Source: Route 53 developer guide, "Amazon Route 53 API permissions".
     */
    roleArn?: pulumi.Input<string>;

    /**
     * External id that the role demands. Defaults to none.
     * Source: IAM user guide, "Access to AWS accounts owned by third parties".
     */
    externalId?: pulumi.Input<string>;

    /** Profile of the AWS configuration files whose credentials are used. Defaults to the environment's. */
    profile?: string;
}
