import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { resolved } from "../checks/index";
import { argumentSpecs } from "./argumentSpecs";
import { edgeProblems } from "./edgeProblems";
import { EncryptedEdge } from "../encryptedEdge";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { fewestArguments } from "../test/deployment";

const existing = {
    arn: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/site/50dc6c495c0c9188",
    securityGroupId: "sg-0123456789abcdef0",
};

/** What each argument may hold that is wrong, and what the message about it must say. */
const mistakes: [Record<string, unknown>, string, RegExp][] = [
    [{ hostedZoneName: undefined }, "hostedZoneName", /is missing/],
    [{ hostedZoneName: "Example.com" }, "hostedZoneName", /Write "example.com"/],
    [{ hostedZoneName: "*.example.com" }, "hostedZoneName", /wildcard cannot be used/],
    [{ hostedZoneName: "example.org" }, "domainNames[0]", /outside the hosted zone "example.org".*"\.example.org"/],
    [{ hostedZoneId: "z1" }, "hostedZoneId", /is "z1".*Write, for example, "Z0/],
    [{ hostedZones: "example.net" }, "hostedZones", /is "example.net"; a list is needed/],
    [{ hostedZones: pulumi.output([]) }, "hostedZones", /is an output/],
    [{ hostedZones: ["example.net"] }, "hostedZones[0]", /is "example.net"; a zone is a group/],
    [{ hostedZones: [{ id: "Z1" }] }, "hostedZones[0].name", /is missing/],
    [{ hostedZones: [{ name: "Example.net" }] }, "hostedZones[0].name", /Write "example.net"/],
    [{ hostedZones: [{ name: "example.com" }] }, "hostedZones[0].name", /which another zone of the edge has/],
    [{ hostedZones: [{ name: "a.net" }, { name: "a.net" }] }, "hostedZones[1].name", /another zone of the edge/],
    [{ hostedZones: [{ name: "example.net", id: "z1" }] }, "hostedZones[0].id", /is "z1".*Write, for example, "Z0/],
    [
        { hostedZones: [{ name: "example.net", zoneId: "Z1" }] },
        "hostedZones[0].zoneId",
        /not an argument of a hosted zone/,
    ],
    [
        { hostedZones: [{ name: "example.net", id: "Z1", dnsRecordsEnabled: false }] },
        "hostedZones[0].id",
        /no hosted zone in Route 53 is used/,
    ],
    [{ hostedZones: [{ name: "a.net", dnsRecordsEnabled: 1 }] }, "hostedZones[0].dnsRecordsEnabled", /true, false/],
    [
        { hostedZones: [{ name: "example.net" }], domainNames: ["www.example.org"] },
        "domainNames[0]",
        /outside the hosted zones "example.com", "example.net".*add the zone that holds it to hostedZones/,
    ],
    [{ dnsRecordsEnabled: "no" }, "dnsRecordsEnabled", /allowed values are true, false/],
    [{ dnsRecordsEnabled: false, hostedZoneId: "Z1" }, "dnsRecordsEnabled", /but hostedZoneId is given/],
    [{ dnsAccount: {} }, "dnsAccount", /needs a role or a profile\. Write roleArn/],
    [{ dnsAccount: "arn:aws:iam::111122223333:role/dns" }, "dnsAccount", /a group of arguments is needed/],
    [{ dnsAccount: { roleArn: "dns" } }, "dnsAccount.roleArn", /is "dns"; it is the ARN of an IAM role/],
    [{ dnsAccount: { profile: "" } }, "dnsAccount.profile", /is ""; it is the name of a profile/],
    [{ dnsAccount: { profile: "dns", externalId: "a1" } }, "dnsAccount.externalId", /without roleArn/],
    [{ dnsAccount: { role: "a" } }, "dnsAccount.role", /not an argument of dnsAccount/],
    [
        { dnsAccount: { roleArn: "arn:aws:iam::111122223333:role/dns", externalId: "a b" } },
        "dnsAccount.externalId",
        /^is not an external id/,
    ],
    [{ certificateValidationTimeout: 0 }, "certificateValidationTimeout", /minutes.*from 1 to 4320.*Write 1\./],
    [{ certificateValidationTimeout: 5000 }, "certificateValidationTimeout", /Write 4320/],
    [{ domainNames: [] }, "domainNames", /at least one name/],
    [{ domainNames: undefined }, "domainNames", /at least one name/],
    [{ domainNames: "www.example.com" }, "domainNames", /Write, for example, \["www/],
    [{ domainNames: ["www.example.net"] }, "domainNames[0]", /is "www.example.net", which is outside/],
    [{ domainNames: ["www.example.com", "WWW.example.com"] }, "domainNames[1]", /Write "www.example.com"/],
    [{ domainNames: ["www.example.com", "www.example.com"] }, "domainNames[1]", /in the list already/],
    [{ domainNames: ["www.example.com", 7] }, "domainNames[1]", /is 7; a text is needed/],
    [{ domainNames: ["*.example.com"] }, "domainNames[0]", /cannot be a wildcard.*"www.example.com"/],
    [{ domainNames: [`${"a".repeat(53)}.example.com`] }, "domainNames[0]", /has 65 characters.*at most 64/],
    [
        { domainNames: Array.from({ length: 101 }, (_, n) => `n${n}.example.com`) },
        "domainNames",
        /101 names.*at most 100/,
    ],
    [
        { existingLoadBalancer: { ...existing, arn: undefined } },
        "existingLoadBalancer.arn",
        /is missing.*loadbalancer\/app/,
    ],
    [{ existingLoadBalancer: { arn: existing.arn } }, "existingLoadBalancer.securityGroupId", /is missing.*"sg-/],
    [
        { existingLoadBalancer: { ...existing, arn: existing.arn.replace("/app/", "/net/") } },
        "existingLoadBalancer.arn",
        /is "arn:aws.*\/net\/.*Application Load Balancer/,
    ],
    [
        { existingLoadBalancer: { ...existing, targetGroupArn: "site" } },
        "existingLoadBalancer.targetGroupArn",
        /a target group/,
    ],
    [
        { existingLoadBalancer: { ...existing, port: 80 } },
        "existingLoadBalancer.port",
        /is 80.*443, and 1024.*Write 8443/,
    ],
    [
        { existingLoadBalancer: { ...existing, port: 70_000 } },
        "existingLoadBalancer.port",
        /1024 to 65535.*Write 65535/,
    ],
    [
        { existingLoadBalancer: { ...existing, viewerRecords: "edge" } },
        "existingLoadBalancer.viewerRecords",
        /unchanged, loadBalancer, distribution/,
    ],
    [{ originDomainName: "www.example.com" }, "originDomainName", /viewers use too.*"origin-www.example.com"/],
    [{ domainNames: ["origin.example.com"] }, "originDomainName", /viewers use too/],
    [{ originDomainName: "*.example.com" }, "originDomainName", /wildcard cannot be used/],
    [{ originDomainName: "origin.example.net" }, "originDomainName", /outside the hosted zone/],
    [{ originDomainName: "Origin.example.com" }, "originDomainName", /Write "origin.example.com"/],
    [{ originDomainName: "my_origin.example.com" }, "originDomainName", /label "my_origin"/],
    [{ redirectedDomainNames: ["www.example.com"] }, "redirectedDomainNames[0]", /one of domainNames/],
    [{ redirectedDomainNames: ["*.example.com"] }, "redirectedDomainNames[0]", /wildcard cannot be used/],
    [{ redirectedDomainNames: ["example.org"] }, "redirectedDomainNames[0]", /outside the hosted zone/],
    [{ redirectedDomainNames: "example.com" }, "redirectedDomainNames", /a list is needed/],
    [{ redirectedDomainNames: ["a.example.com", "a.example.com"] }, "redirectedDomainNames[1]", /already/],
    [{ redirectedDomainNames: ["origin.example.com"] }, "originDomainName", /viewers use too/],
    [
        { viewerCertificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/a" },
        "viewerCertificateArn",
        /in us-east-1, where CloudFront looks/,
    ],
    [{ originCertificateArn: "certificate/a" }, "originCertificateArn", /ARN of an ACM certificate\./],
    [
        { webAclArn: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/a/b" },
        "webAclArn",
        /scope CLOUDFRONT, in us-east-1/,
    ],
    [{ loadBalancerLogBucketName: "Logs" }, "loadBalancerLogBucketName", /3 to 63 lower-case/],
    [{ vpcId: undefined }, "vpcId", /is missing.*vpc-/],
    [{ vpcId: "vpc1" }, "vpcId", /is "vpc1".*hexadecimal/],
    [{ subnetIds: undefined }, "subnetIds", /is missing/],
    [{ subnetIds: [] }, "subnetIds", /has no subnet; a load balancer needs at least two/],
    [{ subnetIds: ["subnet-0123456789abcdef0"] }, "subnetIds", /has one subnet; a load balancer needs at least two/],
    [{ subnetIds: ["subnet-01234567", "subnet-01234567"] }, "subnetIds[1]", /in the list already/],
    [{ subnetIds: ["subnet-01234567", "vpc-01234567"] }, "subnetIds[1]", /"subnet-" and 8 to 17/],
    [{ cloudFrontPrefixListId: "cloudfront" }, "cloudFrontPrefixListId", /"pl-" and 8 to 17/],
    [{ forwardHostHeader: "yes" }, "forwardHostHeader", /allowed values are true, false/],
    [{ forwardedHeadersEnabled: "no" }, "forwardedHeadersEnabled", /is "no".*allowed values are true, false/],
    [{ viewerRequestCode: 7 }, "viewerRequestCode", /is 7; a text is needed/],
    [
        { viewerRequestCode: "function handler(event) { return event.request; }" },
        "viewerRequestCode",
        /declares no function viewerRequest\./,
    ],
    [
        { viewerRequestCode: "function viewerRequest(event) {} const handler = viewerRequest;" },
        "viewerRequestCode",
        /declares handler, a name that the edge's own/,
    ],
    [
        { viewerRequestCode: `function viewerRequest(event) {} // ${"é".repeat(5000)}` },
        "viewerRequestCode",
        /1\d{4} bytes long; CloudFront allows 10240/,
    ],
    [{ cachedPaths: ["assets/*"] }, "cachedPaths[0]", /begins with a slash.*Write "\/assets\/\*"/],
    [{ cachedPaths: ["/a b"] }, "cachedPaths[0]", /is "\/a b"/],
    [{ cachedPaths: [`/${"a".repeat(255)}`] }, "cachedPaths[0]", /at most 255/],
    [{ cachedPaths: ["/*"] }, "cachedPaths[0]", /every path/],
    [{ cachedPaths: ["/a", "/a"] }, "cachedPaths[1]", /in the list already/],
    [{ targetProtocol: "https" }, "targetProtocol", /allowed values are HTTPS, HTTP. Write HTTPS/],
    [{ targetProtocol: "TCP" }, "targetProtocol", /is "TCP"/],
    [{ targetPort: 0 }, "targetPort", /from 1 to 65535.*Write 1\./],
    [{ targetPort: 65536 }, "targetPort", /Write 65535/],
    [{ targetPort: 80.5 }, "targetPort", /whole number/],
    [{ targetType: "lambda" }, "targetType", /allowed values are ip, instance/],
    [{ healthCheckPath: "health" }, "healthCheckPath", /Write "\/health"/],
    [{ healthCheckMatcher: "500" }, "healthCheckMatcher", /between 200 and 499/],
    [{ healthCheckMatcher: "299-200" }, "healthCheckMatcher", /a range/],
    [{ healthCheckMatcher: "ok" }, "healthCheckMatcher", /is "ok"/],
    [{ targetGeneration: 100 }, "targetGeneration", /from 1 to 99.*Write 99/],
    [{ nextTargets: 8080 }, "nextTargets", /is 8080; a group of arguments is needed/],
    [{ nextTargets: [] }, "nextTargets", /is a list; a group/],
    [{ nextTargets: pulumi.output({}) }, "nextTargets", /is an output/],
    [{ nextTargets: { port: 0 } }, "nextTargets.port", /is 0 \(port\).*Write 1\./],
    [{ nextTargets: { protocol: "http" } }, "nextTargets.protocol", /Write HTTP\./],
    [{ nextTargets: { weigth: 1 } }, "nextTargets.weigth", /not an argument of nextTargets\. Write "weight"/],
    [{ nextTargets: { weight: 101 } }, "nextTargets.weight", /percent.*Write 100/],
    [{ targets: { healthCheckInterval: 4 } }, "targets.healthCheckInterval", /from 5 to 300.*Write 5/],
    [{ targets: { healthCheckInterval: 5 } }, "targets.healthCheckTimeout", /is 5 .*after 5.*less than/],
    [{ targets: { healthCheckTimeout: 121 } }, "targets.healthCheckTimeout", /Write 120/],
    [{ targets: { healthyThreshold: 1 } }, "targets.healthyThreshold", /from 2 to 10/],
    [{ targets: { unhealthyThreshold: 11 } }, "targets.unhealthyThreshold", /Write 10/],
    [{ targets: { deregistrationDelay: 3601 } }, "targets.deregistrationDelay", /Write 3600/],
    [{ targets: { slowStart: 10 } }, "targets.slowStart", /0, or a whole number from 30 to 900.*Write 30/],
    [{ targets: { slowStart: 901 } }, "targets.slowStart", /Write 900/],
    [{ targets: { stickinessDuration: 604_801 } }, "targets.stickinessDuration", /Write 604800/],
    [{ timeouts: { originRead: 121 } }, "timeouts.originRead", /Write 120/],
    [{ timeouts: { originKeepalive: 0 } }, "timeouts.originKeepalive", /Write 1\./],
    [{ timeouts: { loadBalancerIdle: 4001 } }, "timeouts.loadBalancerIdle", /Write 4000/],
    [{ timeouts: { originRead: 90 } }, "timeouts.loadBalancerIdle", /is 65 .*before CloudFront, which waits 90/],
    [{ timeouts: { originKeepalive: 65 } }, "timeouts.originKeepalive", /closes after 65/],
    [{ rateLimit: 9 }, "rateLimit", /is 9 .*from 10 to 2000000000.*Write 10/],
    [{ rateLimit: 2_000_000_001 }, "rateLimit", /Write 2000000000/],
    [{ rateLimit: Number.NaN }, "rateLimit", /whole number/],
    [{ rateLimit: "2000" }, "rateLimit", /is "2000"/],
    [
        { countedRules: ["SizeRestrictions_BODY"] },
        "countedRules[0]",
        /AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY/,
    ],
    [{ countedRules: ["AWSManagedRulesBotControlRuleSet:X"] }, "countedRules[0]", /one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:A", "AWSManagedRulesSQLiRuleSet:A"] }, "countedRules[1]", /already/],
    [{ firewall: { mode: "off" } }, "firewall.mode", /allowed values are block, count/],
    [
        { firewall: { countedGroups: ["CommonRuleSet"] } },
        "firewall.countedGroups[0]",
        /has the groups .*Write one of them/,
    ],
    [
        { firewall: { countedGroups: ["AWSManagedRulesSQLRuleSet"] } },
        "firewall.countedGroups[0]",
        /Write "AWSManagedRulesSQLiRuleSet"/,
    ],
    [
        { firewall: { blockedRules: ["AWSManagedRulesSQLiRuleSet:SQLi_BODY"] } },
        "firewall.blockedRules[0]",
        /only AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY counts/,
    ],
    [{ firewall: { allowedAddresses: ["192.0.2.0/24"] } }, "firewall.allowedAddresses", /no IPv6 range.*"100::\/64"/],
    [{ firewall: { allowedAddresses: ["2001:db8::/32"] } }, "firewall.allowedAddresses", /no IPv4 range/],
    [
        { firewall: { allowedAddresses: ["192.0.2.0/24", "192.0.2.7"] } },
        "firewall.allowedAddresses[1]",
        /is "192\.0\.2\.7"; .*Write "192\.0\.2\.7\/32"/,
    ],
    [{ firewall: { blockedAddresses: ["2001:db8::1"] } }, "firewall.blockedAddresses[0]", /Write "2001:db8::1\/128"/],
    [{ firewall: { blockedAddresses: ["0.0.0.0/0"] } }, "firewall.blockedAddresses[0]", /every address/],
    [
        { firewall: { blockedAddresses: ["192.0.2.7/24"] } },
        "firewall.blockedAddresses[0]",
        /"192\.0\.2\.0\/24", or "192\.0\.2\.7\/32"/,
    ],
    [{ firewall: { blockedAddresses: ["192.0.2.0/33"] } }, "firewall.blockedAddresses[0]", /not a range/],
    [{ firewall: { blockedAddresses: [7] } }, "firewall.blockedAddresses[0]", /is 7; a range/],
    [{ firewall: { blockedAddresses: "192.0.2.0/24" } }, "firewall.blockedAddresses", /a list is needed/],
    [{ firewall: { allowedCountries: ["de"] } }, "firewall.allowedCountries[0]", /two capital letters/],
    [{ firewall: { blockedCountries: ["EU"] } }, "firewall.blockedCountries[0]", /two capital letters/],
    [{ firewall: { blockedCountries: ["QX"] } }, "firewall.blockedCountries[0]", /is "QX"/],
    [
        { firewall: { allowedCountries: ["DE"], blockedCountries: ["FR"] } },
        "firewall.blockedCountries",
        /Leave one of them out/,
    ],
    [{ firewall: { exceptions: ["/upload"] } }, "firewall.exceptions[0]", /is "\/upload"; a path and a rule group/],
    [
        { firewall: { exceptions: [{ path: "upload/*", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /Write "\/upload\/\*"/,
    ],
    [
        { firewall: { exceptions: [{ path: "/*", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /not every path/,
    ],
    [
        { firewall: { exceptions: [{ path: "/a/*/b", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /an asterisk can only end the path/,
    ],
    [{ firewall: { exceptions: [{ path: "/a", ruleGroup: "x" }] } }, "firewall.exceptions[0].ruleGroup", /is "x"/],
    [
        { firewall: { exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", group: "x" }] } },
        "firewall.exceptions[0].group",
        /Write path, ruleGroup and rule/,
    ],
    [
        {
            firewall: {
                exceptions: Array.from({ length: 168 }, (_, index) => ({
                    path: `/${index}`,
                    ruleGroup: "AWSManagedRulesSQLiRuleSet",
                })),
            },
        },
        "firewall.exceptions",
        /has 168 exceptions; .* room for 167/,
    ],
    [
        { firewall: { ruleGroupArns: ["arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/a/b"] } },
        "firewall.ruleGroupArns[0]",
        /in us-east-1/,
    ],
    [
        { firewall: { versions: { AWSManagedRulesCommonRuleSet: "1.10" } } },
        "firewall.versions.AWSManagedRulesCommonRuleSet",
        /Version_1\.10/,
    ],
    [
        { firewall: { versions: { AWSManagedRulesAmazonIpReputationList: "Version_1.0" } } },
        "firewall.versions.AWSManagedRulesAmazonIpReputationList",
        /without versions/,
    ],
    [{ firewall: { versions: { Common: "Version_1.0" } } }, "firewall.versions.Common", /Write one of/],
    [{ firewall: { versions: [] } }, "firewall.versions", /is a list/],
    [{ alarms: true }, "alarms", /is true; a group/],
    [{ alarms: { topicArn: "alarms" } }, "alarms.topicArn", /ARN of an SNS topic\./],
    [{ alarms: { edgeTopicArn: "arn:aws:sns:eu-central-1:111122223333:a" } }, "alarms.edgeTopicArn", /in us-east-1/],
    [{ alarms: { serverErrorPercent: 101 } }, "alarms.serverErrorPercent", /Write 100/],
    [{ alarms: { loadBalancerErrors: -1 } }, "alarms.loadBalancerErrors", /Write 0/],
    [{ alarms: { responseTime: 0 } }, "alarms.responseTime", /Write 1\./],
    [{ alarms: { blockedRequests: 0.5 } }, "alarms.blockedRequests", /whole number/],
    [{ alarms: { daysToExpiry: 45 } }, "alarms.daysToExpiry", /Write 44/],
    [{ webAclLogRetentionInDays: 31 }, "webAclLogRetentionInDays", /allowed values are 1, 3, 5.*Write 30\./],
    [{ accessLogRetentionInDays: 31 }, "accessLogRetentionInDays", /allowed values are 1, 3, 5/],
    [{ accessLogEnabled: "yes" }, "accessLogEnabled", /allowed values are true, false/],
    [{ loadBalancerLogEnabled: "no" }, "loadBalancerLogEnabled", /is "no".*allowed values are true, false/],
    [{ loadBalancerLogRetentionInDays: 0 }, "loadBalancerLogRetentionInDays", /is 0 \(days\).*Write 1\./],
    [{ loadBalancerLogRetentionInDays: 2_147_483_648 }, "loadBalancerLogRetentionInDays", /Write 2147483647/],
    [{ loadBalancerLogRetentionInDays: 1.5 }, "loadBalancerLogRetentionInDays", /whole number/],
    [{ strictTransportSecurityMaxAge: -1 }, "strictTransportSecurityMaxAge", /from 0/],
    [{ originSecretGeneration: 0 }, "originSecretGeneration", /is 0 .*Write 1\./],
    [{ originSecretGeneration: 1.5 }, "originSecretGeneration", /whole number/],
    [{ deletionProtection: "false" }, "deletionProtection", /is "false"/],
    [{ waitForDeployment: 1 }, "waitForDeployment", /is 1/],
    [{ accessLogEnabled: "false" }, "accessLogEnabled", /is "false"; allowed values are true, false\. Write false/],
    [{ domainnames: ["a.example.com"] }, "domainnames", /not an argument of EncryptedEdge\. Write "domainNames"/],
    [{ rateLimt: 500 }, "rateLimt", /not an argument of EncryptedEdge\. Write "rateLimit" if you meant that/],
    [{ subnetID: [] }, "subnetID", /Write "subnetIds"/],
    [{ certificateArn: "arn:aws:acm" }, "certificateArn", /Leave it out, or write one of hostedZoneName, .*rateLimit/],
    [{ toString: "x" }, "toString", /not an argument/],
    [{ hostedZoneName: null }, "hostedZoneName", /is missing; a text is needed/],
    [{ hostedZoneName: "com" }, "hostedZoneName", /at least two labels/],
    [{ hostedZoneName: 7 }, "hostedZoneName", /is 7; a text is needed/],
    [{ hostedZoneId: 7 }, "hostedZoneId", /is 7; a hosted zone's id/],
    [{ hostedZoneId: "" }, "hostedZoneId", /is ""; a hosted/],
    [
        { domainNames: pulumi.output(["www.example.com"]) },
        "domainNames",
        /is an output, but the program needs the value while it runs/,
    ],
    [{ domainNames: { 0: "www.example.com" } }, "domainNames", /is an object; a list is needed/],
    [{ domainNames: ["www.example.com", null] }, "domainNames[1]", /is null; a text is needed/],
    [
        { domainNames: ["www.example.com", undefined, "a.example.com"] },
        "domainNames[1]",
        /is missing; a text is needed/,
    ],
    [{ domainNames: ["www.example.com", "Bücher.example.com"] }, "domainNames[1]", /Write "xn--bcher-kva.example.com"/],
    [{ domainNames: ["www.example.com", "a.*.example.com"] }, "domainNames[1]", /its label "\*"/],
    [{ domainNames: ["www.example.com", "*a.example.com"] }, "domainNames[1]", /its label "\*a"/],
    [{ domainNames: ["www.example.com."] }, "domainNames[0]", /Write "www.example.com"/],
    [{ domainNames: ["https://www.example.com/"] }, "domainNames[0]", /Write "www.example.com"/],
    [{ domainNames: ["www..example.com"] }, "domainNames[0]", /its label ""/],
    [{ domainNames: ["-a.example.com"] }, "domainNames[0]", /its label "-a"/],
    [{ domainNames: ["www.badexample.com"] }, "domainNames[0]", /outside the hosted zone/],
    [{ domainNames: ["www.example.com", `${"a.".repeat(125)}example.com`] }, "domainNames[1]", /at most 253/],
    [{ originDomainName: 5 }, "originDomainName", /is 5; a text is needed/],
    [
        { originDomainName: pulumi.secret("o.example.com") },
        "originDomainName",
        /is an output, but the program needs.*Write it out/,
    ],
    [{ originDomainName: `${"o".repeat(53)}.example.com` }, "originDomainName", /has 65 characters/],
    [{ vpcId: 5 }, "vpcId", /is 5; such an id is "vpc-"/],
    [{ vpcId: {} }, "vpcId", /is an object/],
    [{ vpcId: null }, "vpcId", /is missing/],
    [{ subnetIds: "subnet-0123456789abcdef0" }, "subnetIds", /a list is needed.*\["subnet-\w+", "subnet-\w+"\]/],
    [{ subnetIds: null }, "subnetIds", /is missing/],
    [{ subnetIds: ["subnet-01234567", 7] }, "subnetIds[1]", /is 7; such an id/],
    [{ subnetIds: ["subnet-01234567", null] }, "subnetIds[1]", /is missing/],
    [{ cloudFrontPrefixListId: 5 }, "cloudFrontPrefixListId", /is 5; such an id/],
    [
        { firewall: { exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", rule: "SQLi_Body" }] } },
        "firewall.exceptions[0].rule",
        /is "SQLi_Body"; the group AWSManagedRulesSQLiRuleSet has .*Write "SQLi_BODY"/,
    ],
    [
        {
            firewall: {
                exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesCommonRuleSet", rule: "SizeRestrictions_BODY" }],
            },
        },
        "firewall.exceptions[0].rule",
        /counts everywhere by default.* write "AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY" in firewall.blockedRules/,
    ],
    [
        {
            countedRules: ["AWSManagedRulesSQLiRuleSet:SQLi_BODY"],
            firewall: { exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", rule: "SQLi_BODY" }] },
        },
        "firewall.exceptions[0].rule",
        /is "SQLi_BODY", which only counts/,
    ],
    [
        {
            firewall: {
                countedGroups: ["AWSManagedRulesSQLiRuleSet"],
                exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet" }],
            },
        },
        "firewall.exceptions[0]",
        /names AWSManagedRulesSQLiRuleSet, which only counts/,
    ],
    [{ webAclLogRequests: "blocked" }, "webAclLogRequests", /allowed values are matched, all/],
    [
        { webAclLogDestinationArn: "arn:aws:s3:::acme-logs" },
        "webAclLogDestinationArn",
        /named aws-waf-logs- and something.*"aws-waf-logs-acme-logs"/,
    ],
    [
        { webAclLogDestinationArn: "arn:aws:logs:eu-central-1:111122223333:log-group:aws-waf-logs-acme" },
        "webAclLogDestinationArn",
        /in us-east-1, or of a bucket/,
    ],
    [
        { accessLogDestinationArn: "arn:aws:logs:us-east-1:111122223333:log-group:acme:*" },
        "accessLogDestinationArn",
        /without ":\*" at its end/,
    ],
    [{ redactedHeaders: ["X-Api-Key"] }, "redactedHeaders[0]", /Write "x-api-key"/],
    [{ redactedHeaders: ["cookie"] }, "redactedHeaders[0]", /redacted anyway/],
    [{ redactedHeaders: ["a b"] }, "redactedHeaders[0]", /is "a b"/],
    [{ redactedHeaders: Array.from({ length: 21 }, (_, index) => `x-${index}`) }, "redactedHeaders", /has 21 headers/],
    [{ cacheBehaviors: {} }, "cacheBehaviors", /is an object; a list is needed/],
    [{ cacheBehaviors: ["/a"] }, "cacheBehaviors[0]", /is "\/a"; a group is needed.*Write, for example, \{ path:/],
    [{ cacheBehaviors: [{}] }, "cacheBehaviors[0].path", /is missing/],
    [{ cacheBehaviors: [{ path: "/*" }] }, "cacheBehaviors[0].path", /every path/],
    [{ cacheBehaviors: [{ path: "/a" }, { path: "/a" }] }, "cacheBehaviors[1].path", /in the list already/],
    [{ cacheBehaviors: [{ path: "/a", querystrings: [] }] }, "cacheBehaviors[0].querystrings", /"queryStrings"/],
    [
        { cacheBehaviors: [{ path: "/a", queryStrings: ["a", "*"] }] },
        "cacheBehaviors[0].queryStrings",
        /together with others/,
    ],
    [{ cacheBehaviors: [{ path: "/a", queryStrings: ["a=b"] }] }, "cacheBehaviors[0].queryStrings[0]", /is "a=b"/],
    [
        { cacheBehaviors: [{ path: "/a", queryStrings: [..."abcdefghijk"] }] },
        "cacheBehaviors[0].queryStrings",
        /has 11 names; .* at most 10/,
    ],
    [
        { cacheBehaviors: [{ path: "/a", cors: "yes" }] },
        "cacheBehaviors[0].cors",
        /is "yes"; allowed values are true, false/,
    ],
    [
        { cacheBehaviors: [{ path: "/a" }], cachedPaths: ["/a"] },
        "cachedPaths[0]",
        /which cacheBehaviors\[0\].path already has/,
    ],
    [{ errorPages: {}, cachedPaths: ["/error-pages/*"] }, "cachedPaths[0]", /which errorPages already has/],
    [
        { cachedPaths: Array.from({ length: 75 }, (_, index) => `/${index}/*`) },
        "cachedPaths",
        /the edge.s 75 paths; .* room for 74/,
    ],
    [{ staticFiles: {} }, "staticFiles.paths", /is missing/],
    [{ staticFiles: { paths: [] } }, "staticFiles.paths", /is empty/],
    [{ staticFiles: { paths: ["/a", "/"] } }, "staticFiles.paths", /has "\/", for which S3 would answer with the list/],
    [
        { staticFiles: { paths: ["/a"], bucketRegionalDomainName: "a.s3-website.eu-central-1.amazonaws.com" } },
        "staticFiles.bucketRegionalDomainName",
        /not a website endpoint/,
    ],
    [{ errorPages: { html: " " } }, "errorPages.html", /is empty/],
    [{ errorPages: { html: "ü".repeat(5000) } }, "errorPages.html", /\d{5} bytes long; CloudFront allows 10240/],
    [{ errorPages: { statusCodes: [] } }, "errorPages.statusCodes", /is empty/],
    [{ errorPages: { statusCodes: [429] } }, "errorPages.statusCodes[0]", /is 429; allowed values are 400, 403/],
    [{ errorPages: { statusCodes: [503, 503] } }, "errorPages.statusCodes[1]", /in the list already/],
    [{ errorPages: { cachingMinTtl: 3601 } }, "errorPages.cachingMinTtl", /0 to 3600/],
    [{ maintenance: "on" }, "maintenance", /is "on"; allowed values are true, false/],
    [{ cachedPaths: "/assets/*" }, "cachedPaths", /is "\/assets\/\*"; a list is needed/],
    [{ cachedPaths: {} }, "cachedPaths", /is an object; a list is needed/],
    [{ cachedPaths: [7] }, "cachedPaths[0]", /is 7; a text is needed/],
    [{ cachedPaths: [null] }, "cachedPaths[0]", /is null; a text is needed/],
    [{ cachedPaths: [""] }, "cachedPaths[0]", /begins with a slash/],
    [{ cachedPaths: ["/a=b"] }, "cachedPaths[0]", /is "\/a=b"; .*may only have the characters/],
    [{ cachedPaths: ["/a%20b"] }, "cachedPaths[0]", /may only have the characters/],
    [{ cachedPaths: ["/ä"] }, "cachedPaths[0]", /may only have the characters/],
    [{ cachedPaths: ["/?*"] }, "cachedPaths[0]", /every path/],
    [{ cachedPaths: ["/**"] }, "cachedPaths[0]", /every path/],
    [{ cachedPaths: ["/*/*"] }, "cachedPaths[0]", /every path/],
    [{ healthCheckMatcher: 200 }, "healthCheckMatcher", /is 200; it is a text .*\("200"\)/],
    [{ healthCheckMatcher: "200-199" }, "healthCheckMatcher", /a range/],
    [{ healthCheckMatcher: "200-500" }, "healthCheckMatcher", /between 200 and 499/],
    [{ healthCheckMatcher: "200, 302" }, "healthCheckMatcher", /"200,302"/],
    [{ healthCheckMatcher: "" }, "healthCheckMatcher", /is ""/],
    [{ healthCheckPath: "/a b" }, "healthCheckPath", /is "\/a b"; .*may only have the characters/],
    [{ healthCheckPath: "" }, "healthCheckPath", /begins with a slash/],
    [{ healthCheckPath: `/${"a".repeat(1024)}` }, "healthCheckPath", /has 1025 characters/],
    [{ targetPort: "443" }, "targetPort", /is "443" .*Write 443\./],
    [{ targetPort: 1.5 }, "targetPort", /is 1.5 .*Write 2\./],
    [{ targetPort: -1 }, "targetPort", /is -1 .*Write 1\./],
    [{ targetPort: pulumi.output(443) }, "targetPort", /is an output/],
    [{ targetType: "IP" }, "targetType", /Write ip/],
    [{ targetType: ["ip"] }, "targetType", /is a list/],
    [{ targetProtocol: "" }, "targetProtocol", /is ""/],
    [{ rateLimit: 10.5 }, "rateLimit", /is 10.5 .*Write 11\./],
    [{ rateLimit: Infinity }, "rateLimit", /is Infinity .*Write 2000000000/],
    [{ rateLimit: -Infinity }, "rateLimit", /is -Infinity .*Write 10\./],
    [{ rateLimit: 10n }, "rateLimit", /is 10n /],
    [{ rateLimit: Symbol("s") }, "rateLimit", /is Symbol\(s\)/],
    [{ rateLimit: [2000] }, "rateLimit", /is a list/],
    [{ rateLimit: () => 5 }, "rateLimit", /is a function/],
    [{ countedRules: "AWSManagedRulesSQLiRuleSet:SQLi_BODY" }, "countedRules", /a list is needed/],
    [{ countedRules: [7] }, "countedRules[0]", /is 7; it is one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:"] }, "countedRules[0]", /one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:a:b"] }, "countedRules[0]", /one of the groups/],
    [
        { countedRules: ["AWSManagedRulesSQLiRuleSet:SQLi_Body"] },
        "countedRules[0]",
        /ignores other spellings\. Write "AWSManagedRulesSQLiRuleSet:SQLi_BODY"/,
    ],
    [{ webAclLogRetentionInDays: 0 }, "webAclLogRetentionInDays", /is 0; allowed values are 1/],
    [{ webAclLogRetentionInDays: "365" }, "webAclLogRetentionInDays", /is "365"; .*Write 365\./],
    [{ originSecretGeneration: -3 }, "originSecretGeneration", /is -3/],
    [{ originSecretGeneration: 2 ** 53 }, "originSecretGeneration", /is 9007199254740992/],
    [{ strictTransportSecurityMaxAge: "1y" }, "strictTransportSecurityMaxAge", /is "1y" \(seconds\).*Write 0/],
];

const withChange = (change: Record<string, unknown>): EncryptedEdgeArgs => ({ ...fewestArguments, ...change });

describe("The arguments of EncryptedEdge", () => {
    it("are right when they are few, and when every default is written out", () => {
        assert.deepEqual(edgeProblems("edge", fewestArguments), []);
        assert.deepEqual(edgeProblems("edge", resolved(fewestArguments, argumentSpecs)), []);
    });

    it("are right at the bounds that AWS sets", () => {
        const bounds: Partial<EncryptedEdgeArgs>[] = [
            { rateLimit: 10, targetPort: 1, strictTransportSecurityMaxAge: 0 },
            { rateLimit: 2_000_000_000, targetPort: 65535, strictTransportSecurityMaxAge: 2_147_483_647 },
            { healthCheckMatcher: "200-499", targetProtocol: "HTTP", targetType: "instance" },
            { healthCheckMatcher: "200,302,404", cachedPaths: ["/a", "/*.js"], originSecretGeneration: 4711 },
            { domainNames: ["example.com", "*.example.com"] },
            { loadBalancerLogRetentionInDays: 1 },
            { loadBalancerLogRetentionInDays: 2_147_483_647, loadBalancerLogEnabled: false },
            { domainNames: [`${"a".repeat(52)}.example.com`] },
            { healthCheckPath: "/health;deep=true?a=(b),c!", cachedPaths: ["/", "/a?.js", "/~a/$b\"'@:+&*"] },
            { countedRules: ["AWSManagedRulesSQLiRuleSet:PublishedTomorrow"] },
            {
                cachedPaths: Array.from({ length: 73 }, (_, index) => `/${index}/*`),
                errorPages: { html: "a".repeat(8_000), cachingMinTtl: 3600, statusCodes: [403] },
                staticFiles: undefined,
            },
            { cacheBehaviors: [{ path: "/a", queryStrings: ["a[]", "b.c", "ü"] }] },
            // The wildcard covers the origin's name, whose own record leads to the load balancer all the same.
            { domainNames: ["www.example.com", "*.example.com", "*.origin.example.com"] },
        ];
        for (const change of bounds) {
            assert.deepEqual(edgeProblems("edge", withChange(change)), [], JSON.stringify(change));
        }
    });

    for (const [change, propertyPath, reason] of mistakes) {
        it(`are refused with ${inspect(change, { breakLength: Infinity }).slice(0, 60)}`, () => {
            const problems = edgeProblems("edge", withChange(change));
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
            assert.match(problems[0]?.reason ?? "", /\b(Write|Add|Leave|Use),? .*\.$/);
        });
    }

    it("are left to AWS where they are not known yet", () => {
        const unknown = pulumi.output(new Promise<string>(() => undefined));
        const args = {
            vpcId: unknown,
            subnetIds: [unknown, unknown],
            cloudFrontPrefixListId: unknown,
            hostedZoneId: unknown,
        };
        assert.deepEqual(edgeProblems("edge", withChange(args)), []);
    });

    it("are refused in a sentence, whatever a caller without types gives", () => {
        const values = [
            null,
            undefined,
            "",
            "x",
            0,
            -1,
            Number.NaN,
            true,
            [],
            [null],
            [{}],
            {},
            Object.create(null) as unknown,
            1n,
        ];
        const deferred: unknown[] = [
            Symbol("s"),
            () => 1,
            new Date(0),
            pulumi.secret("hunter2"),
            Promise.resolve("hunter2"),
        ];
        for (const argument of Object.keys(argumentSpecs)) {
            for (const value of [...values, ...deferred]) {
                for (const { propertyPath, reason } of edgeProblems("edge", withChange({ [argument]: value }))) {
                    assert.match(propertyPath, new RegExp(`^(${argument}|originDomainName|domainNames)\\b`));
                    assert.match(reason, /^(is|has|needs) [^\n]+\.$/, `${argument} ${propertyPath}`);
                    assert.doesNotMatch(reason, /undefined|\[object|hunter2/);
                }
            }
        }
    });

    it("are reported as missing where there are none at all", () => {
        for (const nothing of [undefined, null, {}]) {
            assert.deepEqual(
                edgeProblems("edge", nothing as EncryptedEdgeArgs).map(({ propertyPath }) => propertyPath),
                ["hostedZoneName", "domainNames", "vpcId", "subnetIds"],
            );
        }
    });

    it("that are null are not given", () => {
        const optional = Object.keys(argumentSpecs).filter((name) => !Object.hasOwn(fewestArguments, name));
        const nulls = Object.fromEntries(optional.map((name) => [name, null]));
        assert.deepEqual(edgeProblems("edge", withChange(nulls)), []);
    });

    for (const name of [undefined, 7, "edge.1", "édge", "a b"]) {
        it(`are refused with the name ${String(name)}`, () => {
            const [problem, ...more] = edgeProblems(name as string, fewestArguments);
            assert.deepEqual([problem?.propertyPath, more], ["name", []]);
        });
    }

    for (const name of [
        "",
        "-edge",
        "edge-",
        "edge_1",
        "a".repeat(21),
        "internal-edge",
        "sg-edge",
        "xn--edge",
        "sthree-edge",
        "amzn-s3-demo-edge",
    ]) {
        it(`are refused with the name "${name}"`, () => {
            assert.deepEqual(
                edgeProblems(name, fewestArguments).map(({ propertyPath }) => propertyPath),
                ["name"],
            );
        });
    }
});

describe("EncryptedEdge with wrong arguments", () => {
    const build = () =>
        new EncryptedEdge("edge", withChange({ domainNames: ["WWW.example.com"], rateLimit: 1, targetPort: 0 }));
    let registrations = 0;
    before(() =>
        pulumi.runtime.setMocks({
            newResource: ({ inputs, name }) => {
                registrations++;
                return { id: name, state: inputs as object };
            },
            call: ({ inputs }) => inputs as object,
        }),
    );

    it("tells all of them at once, as the engine expects, and registers nothing", async () => {
        assert.throws(build, (error) => {
            assert.ok(pulumi.InputPropertiesError.isInstance(error));
            assert.deepEqual(
                error.errors.map(({ propertyPath }) => propertyPath),
                ["domainNames[0]", "targetPort", "rateLimit"],
            );
            return true;
        });
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal(registrations, 0);
    });

    it("is told to a program's author without a stack trace", () => {
        try {
            build();
        } catch (error) {
            const shown = inspect(error, { colors: true });
            assert.equal(shown.split("\n")[0], 'EncryptedEdge "edge" cannot be built; 3 arguments are wrong:');
            assert.match(shown, /\n {2}- domainNames\[0\] is "WWW.example.com"/);
            assert.doesNotMatch(shown, /\n\s+at /);
            return;
        }
        assert.fail("nothing was refused");
    });
});
