import type { CasesByType } from "..";
import { letters } from "../parts";

/** Programs with one mistake each. */
export const route53: CasesByType = {
    "aws:route53/record:Record": {
        refused: [
            ["TXT quote inside", { type: "TXT", records: ['a" b'] }, /the type TXT needs strings/],
            ["DS odd", { type: "DS", records: ["abc"] }, /the type DS needs a key tag/],
            ["HTTPS bad", { type: "HTTPS", records: ["a.example.com"] }, /the type HTTPS needs a priority/],
            [
                "label 64",
                { name: letters(64) + ".example.com" },
                /name: is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\.example\.com"; A/,
            ],
            [
                "empty label",
                { name: "a..example.com" },
                /name: is "a\.\.example\.com"; AWS allows names whose labels have 1 to 63 characters each\. \(AW/,
            ],
            [
                "primary w/o health",
                async (stack) => {
                    await stack.record({
                        setIdentifier: "a",
                        failoverRoutingPolicies: [{ type: "PRIMARY" }],
                        healthCheckId: (
                            await stack.create(
                                "aws:route53/healthCheck:HealthCheck",
                                { type: "HTTPS", fqdn: "www.example.com" },
                                "h",
                            )
                        ).id,
                    });
                    return {
                        setIdentifier: "b",
                        failoverRoutingPolicies: [{ type: "PRIMARY" }],
                        healthCheckId: (
                            await stack.create(
                                "aws:route53/healthCheck:HealthCheck",
                                { type: "HTTPS", fqdn: "www.example.com" },
                                "h2",
                            )
                        ).id,
                    };
                },
                /InvalidChangeBatch: \[Tried to create resource recor/,
            ],
            [
                "continent and country",
                { setIdentifier: "a", geolocationRoutingPolicies: [{ continent: "EU", country: "DE" }] },
                /geolocationRoutingPolicies\[0\]\.country: conflicts with "continent"\. Give one of "continent"/,
            ],
            [
                "subdivision alone",
                { setIdentifier: "a", geolocationRoutingPolicies: [{ subdivision: "CA" }] },
                /geolocationRoutingPolicies\[0\]\.subdivision: goes with "country" only\./,
            ],
            [
                "latency region",
                { setIdentifier: "a", latencyRoutingPolicies: [{ region: "eu-west-9" }] },
                /latencyRoutingPolicies\[0\]\.region: is "eu-west-9"; AWS allows regions of AWS\./,
            ],
            [
                "multivalue CNAME",
                { type: "CNAME", records: ["x.y.com"], setIdentifier: "a", multivalueAnswerRoutingPolicy: true },
                /multivalueAnswerRoutingPolicy: goes with no CNAME\./,
            ],
            [
                "same region twice",
                async (stack) => {
                    await stack.record({ setIdentifier: "a", latencyRoutingPolicies: [{ region: "eu-central-1" }] });
                    return { setIdentifier: "b", latencyRoutingPolicies: [{ region: "eu-central-1" }] };
                },
                /InvalidChangeBatch: \[Tried to create resource recor/,
            ],
            [
                "cidr collection missing",
                {
                    setIdentifier: "a",
                    cidrRoutingPolicy: { collectionId: "11111111-2222-3333-4444-555555555555", locationName: "a" },
                },
                /NoSuchCidrCollectionException: No CIDR collection f/,
            ],
            [
                "bias 100",
                { setIdentifier: "a", geoproximityRoutingPolicy: { awsRegion: "eu-central-1", bias: 100 } },
                /geoproximityRoutingPolicy\.bias: is 100; AWS allows -99 to 99\./,
            ],
        ],
    },
    "aws:route53/zone:Zone": {
        refused: [
            [
                "zone label 64",
                { name: letters(64) + ".com" },
                /name: is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\.com"; AWS allow/,
            ],
            [
                "zone space",
                { name: "exa mple.com" },
                /name: is "exa mple\.com"; AWS allows names whose labels have 1 to 63 characters each\./,
            ],
            [
                "zone comment 257",
                { comment: letters(257) },
                /comment: is a text of 257 characters; AWS allows up to 256 characters\./,
            ],
            ["zone vpc missing", { vpcs: [{ vpcId: "vpc-0123456789abcdef0" }] }, /InvalidVPCId: The VPC vpc-/],
            [
                "zone vpc and set",
                async (stack) => ({ vpcs: [{ vpcId: await stack.vpcId() }], delegationSetId: "N1PA6795SAMPLE" }),
                /vpcs: conflicts with "delegationSetId"\. Give one of "delegationSetId", "vpcs"\./,
            ],
        ],
    },
};
