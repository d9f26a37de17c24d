import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const hostedZoneName = new pulumi.Config().require("hostedZoneName");
const domainName = `shop.${hostedZoneName}`;
const zone = aws.route53.getZoneOutput({ name: hostedZoneName, privateZone: false });

const certificate = new aws.acm.Certificate("shop", { domainName, validationMethod: "DNS", region: "us-east-1" });
const option = certificate.domainValidationOptions.apply(([first]) => first!);
const validationRecord = new aws.route53.Record("shop-validation", {
    zoneId: zone.zoneId,
    name: option.resourceRecordName,
    type: option.resourceRecordType,
    records: [option.resourceRecordValue],
    ttl: 60,
});
const validation = new aws.acm.CertificateValidation("shop", {
    certificateArn: certificate.arn,
    validationRecordFqdns: [validationRecord.fqdn],
    region: "us-east-1",
});

const distribution = new aws.cloudfront.Distribution("shop", {
    enabled: true,
    aliases: [domainName],
    origins: [
        {
            originId: "load-balancer",
            domainName: `origin.${hostedZoneName}`,
            customOriginConfig: {
                // The mistake: what the viewer sent encrypted goes on unencrypted from here.
                originProtocolPolicy: "http-only",
                originSslProtocols: ["TLSv1.2"],
                httpPort: 80,
                httpsPort: 443,
            },
        },
    ],
    defaultCacheBehavior: {
        targetOriginId: "load-balancer",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        // CachingOptimized, AWS's own policy.
        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    viewerCertificate: {
        acmCertificateArn: validation.certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
});

new aws.route53.Record("shop", {
    zoneId: zone.zoneId,
    name: domainName,
    type: "A",
    aliases: [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }],
});

export const url = `https://${domainName}`;
