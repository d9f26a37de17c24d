// The sources, not the package of the same folder, which would be its compiled form.
import { EncryptedEdge } from "./components/index";
import { readConfiguration } from "./stack/configuration";
import { network } from "./stack/network";

const name = "edge";
const configuration = readConfiguration(name);
const edge = new EncryptedEdge(name, { ...configuration, ...network(configuration) });

// What the next stack, the prober and people need; originSecretValues is a secret and stays one in the state.
export const {
    url,
    domainNames,
    originDomainName,
    originPort,
    distributionId,
    distributionArn,
    distributionDomainName,
    staticFilesBucketName,
    loadBalancerArn,
    loadBalancerDnsName,
    loadBalancerZoneId,
    loadBalancerArnSuffix,
    loadBalancerSecurityGroupId,
    listenerArn,
    listenerRuleArn,
    originSecretHeaderName,
    originSecretValues,
    targetGroupArn,
    vpcOriginId,
    nextListenerArn,
    nextTargetGroupArn,
    alternateTargetGroupArn,
    targetGroupArnSuffix,
    targetSecurityGroupId,
    targetProtocol,
    routeTargetGroupArns,
    routeAlternateTargetGroupArns,
    routeListenerRuleArns,
    routeTargetSecurityGroupIds,
    webAclArn,
    webAclLogGroupName,
    accessLogGroupName,
    loadBalancerLogBucketName,
    alarmTopicArn,
    edgeAlarmTopicArn,
    viewerCertificateArn,
    originCertificateArn,
    validationRecords,
    dnsRecords,
} = edge;
