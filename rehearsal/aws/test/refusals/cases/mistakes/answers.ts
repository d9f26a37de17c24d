import type { CasesByType } from "..";
import { letters } from "../parts";

/** Programs with one mistake each, of which only the official provider's answers and AWS's API models tell. */
export const answers: CasesByType = {
    "aws:ec2/vpc:Vpc": {
        refused: [
            [
                "a range and the length of another",
                { ipv4NetmaskLength: 20, ipv4IpamPoolId: "ipam-pool-1" },
                /ipv4NetmaskLength: conflicts with "cidrBlock"/,
            ],
            [
                "IPv6 of AWS and of a pool",
                { assignGeneratedIpv6CidrBlock: true, ipv6IpamPoolId: "ipam-pool-1" },
                /conflicts with "assignGeneratedIpv6CidrBlock"/,
            ],
        ],
    },
    "aws:ec2/natGateway:NatGateway": {
        refused: [
            [
                "addresses and how many",
                {
                    allocationId: undefined,
                    connectivityType: "private",
                    secondaryPrivateIpAddressCount: 1,
                    secondaryPrivateIpAddresses: ["172.31.0.9"],
                },
                /conflicts with "secondaryPrivateIpAddressCount"/,
            ],
        ],
    },
    "aws:s3/bucketLogging:BucketLogging": {
        refused: [
            [
                "two forms of keys",
                {
                    targetObjectKeyFormat: {
                        simplePrefix: {},
                        partitionedPrefix: { partitionDateSource: "EventTime" },
                    },
                },
                /targetObjectKeyFormat\.\w+: conflicts with/,
            ],
        ],
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        refused: [["a description of 257", { description: letters(257) }, /has 257 characters; AWS allows 0 to 256/]],
    },
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": {
        refused: [
            [
                "a role by its name",
                {
                    endpoint: {
                        streamType: "Kinesis",
                        kinesisStreamConfig: {
                            roleArn: "a",
                            streamArn: "arn:aws:kinesis:us-east-1:111122223333:stream/a",
                        },
                    },
                },
                /kinesisStreamConfig\.roleArn: is "a"; AWS allows only what matches/,
            ],
        ],
    },
    "aws:sns/topic:Topic": {
        refused: [
            [
                "a scope that does not exist",
                { name: "a.fifo", fifoTopic: true, fifoThroughputScope: "Group" },
                /fifoThroughputScope: is "Group"; AWS allows "Topic", "MessageGroup"/,
            ],
        ],
    },
};
