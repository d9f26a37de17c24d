import * as cloudfront from "@pulumi/aws/cloudfront";
import * as pulumi from "@pulumi/pulumi";
import { originConnection, originHeaders } from "./originConnection";
import { defaultErrorPage, viewerRequestCode } from "./viewerRequest/index";
import { resolved, refusePart, fullNameProblem, fullNamesProblems, namesProblems } from "./checks/index";
import { argumentSpecs, cacheBehaviorFields, type EncryptedEdgeArgs, errorPagesPath } from "./arguments/index";
import { type CachedPaths, managedPolicies, orderedCacheBehaviors, originIds } from "./cacheBehaviors";
import { customErrorResponses, letDistributionReadBuckets, originBuckets } from "./originBuckets";
import type { OutputsOf } from "./outputsOf";

/** The arguments that EncryptedEdge has as well: those with its defaults, and those without a default here. */
type SharedArgs = Pick<
    EncryptedEdgeArgs,
    | "domainNames"
    | "redirectedDomainNames"
    | "loadBalancerIpAddressType"
    | "webAclChangesIgnored"
    | "viewerRequestCode"
    | "cacheBehaviors"
    | "staticFiles"
    | "errorPages"
    | "maintenance"
    | "timeouts"
> &
    Required<
        Pick<
            EncryptedEdgeArgs,
            | "originDomainName"
            | "forwardHostHeader"
            | "forwardedHeadersEnabled"
            | "cachedPaths"
            | "strictTransportSecurityMaxAge"
            | "deletionProtection"
            | "waitForDeployment"
        >
    >;

/** The arguments of EdgeDistribution; EncryptedEdgeArgs says what those mean that both have. */
export interface EdgeDistributionArgs extends SharedArgs {
    /** ARN of the validated certificate for the viewer names, in us-east-1. */
    certificateArn: pulumi.Input<string>;

    /** Id of the VPC origin that leads to an internal load balancer. Defaults to none: the name leads there. */
    vpcOriginId?: pulumi.Input<string>;

    /** Port of the load balancer's listener. Defaults to 443. */
    originPort?: number;

    /** Value of the secret header that is sent to the load balancer. */
    originSecret: pulumi.Input<string>;

    /** ARN of the web ACL, in us-east-1. */
    webAclArn: pulumi.Input<string>;
}

/** The CloudFront distribution: modern TLS towards viewers, verified TLS towards the origin, security headers. */
export class EdgeDistribution extends pulumi.ComponentResource {
    /** Id of the distribution. */
    public readonly distributionId!: pulumi.Output<string>;

    /** ARN of the distribution. */
    public readonly distributionArn!: pulumi.Output<string>;

    /** CloudFront's own name of the distribution, to which the viewer names point. */
    public readonly distributionDomainName!: pulumi.Output<string>;

    /** Id of the hosted zone in which AWS keeps that name. */
    public readonly distributionHostedZoneId!: pulumi.Output<string>;

    /** Name of the new bucket for static files; empty if one was given, or if there are no static files. */
    public readonly staticFilesBucketName!: pulumi.Output<string>;

    constructor(name: string, args: EdgeDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
        const { forwardHostHeader, forwardedHeadersEnabled, viewerRequestCode: code } = argumentSpecs;
        const { cachedPaths, cacheBehaviors, staticFiles, errorPages, maintenance } = argumentSpecs;
        const { strictTransportSecurityMaxAge, deletionProtection, waitForDeployment } = argumentSpecs;
        refusePart("EdgeDistribution", name, args, {
            domainNames: { ...argumentSpecs.domainNames, check: namesProblems },
            originDomainName: { form: "text", check: fullNameProblem },
            webAclChangesIgnored: argumentSpecs.webAclChangesIgnored,
            originPort: argumentSpecs.existingLoadBalancer.fields.port,
            loadBalancerIpAddressType: argumentSpecs.loadBalancerIpAddressType,
            forwardHostHeader,
            forwardedHeadersEnabled,
            redirectedDomainNames: { ...argumentSpecs.redirectedDomainNames, check: fullNamesProblems },
            viewerRequestCode: code,
            cachedPaths,
            cacheBehaviors,
            staticFiles,
            errorPages,
            maintenance,
            strictTransportSecurityMaxAge,
            timeouts: argumentSpecs.timeouts,
            deletionProtection,
            waitForDeployment,
        });
        super("encrypted-edge:index:EdgeDistribution", name, {}, opts);

        const headers = this.#securityHeaders(name, args);
        const viewerRequest = this.#viewerRequestFunction(name, args);
        const everyBehavior = {
            functionAssociations:
                viewerRequest === undefined
                    ? undefined
                    : [{ eventType: "viewer-request", functionArn: viewerRequest.arn }],
            viewerProtocolPolicy: "redirect-to-https",
            responseHeadersPolicyId: headers.id,
            compress: true,
        };

        const buckets = originBuckets(name, args, { parent: this });

        const distribution = new cloudfront.Distribution(
            `${name}-distribution`,
            {
                enabled: true,
                comment: args.domainNames[0],
                aliases: [...args.domainNames, ...(args.redirectedDomainNames ?? [])],
                httpVersion: "http2and3",
                isIpv6Enabled: true,
                priceClass: "PriceClass_All",
                webAclId: args.webAclArn,
                waitForDeployment: args.waitForDeployment,
                viewerCertificate: {
                    acmCertificateArn: args.certificateArn,
                    sslSupportMethod: "sni-only",
                    minimumProtocolVersion: "TLSv1.2_2025",
                },
                origins: [
                    {
                        originId: originIds.loadBalancer,
                        domainName: args.originDomainName,
                        ...originConnection(args),
                        customHeaders: originHeaders(args),
                    },
                    ...Object.entries(buckets).map(([id, { domainName, originAccessControlId }]) => ({
                        originId: id,
                        domainName,
                        originAccessControlId,
                    })),
                ],
                defaultCacheBehavior: {
                    ...everyBehavior,
                    targetOriginId: originIds.loadBalancer,
                    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                    cachedMethods: ["GET", "HEAD"],
                    cachePolicyId: managedPolicies.cachingDisabled,
                    originRequestPolicyId: args.forwardHostHeader
                        ? managedPolicies.allViewer
                        : managedPolicies.allViewerExceptHostHeader,
                },
                orderedCacheBehaviors: orderedCacheBehaviors(name, pathsOf(args), everyBehavior, { parent: this }),
                customErrorResponses: customErrorResponses(args.errorPages),
                restrictions: { geoRestriction: { restrictionType: "none" } },
            },
            {
                parent: this,
                protect: args.deletionProtection || undefined,
                ignoreChanges: args.webAclChangesIgnored ? ["webAclId"] : undefined,
            },
        );

        letDistributionReadBuckets(name, buckets, distribution.arn, args);

        const outputs: OutputsOf<EdgeDistribution> = {
            distributionId: distribution.id,
            distributionArn: distribution.arn,
            distributionDomainName: distribution.domainName,
            distributionHostedZoneId: distribution.hostedZoneId,
            staticFilesBucketName: buckets[originIds.staticFiles]?.bucketName ?? pulumi.output(""),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    #viewerRequestFunction(name: string, args: EdgeDistributionArgs): cloudfront.Function | undefined {
        const code = viewerRequestCode({
            ...args,
            redirectedDomainNames: args.redirectedDomainNames ?? [],
            target: args.domainNames[0] ?? "",
            maintenancePage: args.maintenance ? (args.errorPages?.html ?? defaultErrorPage) : undefined,
            servedInMaintenance: args.errorPages ? errorPagesPath.replace("*", "") : undefined,
        });
        return code === undefined
            ? undefined
            : new cloudfront.Function(
                  `${name}-viewer-request`,
                  { runtime: "cloudfront-js-2.0", code, publish: true, comment: "Requests as viewers send them" },
                  { parent: this },
              );
    }

    #securityHeaders(name: string, args: EdgeDistributionArgs): cloudfront.ResponseHeadersPolicy {
        return new cloudfront.ResponseHeadersPolicy(
            `${name}-security-headers`,
            {
                comment: `Security headers of ${args.domainNames[0]}`.slice(0, 128),
                securityHeadersConfig: {
                    strictTransportSecurity: {
                        accessControlMaxAgeSec: args.strictTransportSecurityMaxAge,
                        includeSubdomains: false,
                        preload: false,
                        override: true,
                    },
                    contentTypeOptions: { override: true },
                    // The application knows better who may frame it and what its links tell.
                    frameOptions: { frameOption: "SAMEORIGIN", override: false },
                    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
                },
            },
            { parent: this },
        );
    }
}

function pathsOf(args: EdgeDistributionArgs): CachedPaths {
    return {
        cachedPaths: args.cachedPaths,
        cacheBehaviors: (args.cacheBehaviors ?? []).map((one) => resolved(one, cacheBehaviorFields)),
        staticPaths: args.staticFiles?.paths ?? [],
        hasErrorPages: Boolean(args.errorPages),
    };
}
