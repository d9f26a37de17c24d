import type { Values } from "../../provider";
import { distributionInputs, type RehearsedStack, visibility } from "./rehearsedStack";

type Example = (stack: RehearsedStack) => Promise<Values> | Values;

const fixedResponse = {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "no", statusCode: "403" },
};

const bucketSetting =
    (inputs: Values): Example =>
    async (stack) => {
        await stack.create("aws:s3/bucket:Bucket", { bucket: "logs" }, "logs");
        return { bucket: "logs", ...inputs };
    };

const group = async (stack: RehearsedStack) =>
    (await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "group")).id;

const zoneId = async (stack: RehearsedStack) =>
    (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId;

const logGroup = async (stack: RehearsedStack) =>
    (await stack.create("aws:cloudwatch/logGroup:LogGroup", { name: "/app" }, "app")).id;

const versioned = async (stack: RehearsedStack, bucket = "logs") => {
    await stack.create("aws:s3/bucket:Bucket", { bucket }, bucket);
    await stack.create(
        "aws:s3/bucketVersioning:BucketVersioning",
        { bucket, versioningConfiguration: { status: "Enabled" } },
        `${bucket}-versions`,
    );
};

const target = async (stack: RehearsedStack) => ({ port: 443, protocol: "HTTPS", vpcId: await stack.vpcId() });

const source = async (stack: RehearsedStack) => ({
    region: "us-east-1",
    logType: "ACCESS_LOGS",
    resourceArn: (await stack.distribution()).properties.arn,
});

const destination = async (stack: RehearsedStack) => ({
    region: "us-east-1",
    deliveryDestinationConfiguration: {
        destinationResourceArn: (
            await stack.create("aws:cloudwatch/logGroup:LogGroup", { region: "us-east-1" }, "group")
        ).properties.arn,
    },
});

/** The certificate is issued: the listener may have it. */
const secureListener = async (stack: RehearsedStack) =>
    stack.listener({ certificateArn: (await stack.certificate("eu-central-1", "origin.example.com")).id });

const elbv2: Record<string, Example> = {
    "loadBalancer:LoadBalancer": async (stack) => ({
        subnets: await stack.subnets(),
        securityGroups: [await group(stack)],
    }),
    "targetGroup:TargetGroup": async (stack) => ({ ...(await target(stack)), healthCheck: { path: "/health" } }),
    "targetGroupAttachment:TargetGroupAttachment": async (stack) => ({
        targetGroupArn: (
            await stack.create(
                "aws:lb/targetGroup:TargetGroup",
                { ...(await target(stack)), targetType: "ip" },
                "group",
            )
        ).id,
        targetId: "172.31.0.10",
    }),
    "listener:Listener": async (stack) => ({
        loadBalancerArn: (await stack.loadBalancer()).id,
        port: 443,
        protocol: "HTTPS",
        certificateArn: (await stack.certificate("eu-central-1", "origin.example.com")).id,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        defaultActions: [fixedResponse],
    }),
    "listenerRule:ListenerRule": async (stack) => ({
        listenerArn: (await secureListener(stack)).id,
        conditions: [{ httpHeader: { httpHeaderName: "X-Secret", values: ["a"] } }],
        actions: [fixedResponse],
    }),
    "listenerCertificate:ListenerCertificate": async (stack) => ({
        listenerArn: (await secureListener(stack)).id,
        certificateArn: (await stack.certificate("eu-central-1", "b.example.com")).id,
    }),
};

const publicKey = { encodedKey: "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n" };

const encryptionProfile = async (stack: RehearsedStack) => {
    const { id: publicKeyId } = await stack.create("aws:cloudfront/publicKey:PublicKey", publicKey, "key");
    return { encryptionEntities: { items: [{ publicKeyId, providerId: "a", fieldPatterns: { items: ["card"] } }] } };
};

const trustStore = { caCertificatesBundleS3Bucket: "ca", caCertificatesBundleS3Key: "bundle.pem" };

const wafv2 = { scope: "REGIONAL" };
const cachePolicyParts = {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "none" },
    queryStringsConfig: { queryStringBehavior: "none" },
};

/** What a program may state of each type that a service models: the least, and a little more where AWS adds to it. */
export const everyType: Readonly<Record<string, Example>> = {
    "aws:acm/certificate:Certificate": () => ({
        domainName: "www.example.com",
        subjectAlternativeNames: ["*.example.com"],
        validationMethod: "DNS",
    }),
    "aws:acm/certificateValidation:CertificateValidation": async (stack) => ({
        certificateArn: (await stack.certificate("eu-central-1", "www.example.com")).id,
    }),
    "aws:cloudfront/distribution:Distribution": () => distributionInputs(),
    "aws:cloudfront/function:Function": () => ({
        runtime: "cloudfront-js-2.0",
        code: "function handler(event) { return event.request; }",
    }),
    "aws:cloudfront/cachePolicy:CachePolicy": () => ({ parametersInCacheKeyAndForwardedToOrigin: cachePolicyParts }),
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": () => cachePolicyParts,
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": () => ({
        securityHeadersConfig: { contentTypeOptions: { override: true } },
    }),
    "aws:cloudfront/originAccessControl:OriginAccessControl": () => ({
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
    }),
    "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": () => ({ comment: "a" }),
    "aws:cloudfront/vpcOrigin:VpcOrigin": async (stack) => ({
        vpcOriginEndpointConfig: {
            name: "o",
            arn: (await stack.loadBalancer({ internal: true })).id,
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
    }),
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": async (stack) => ({
        distributionId: (await stack.distribution()).id,
        monitoringSubscription: {
            realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" },
        },
    }),
    "aws:cloudfront/publicKey:PublicKey": () => publicKey,
    "aws:cloudfront/keyGroup:KeyGroup": async (stack) => ({
        items: [(await stack.create("aws:cloudfront/publicKey:PublicKey", publicKey, "key")).id],
    }),
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": () => ({
        name: "a",
        samplingRate: 50,
        fields: ["timestamp"],
        endpoint: {
            streamType: "Kinesis",
            kinesisStreamConfig: {
                roleArn: "arn:aws:iam::111122223333:role/log",
                streamArn: "arn:aws:kinesis:us-east-1:111122223333:stream/log",
            },
        },
    }),
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": async (stack) => ({
        enabled: true,
        stagingDistributionDnsNames: {
            quantity: 1,
            items: [(await stack.distribution({ staging: true })).properties.domainName],
        },
    }),
    "aws:cloudfront/fieldLevelEncryptionProfile:FieldLevelEncryptionProfile": encryptionProfile,
    "aws:cloudfront/fieldLevelEncryptionConfig:FieldLevelEncryptionConfig": async (stack) => {
        const type = "aws:cloudfront/fieldLevelEncryptionProfile:FieldLevelEncryptionProfile";
        const { id: profileId } = await stack.create(type, await encryptionProfile(stack), "profile");
        const contentType = "application/x-www-form-urlencoded";
        return {
            contentTypeProfileConfig: {
                forwardWhenContentTypeIsUnknown: true,
                contentTypeProfiles: { items: [{ contentType, format: "URLEncoded", profileId }] },
            },
            queryArgProfileConfig: { forwardWhenQueryArgProfileIsUnknown: true },
        };
    },
    "aws:cloudfront/keyValueStore:KeyValueStore": () => ({}),
    "aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey": async (stack) => {
        const store = await stack.create("aws:cloudfront/keyValueStore:KeyValueStore", {}, "store");
        return { keyValueStoreArn: store.properties.arn, key: "a", value: "b" };
    },
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution": () => ({
        enabled: true,
        comment: "a",
        origins: [{ id: "origin", domainName: "origin.example.com" }],
        defaultCacheBehavior: {
            targetOriginId: "origin",
            viewerProtocolPolicy: "https-only",
            cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
            allowedMethods: { items: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"] },
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
        tenantConfig: {},
    }),
    "aws:cloudwatch/logGroup:LogGroup": () => ({ retentionInDays: 30 }),
    "aws:cloudwatch/logStream:LogStream": async (stack) => ({ logGroupName: await logGroup(stack) }),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": async (stack) => ({
        logGroupName: await logGroup(stack),
        pattern: "",
        metricTransformation: { name: "a", namespace: "b", value: "1" },
    }),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": async (stack) => ({
        logGroup: await logGroup(stack),
        filterPattern: "",
        destinationArn: "arn:aws:lambda:eu-central-1:111122223333:function:a",
    }),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": () => ({ policyName: "a", policyDocument: "{}" }),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": () => ({ alarmName: "a", alarmRule: "TRUE" }),
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": source,
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": destination,
    "aws:cloudwatch/logDelivery:LogDelivery": async (stack) => ({
        region: "us-east-1",
        deliverySourceName: (
            await stack.create("aws:cloudwatch/logDeliverySource:LogDeliverySource", await source(stack), "source")
        ).id,
        deliveryDestinationArn: (
            await stack.create(
                "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
                await destination(stack),
                "destination",
            )
        ).properties.arn,
    }),
    "aws:cloudwatch/metricAlarm:MetricAlarm": () => ({
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
        metricName: "5xxErrorRate",
        namespace: "AWS/CloudFront",
        period: 60,
        statistic: "Average",
        threshold: 5,
    }),
    "aws:ec2/vpc:Vpc": () => ({ cidrBlock: "10.9.0.0/16" }),
    "aws:ec2/subnet:Subnet": async (stack) => ({
        vpcId: await stack.vpcId(),
        cidrBlock: "172.31.240.0/24",
        availabilityZoneId: "euc1-az2",
    }),
    "aws:ec2/managedPrefixList:ManagedPrefixList": () => ({
        addressFamily: "IPv4",
        maxEntries: 5,
        entries: [{ cidr: "192.0.2.0/24", description: "office" }],
    }),
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": async (stack) => ({
        prefixListId: (
            await stack.create(
                "aws:ec2/managedPrefixList:ManagedPrefixList",
                { addressFamily: "IPv4", maxEntries: 5 },
                "list",
            )
        ).id,
        cidr: "198.51.100.0/24",
    }),
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": async (stack) => ({
        vpcId: await stack.vpcId(),
        cidrBlock: "100.64.0.0/16",
    }),
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": async (stack) => ({
        vpcId: await stack.vpcId(),
        peerVpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "peer")).id,
    }),
    "aws:ec2/networkAcl:NetworkAcl": async (stack) => ({ vpcId: await stack.vpcId() }),
    "aws:ec2/networkAclRule:NetworkAclRule": async (stack) => ({
        networkAclId: (await stack.create("aws:ec2/networkAcl:NetworkAcl", { vpcId: await stack.vpcId() }, "acl")).id,
        ruleNumber: 100,
        ruleAction: "allow",
        protocol: "tcp",
        cidrBlock: "10.0.0.0/8",
        fromPort: 443,
        toPort: 443,
    }),
    "aws:ec2/internetGateway:InternetGateway": () => ({}),
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": async (stack) => ({
        internetGatewayId: (await stack.create("aws:ec2/internetGateway:InternetGateway", {}, "gateway")).id,
        vpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "other")).id,
    }),
    "aws:ec2/routeTable:RouteTable": async (stack) => ({ vpcId: await stack.vpcId() }),
    "aws:ec2/route:Route": async (stack) => {
        const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.7.0.0/16" }, "routed")).id;
        return {
            routeTableId: (await stack.create("aws:ec2/routeTable:RouteTable", { vpcId }, "routes")).id,
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: (await stack.create("aws:ec2/internetGateway:InternetGateway", { vpcId }, "gateway")).id,
        };
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": async (stack) => ({
        routeTableId: (await stack.create("aws:ec2/routeTable:RouteTable", { vpcId: await stack.vpcId() }, "table")).id,
        subnetId: (await stack.subnets())[0],
    }),
    "aws:ec2/eip:Eip": () => ({ domain: "vpc" }),
    "aws:ec2/natGateway:NatGateway": async (stack) => ({
        subnetId: (await stack.subnets())[0],
        allocationId: (await stack.create("aws:ec2/eip:Eip", { domain: "vpc" }, "address")).id,
    }),
    "aws:ec2/instance:Instance": () => ({ ami: "ami-0abcdef1234567890", instanceType: "t3.micro" }),
    "aws:ec2/networkInterface:NetworkInterface": async (stack) => ({ subnetId: (await stack.subnets())[0] }),
    "aws:ec2/vpcEndpoint:VpcEndpoint": async (stack) => ({
        vpcId: await stack.vpcId(),
        serviceName: "com.amazonaws.eu-central-1.s3",
    }),
    "aws:ec2/vpcEndpointService:VpcEndpointService": async (stack) => ({
        acceptanceRequired: true,
        networkLoadBalancerArns: [(await stack.loadBalancer({ loadBalancerType: "network" })).id],
    }),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ imageId: "ami-0abcdef1234567890" }),
    "aws:ebs/volume:Volume": () => ({ availabilityZone: "eu-central-1a", size: 8 }),
    "aws:ec2/securityGroup:SecurityGroup": () => ({
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
    }),
    "aws:ec2/securityGroupRule:SecurityGroupRule": async (stack) => ({
        securityGroupId: await group(stack),
        type: "ingress",
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["10.0.0.0/8"],
    }),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": async (stack) => ({
        securityGroupId: await group(stack),
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "10.0.0.0/8",
    }),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": async (stack) => ({
        securityGroupId: await group(stack),
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
    }),
    ...Object.fromEntries(
        ["lb", "alb"].flatMap((module) =>
            Object.entries(elbv2).map(([name, example]) => [`aws:${module}/${name}`, example]),
        ),
    ),
    "aws:lb/trustStore:TrustStore": () => trustStore,
    "aws:lb/trustStoreRevocation:TrustStoreRevocation": async (stack) => ({
        trustStoreArn: (await stack.create("aws:lb/trustStore:TrustStore", trustStore, "store")).id,
        revocationsS3Bucket: "ca",
        revocationsS3Key: "crl.pem",
    }),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": () => ({
        destination: "extended_s3",
        extendedS3Configuration: { bucketArn: "arn:aws:s3:::logs", roleArn: "arn:aws:iam::111122223333:role/firehose" },
    }),
    "aws:iam/role:Role": () => ({ assumeRolePolicy: "{}" }),
    "aws:iam/policy:Policy": () => ({ policy: "{}" }),
    "aws:kms/key:Key": () => ({ description: "a" }),
    "aws:lambda/function:Function": () => ({
        role: "arn:aws:iam::111122223333:role/function",
        runtime: "nodejs22.x",
        handler: "index.handler",
        s3Bucket: "code",
        s3Key: "function.zip",
        publish: true,
    }),
    "aws:route53/zone:Zone": () => ({ name: "example.org" }),
    "aws:route53/keySigningKey:KeySigningKey": async (stack) => ({
        hostedZoneId: await zoneId(stack),
        keyManagementServiceArn: "arn:aws:kms:us-east-1:111122223333:key/a",
        name: "ksk",
    }),
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": async (stack) => {
        const hostedZoneId = await zoneId(stack);
        const keyManagementServiceArn = "arn:aws:kms:us-east-1:111122223333:key/a";
        const key = { hostedZoneId, keyManagementServiceArn, name: "ksk" };
        await stack.create("aws:route53/keySigningKey:KeySigningKey", key, "key");
        return { hostedZoneId };
    },
    "aws:route53/queryLog:QueryLog": async (stack) => ({
        zoneId: await zoneId(stack),
        cloudwatchLogGroupArn: "arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/example.com",
    }),
    "aws:route53/zoneAssociation:ZoneAssociation": async (stack) => {
        const vpcs = [{ vpcId: await stack.vpcId() }];
        return {
            zoneId: (await stack.create("aws:route53/zone:Zone", { name: "corp.local", vpcs }, "zone")).id,
            vpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "other")).id,
        };
    },
    "aws:route53/record:Record": async (stack) => ({
        zoneId: (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId,
        name: "a.example.com",
        type: "A",
        ttl: 60,
        records: ["192.0.2.1"],
    }),
    "aws:route53/healthCheck:HealthCheck": () => ({ type: "HTTPS", fqdn: "www.example.com", resourcePath: "/" }),
    "aws:sns/topic:Topic": () => ({}),
    "aws:sns/topicPolicy:TopicPolicy": async (stack) => ({
        arn: (await stack.create("aws:sns/topic:Topic", {}, "topic")).id,
        policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "sns:Publish" }] }),
    }),
    "aws:sns/topicSubscription:TopicSubscription": async (stack) => ({
        topic: (await stack.create("aws:sns/topic:Topic", {}, "topic")).id,
        protocol: "email",
        endpoint: "a@example.com",
    }),
    "aws:s3/bucket:Bucket": () => ({ forceDestroy: true }),
    "aws:s3/bucketObject:BucketObject": bucketSetting({ key: "a.txt", content: "a" }),
    "aws:s3/bucketObjectv2:BucketObjectv2": bucketSetting({ key: "/b.txt", contentBase64: "Yg==" }),
    "aws:s3/bucketPolicy:BucketPolicy": bucketSetting({
        policy: JSON.stringify({
            Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" }],
        }),
    }),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting({ blockPublicAcls: true }),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting({
        rule: { objectOwnership: "BucketOwnerEnforced" },
    }),
    "aws:s3/bucketVersioning:BucketVersioning": bucketSetting({ versioningConfiguration: { status: "Enabled" } }),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting({
        rules: [{ id: "a", status: "Enabled", filter: {}, expiration: { days: 1 } }],
    }),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting({
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": bucketSetting({
        corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }],
    }),
    "aws:s3/bucketNotification:BucketNotification": bucketSetting({ eventbridge: true }),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": async (stack) => ({
        bucket: (await stack.create("aws:s3/bucket:Bucket", { bucket: "locked", objectLockEnabled: true }, "locked"))
            .id,
        rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
    }),
    "aws:s3/bucketAcl:BucketAcl": async (stack) => {
        const inputs = await bucketSetting({ acl: "private" })(stack);
        const rule = { objectOwnership: "BucketOwnerPreferred" };
        await stack.create("aws:s3/bucketOwnershipControls:BucketOwnershipControls", { bucket: "logs", rule });
        return inputs;
    },
    "aws:s3/bucketLogging:BucketLogging": bucketSetting({ targetBucket: "logs", targetPrefix: "a/" }),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": async (stack) => {
        await versioned(stack);
        return {
            bucket: "logs",
            role: "arn:aws:iam::111122223333:role/copy",
            rules: [
                {
                    id: "a",
                    status: "Enabled",
                    filter: {},
                    deleteMarkerReplication: { status: "Disabled" },
                    destination: { bucket: "arn:aws:s3:::copies" },
                },
            ],
        };
    },
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": bucketSetting({
        name: "a",
        tierings: [{ accessTier: "ARCHIVE_ACCESS", days: 90 }],
    }),
    "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": bucketSetting({ status: "Enabled" }),
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": bucketSetting({
        indexDocument: { suffix: "index.html" },
    }),
    "aws:wafv2/webAcl:WebAcl": () => ({ ...wafv2, defaultAction: { allow: {} }, visibilityConfig: visibility }),
    "aws:wafv2/ipSet:IpSet": () => ({ ...wafv2, ipAddressVersion: "IPV4", addresses: ["192.0.2.0/24"] }),
    "aws:wafv2/regexPatternSet:RegexPatternSet": () => ({ ...wafv2, regularExpressions: [{ regexString: "a" }] }),
    "aws:wafv2/ruleGroup:RuleGroup": () => ({ ...wafv2, capacity: 10, visibilityConfig: visibility }),
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": async (stack) => ({
        region: "us-east-1",
        resourceArn: (await stack.webAcl()).properties.arn,
        logDestinationConfigs: [
            (
                await stack.create(
                    "aws:cloudwatch/logGroup:LogGroup",
                    { name: "aws-waf-logs-a", region: "us-east-1" },
                    "log",
                )
            ).properties.arn,
        ],
    }),
    "aws:wafv2/webAclAssociation:WebAclAssociation": async (stack) => ({
        resourceArn: (await stack.loadBalancer()).id,
        webAclArn: (await stack.webAcl({ ...wafv2, region: "eu-central-1" })).properties.arn,
    }),
};
