import type { EncryptedEdgeArgs } from "../arguments/index";
import { oidcLogin } from "./oidcLogin";

/** A change of one argument on a deployed edge. */
export interface Change {
    /** What the edge has besides the fewest arguments, before and after. */
    readonly with?: Partial<EncryptedEdgeArgs>;

    /** The argument before; not given by default. */
    readonly from?: unknown;

    readonly to: unknown;
}

const arns = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const certificate = (region: string) =>
    `arn:aws:acm:${region}:111122223333:certificate/12345678-1234-1234-1234-123456789012`;
const loadBalancer = {
    arn: `${arns}:loadbalancer/app/site/50dc6c495c0c9188`,
    securityGroupId: "sg-0123456789abcdef0",
    targetGroupArn: `${arns}:targetgroup/site/73e2d6bc24d8a067`,
};
const existing = { existingLoadBalancer: loadBalancer, subnetIds: undefined };
const otherSubnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"];
const cognito = {
    userPoolArn: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_EXAMPLE01",
    userPoolClientId: "1example23456789",
    userPoolDomain: "login-example",
};
const behindLogin = { loginEnabled: true };
const route = { name: "api", priority: 100, paths: ["/api/*"] };
const dualstack = { loadBalancerIpAddressType: "dualstack" };

const login = {
    scope: { to: "openid email" },
    sessionTimeout: { to: 3600 },
    sessionCookieName: { to: "Login" },
    onUnauthenticatedRequest: { to: "deny" },
};

/** One change of each argument of the table; those of a group by the group's name and theirs. */
export const changes: Readonly<Record<string, Change>> = {
    hostedZoneName: {
        with: { domainNames: ["www.shop.example.com"], originDomainName: "origin.shop.example.com" },
        from: "example.com",
        to: "shop.example.com",
    },
    hostedZoneId: { to: "Z0123456789ABCDEFGHIJ" },
    hostedZones: { with: { domainNames: ["www.shop.example.com"] }, to: [{ name: "shop.example.com" }] },
    dnsRecordsEnabled: { to: false },
    dnsAccount: { to: { profile: "dns" } },
    "dnsAccount.roleArn": {
        from: "arn:aws:iam::111122223333:role/one",
        to: "arn:aws:iam::111122223333:role/two",
    },
    "dnsAccount.externalId": { with: { dnsAccount: { roleArn: "arn:aws:iam::111122223333:role/dns" } }, to: "other" },
    "dnsAccount.profile": { from: "one", to: "two" },
    certificateValidationTimeout: { to: 100 },
    domainNames: { from: ["www.example.com"], to: ["www.example.com", "shop.example.com"] },
    redirectedDomainNames: { to: ["example.com"] },
    originDomainName: { to: "origin-2.example.com" },
    viewerCertificateArn: { to: certificate("us-east-1") },
    originCertificateArn: { to: certificate("eu-central-1") },
    vpcId: { to: "vpc-0fedcba9876543210" },
    existingLoadBalancer: { to: loadBalancer },
    "existingLoadBalancer.arn": { with: existing, to: `${arns}:loadbalancer/app/other/50dc6c495c0c9188` },
    "existingLoadBalancer.securityGroupId": { with: existing, to: "sg-0123456789abcdef1" },
    "existingLoadBalancer.targetGroupArn": { with: existing, to: `${arns}:targetgroup/other/73e2d6bc24d8a067` },
    "existingLoadBalancer.port": { with: existing, to: 9443 },
    "existingLoadBalancer.viewerRecords": { with: existing, to: "distribution" },
    subnetIds: { to: otherSubnets },
    loadBalancerScheme: { to: "internal" },
    loadBalancerIpAddressType: { to: "dualstack" },
    nextLoadBalancer: { to: {} },
    "nextLoadBalancer.scheme": { with: { loadBalancerScheme: "internal" }, to: "internet-facing" },
    "nextLoadBalancer.subnetIds": { with: { nextLoadBalancer: {} }, to: otherSubnets },
    cloudFrontPrefixListId: { to: "pl-0123456789abcdef0" },
    cloudFrontIpv6PrefixListId: { with: dualstack, to: "pl-0123456789abcdef0" },
    forwardHostHeader: { to: true },
    forwardedHeadersEnabled: { to: false },
    viewerRequestCode: { to: "function viewerRequest(event) { return event.request; }" },
    targetProtocol: { to: "HTTP" },
    targetPort: { to: 8443 },
    targetType: { to: "instance" },
    targetGeneration: { to: 2 },
    nextTargets: { to: {} },
    "nextTargets.protocol": { with: { nextTargets: { port: 8080 } }, to: "HTTP" },
    "nextTargets.port": { with: { nextTargets: {} }, to: 8443 },
    "nextTargets.type": { with: { nextTargets: {} }, to: "instance" },
    "nextTargets.weight": { with: { nextTargets: {} }, to: 100 },
    blueGreenEnabled: { to: true },
    healthCheckPath: { to: "/health" },
    healthCheckMatcher: { to: "200-299" },
    targets: { to: { healthCheckInterval: 30 } },
    "targets.healthCheckInterval": { to: 20 },
    "targets.healthCheckTimeout": { to: 4 },
    "targets.healthyThreshold": { to: 3 },
    "targets.unhealthyThreshold": { to: 4 },
    "targets.deregistrationDelay": { to: 30 },
    "targets.slowStart": { to: 30 },
    "targets.stickinessDuration": { to: 3600 },
    authenticateOidc: { with: behindLogin, to: oidcLogin },
    ...prefixed(
        "authenticateOidc",
        { ...behindLogin, authenticateOidc: oidcLogin },
        {
            issuer: { to: "https://other.example.com" },
            authorizationEndpoint: { to: "https://login.example.com/other" },
            tokenEndpoint: { to: "https://login.example.com/other" },
            userInfoEndpoint: { to: "https://login.example.com/other" },
            clientId: { to: "other" },
            clientSecret: { to: "another" },
            ...login,
        },
    ),
    authenticateCognito: { with: behindLogin, to: cognito },
    ...prefixed(
        "authenticateCognito",
        { ...behindLogin, authenticateCognito: cognito },
        {
            userPoolArn: { to: cognito.userPoolArn.replace("EXAMPLE01", "EXAMPLE02") },
            userPoolClientId: { to: "1example2345678" },
            userPoolDomain: { to: "other-example" },
            ...login,
        },
    ),
    loginEnabled: { to: true },
    routes: { to: [route] },
    timeouts: { to: { originRead: 30 } },
    "timeouts.originRead": { to: 45 },
    "timeouts.originKeepalive": { to: 10 },
    "timeouts.loadBalancerIdle": { to: 120 },
    rateLimit: { to: 500 },
    countedRules: { to: ["AWSManagedRulesCommonRuleSet:NoUserAgent_HEADER"] },
    firewall: { to: { mode: "count" } },
    "firewall.mode": { to: "count" },
    "firewall.countedGroups": { to: ["AWSManagedRulesCommonRuleSet"] },
    "firewall.blockedRules": { to: ["AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY"] },
    "firewall.allowedAddresses": { to: ["192.0.2.0/24", "2001:db8::/32"] },
    "firewall.blockedAddresses": { to: ["192.0.2.0/24"] },
    "firewall.allowedCountries": { to: ["DE"] },
    "firewall.blockedCountries": { to: ["DE"] },
    "firewall.exceptions": { to: [{ path: "/upload", ruleGroup: "AWSManagedRulesCommonRuleSet" }] },
    "firewall.ruleGroupArns": {
        to: ["arn:aws:wafv2:us-east-1:111122223333:global/rulegroup/own/12345678-1234-1234-1234-123456789012"],
    },
    "firewall.versions": { to: { AWSManagedRulesCommonRuleSet: "Version_1.0" } },
    webAclArn: { to: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/own/12345678-1234-1234-1234-123456789012" },
    webAclChangesIgnored: { to: true },
    alarms: { to: {} },
    ...prefixed(
        "alarms",
        { alarms: {} },
        {
            topicArn: { to: "arn:aws:sns:eu-central-1:111122223333:alarms" },
            edgeTopicArn: { to: "arn:aws:sns:us-east-1:111122223333:alarms" },
            serverErrorPercent: { to: 1 },
            loadBalancerErrors: { to: 1 },
            responseTime: { to: 1 },
            blockedRequests: { to: 1 },
            daysToExpiry: { to: 1 },
        },
    ),
    strictTransportSecurityMaxAge: { to: 60 },
    originSecretGeneration: { to: 2 },
    deletionProtection: { to: false },
    waitForDeployment: { to: false },
    cachedPaths: { to: ["/assets/*"] },
    cacheBehaviors: { to: [{ path: "/images/*", queryStrings: ["width"] }] },
    staticFiles: { to: { paths: ["/assets/*"] } },
    "staticFiles.paths": { with: { staticFiles: { paths: ["/assets/*"] } }, to: ["/files/*"] },
    "staticFiles.bucketRegionalDomainName": {
        with: { staticFiles: { paths: ["/assets/*"] } },
        to: "own.s3.eu-central-1.amazonaws.com",
    },
    errorPages: { to: {} },
    ...prefixed(
        "errorPages",
        { errorPages: {} },
        {
            html: { to: "<h1>Error</h1>" },
            statusCodes: { to: [503] },
            cachingMinTtl: { to: 60 },
            bucketRegionalDomainName: { to: "own.s3.eu-central-1.amazonaws.com" },
        },
    ),
    maintenance: { to: true },
    webAclLogEnabled: { to: false },
    webAclLogRequests: { to: "all" },
    webAclLogDestinationArn: { to: "arn:aws:s3:::aws-waf-logs-own" },
    redactedHeaders: { to: ["x-api-key"] },
    webAclLogRetentionInDays: { to: 30 },
    accessLogEnabled: { to: false },
    accessLogDestinationArn: { to: "arn:aws:s3:::own" },
    accessLogRetentionInDays: { to: 30 },
    loadBalancerLogEnabled: { to: false },
    loadBalancerLogBucketName: { to: "own" },
    loadBalancerLogRetentionInDays: { to: 30 },
};

function prefixed(
    group: string,
    beside: Partial<EncryptedEdgeArgs>,
    rows: Readonly<Record<string, Change>>,
): Record<string, Change> {
    return Object.fromEntries(
        Object.entries(rows).map(([name, row]) => [`${group}.${name}`, { ...row, with: { ...beside, ...row.with } }]),
    );
}
