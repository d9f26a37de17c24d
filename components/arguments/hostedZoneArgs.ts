import type * as pulumi from "@pulumi/pulumi";

/** A further DNS zone that holds names of an edge. */
export interface HostedZoneArgs {
    /** Name of the zone, for example `example.net`. */
    name: string;

    /**
     * Id of the zone in Route 53. Defaults to the id found by name. Set it when the same program creates the zone, or
     * when two public zones of the account have the same name.
     */
    id?: pulumi.Input<string>;

    /**
     * Whether to create the records of this zone's names in Route 53. Defaults to true. Set it to false if the zone's
     * DNS is elsewhere: the component then looks up and creates nothing in Route 53, and the outputs
     * `validationRecords` and `dnsRecords` list the records to create.
     */
    dnsRecordsEnabled?: boolean;
}

/** How to reach the account of the hosted zones, if it is not the edge's. */
export interface DnsAccountArgs {
    /**
     * ARN of a role of that account, which the component assumes for every record and look-up in Route 53. It needs
     * `route53:ListHostedZones`, `route53:GetHostedZone`, `route53:ListTagsForResource`,
     * `route53:ChangeResourceRecordSets`, `route53:ListResourceRecordSets` and `route53:GetChange`. Defaults to none.
     * Source: Route 53 developer guide, "Amazon Route 53 API permissions".
     */
    roleArn?: pulumi.Input<string>;

    /**
     * External id that the role requires. Defaults to none.
     * Source: IAM user guide, "Access to AWS accounts owned by third parties".
     */
    externalId?: pulumi.Input<string>;

    /** Profile in the AWS configuration files to take credentials from. Defaults to the environment's. */
    profile?: string;
}
