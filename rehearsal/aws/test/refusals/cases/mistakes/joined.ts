import type { CasesByType } from "..";
import type { RehearsedStack } from "../../../rehearsedStack";
import { behavior, bytes, conditions, fixed, letters, managed, statement, target } from "../parts";

const balancer = (type: string) => async (stack: RehearsedStack) =>
    (
        await stack.create(
            "aws:lb/loadBalancer:LoadBalancer",
            { loadBalancerType: type, subnets: (await stack.subnets()).slice(0, 1) },
            type,
        )
    ).id;

const plainListener = async (stack: RehearsedStack) =>
    stack.listener({ port: 80, protocol: "HTTP", loadBalancerArn: (await stack.loadBalancer({ name: "plain" })).id });

const unsecured = { certificateArn: undefined, sslPolicy: undefined };

const network = async (stack: RehearsedStack) => ({
    ...unsecured,
    loadBalancerArn: await balancer("network")(stack),
    protocol: "TCP",
    defaultActions: [{ type: "forward", targetGroupArn: await target(stack, { protocol: "TCP" }) }],
});

const prefixListId = async (stack: RehearsedStack) =>
    (
        await stack.create("aws:ec2/managedPrefixList:ManagedPrefixList", {
            addressFamily: "IPv4",
            maxEntries: 1,
            entries: [{ cidr: "192.0.2.0/24" }],
        })
    ).id;

const staged = (trafficConfig: Record<string, unknown>) => ({ trafficConfig });

/** Programs with one mistake each, which two properties or two resources show together. */
export const joined: CasesByType = {
    "aws:lb/listener:Listener": {
        refused: [
            [
                "an answer on a network load balancer",
                async (stack) => ({ ...(await network(stack)), ...fixed({}) }),
                /InvalidLoadBalancerAction: Actions of type 'fixed-response' are supported only on HTTP and HTTPS/,
            ],
            [
                "a port on a gateway load balancer",
                async (stack) => ({
                    ...unsecured,
                    loadBalancerArn: await balancer("gateway")(stack),
                    port: 6081,
                    protocol: undefined,
                    defaultActions: [
                        { type: "forward", targetGroupArn: await target(stack, { protocol: "GENEVE", port: 6081 }) },
                    ],
                }),
                /ValidationError: A port or a protocol cannot be specified for a listener of a Gateway Load Balancer/,
            ],
        ],
    },
    "aws:lb/listenerCertificate:ListenerCertificate": {
        refused: [
            [
                "a certificate for HTTP",
                async (stack) => ({ listenerArn: (await plainListener(stack)).id }),
                /InvalidConfigurationRequest: A certificate cannot be specified for HTTP listeners/,
            ],
        ],
    },
    "aws:lb/listenerRule:ListenerRule": {
        refused: [
            [
                "values and expressions",
                conditions({ pathPattern: { values: ["/a"], regexValues: ["^/a$"] } }),
                /conditions\[0\]\.pathPattern\.regexValues: conflicts with "values"/,
            ],
            [
                "a long expression",
                conditions({ hostHeader: { regexValues: [letters(129)] } }),
                /regexValues\[0\]: is a text of 129 characters; AWS allows 1 to 128 characters/,
            ],
            [
                "a rule on a network load balancer",
                async (stack) => {
                    const listener = await stack.create(
                        "aws:lb/listener:Listener",
                        { ...(await network(stack)), port: 443 },
                        "tcp",
                    );
                    const { targetGroupArn } = (listener.inputs.defaultActions as Record<string, unknown>[])[0] ?? {};
                    return { listenerArn: listener.id, actions: [{ type: "forward", targetGroupArn }] };
                },
                /InvalidConfigurationRequest: Rules are unsupported for TCP listeners/,
            ],
        ],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        refused: [
            ...(
                [
                    [
                        "a private address seen from the internet",
                        false,
                        "172.31.0.9",
                        /goes with internal load balancers/,
                    ],
                    [
                        "an address beside the subnet",
                        true,
                        "10.0.0.9",
                        /The address '10\.0\.0\.9' is not within the subnet/,
                    ],
                ] as const
            ).map(
                ([what, internal, privateIpv4Address, message]) =>
                    [
                        what,
                        async (stack: RehearsedStack) => ({
                            internal,
                            loadBalancerType: "network",
                            subnets: undefined,
                            securityGroups: undefined,
                            subnetMappings: [{ subnetId: (await stack.subnets())[0], privateIpv4Address }],
                        }),
                        message,
                    ] as const,
            ),
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [
            ["GENEVE on another port", { protocol: "GENEVE", port: 6082 }, /port: is 6082; .* GENEVE on port 6081\./],
            [
                "more than all targets",
                { targetGroupHealth: { dnsFailover: { minimumHealthyTargetsPercentage: "101" } } },
                /minimumHealthyTargetsPercentage: is "101"; AWS allows 1 to 100 and "off"/,
            ],
        ],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        refused: [["the other family", { targetId: "fd00::1" }, /'fd00::1' is not a valid IPv4 address/]],
    },
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": {
        refused: [
            ["the other family", { cidr: "2001:db8::/32" }, /a range of IPv4 that begins with its network address/],
            [
                "no prefix length",
                { cidr: "192.0.2.1" },
                /InvalidParameterValue: cidr is "192\.0\.2\.1"; a range of IPv4/,
            ],
            [
                "one more than the list has room for",
                async (stack) => ({ prefixListId: await prefixListId(stack) }),
                /PrefixListMaxEntriesExceeded: The prefix list pl-\w+ has 1 entries at most/,
            ],
            ["no list", { prefixListId: "pl-0123456789abcdef0" }, /InvalidPrefixListID\.NotFound/],
        ],
    },
    "aws:ec2/route:Route": {
        refused: [
            [
                "a gateway of another VPC",
                async (stack) => {
                    const vpc = await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" }, "other");
                    const gateway = await stack.create(
                        "aws:ec2/internetGateway:InternetGateway",
                        { vpcId: vpc.id },
                        "other",
                    );
                    return { gatewayId: gateway.id };
                },
                /InvalidParameterValue: route table rtb-\w+ and network gateway igw-\w+ belong to different networks/,
            ],
        ],
    },
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "encrypted fields without POST",
                behavior({ fieldLevelEncryptionId: "C1EXAMPLE" }),
                /fieldLevelEncryptionId: needs all methods, POST among them, and viewers by HTTPS/,
            ],
            [
                "a deployment policy that does not exist",
                { continuousDeploymentPolicyId: "00000000-0000-4000-8000-000000000000" },
                /NoSuchContinuousDeploymentPolicy/,
            ],
        ],
    },
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
        refused: [
            [
                "a viewer's header beside all of them",
                { headersConfig: { headerBehavior: "allViewerAndWhitelistCloudFront", headers: { items: ["X-A"] } } },
                /headersConfig\.headers\.items: has X-A; beside all headers of viewers AWS allows those that begin with "Cl/,
            ],
        ],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        refused: [
            [
                "a type without its configuration",
                staged({ type: "SingleHeader" }),
                /singleHeaderConfig: is missing, which the type "SingleHeader" needs/,
            ],
            [
                "idle longer than a session lasts",
                staged({
                    type: "SingleWeight",
                    singleWeightConfig: { weight: 0.1, sessionStickinessConfig: { idleTtl: 900, maximumTtl: 600 } },
                }),
                /idleTtl: is 900, more than "maximumTtl", which is 600/,
            ],
        ],
    },
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
        refused: [["a log type of others", { logType: "ACCESS" }, /logType: is "ACCESS"; CloudFront has ACCESS_LOGS/]],
    },
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
        refused: [
            [
                "Parquet for a log group",
                {
                    outputFormat: "parquet",
                    deliveryDestinationConfiguration: {
                        destinationResourceArn: "arn:aws:logs:us-east-1:111122223333:log-group:a",
                    },
                },
                /outputFormat: is "parquet", which only buckets take\. \(AWS: ValidationException\)/,
            ],
        ],
    },
    "aws:wafv2/webAcl:WebAcl": {
        refused: [
            [
                "another vendor of AWS's groups",
                { rules: [managed({ name: "AWSManagedRulesCommonRuleSet", vendorName: "Amazon" })] },
                /WAFNonexistentItemException.*AWSManagedRulesCommonRuleSet/,
            ],
            [
                "a version of another form",
                { rules: [managed({ name: "AWSManagedRulesCommonRuleSet", version: "1.0" })] },
                /WAFNonexistentItemException.*The version 1\.0 of AWSManagedRulesCommonRuleSet/,
            ],
            [
                "a group without its configuration",
                { rules: [managed({ name: "AWSManagedRulesATPRuleSet" })] },
                /managedRuleGroupConfigs: is missing, which AWSManagedRulesATPRuleSet needs/,
            ],
            [
                "no transformations",
                statement(bytes({ textTransformations: undefined })),
                /Missing required property "textTransformations"/,
            ],
            ["a junction of nothing", statement({ andStatement: {} }), /Missing required property "statements"/],
            [
                "a negation of nothing",
                statement({ notStatement: {} }),
                /notStatement\.statement: One of "statement", "statements" must be given/,
            ],
            [
                "a negation of two",
                statement({ notStatement: { statements: [bytes(), bytes()] } }),
                /notStatement\.statements: has 2 statements; AWS allows 1/,
            ],
            [
                "headers without a pattern",
                statement(bytes({ fieldToMatch: { headers: [{ matchScope: "ALL", oversizeHandling: "CONTINUE" }] } })),
                /Missing required property "matchPattern"/,
            ],
        ],
    },
    "aws:acm/certificate:Certificate": {
        refused: [
            [
                "validation of a private certificate",
                {
                    certificateAuthorityArn:
                        "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/12345678-1234-1234-1234-123456789012",
                },
                /certificateAuthorityArn: conflicts with "validationMethod"/,
            ],
        ],
    },
};
