import * as cloudfront from "@pulumi/aws/cloudfront";
import * as pulumi from "@pulumi/pulumi";
import { originSecretHeaderName } from "./originSecret";
import { viewerRequestCode } from "./viewerRequest/index";
import { resolved, refusePart, fullNameProblem, fullNamesProblems, namesProblems } from "./checks/index";
import { type TimeoutsArgs, argumentSpecs } from "./arguments/index";
import type { OutputsOf } from "./outputsOf";

/** Ids of AWS's managed policies, the same in every account. Source: CloudFront developer guide, "Use managed ... policies". */
const managedPolicies = {
    cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

const originId = "load-balancer";

/** The arguments of EdgeDistribution; EncryptedEdgeArgs says what each of them means. */
export interface EdgeDistributionArgs {
    /** The names that viewers use; the first is the site's address. */
    domainNames: string[];

    /** ARN of the validated certificate for those names, in us-east-1. */
    certificateArn: pulumi.Input<string>;

    /** The load balancer's second name. */
    originDomainName: string;

    /** Id of the VPC origin that leads to an internal load balancer. Defaults to none: the name leads there. */
    vpcOriginId?: pulumi.Input<string>;

    /** Value of the secret header that is sent to the load balancer. */
    originSecret: pulumi.Input<string>;

    /** ARN of the web ACL, in us-east-1. */
    webAclArn: pulumi.Input<string>;

    /** Whether the load balancer gets the viewer's Host header; it must then have a certificate for the viewer names. */
    forwardHostHeader: boolean;

    /** Whether a function at the edge sets the forwarded headers and removes those that a viewer forged. */
    forwardedHeadersEnabled: boolean;

    /** Further names that redirect to the first of `domainNames`. Defaults to none. */
    redirectedDomainNames?: string[];

    /** Code of the team's own that runs on each request of a viewer. Defaults to none. */
    viewerRequestCode?: string;

    /** Path patterns whose responses are cached. */
    cachedPaths: string[];

    /** Seconds that browsers remember to use only HTTPS. */
    strictTransportSecurityMaxAge: number;

    /** How long CloudFront waits; the load balancer's timeout is its own. Defaults to what EncryptedEdgeArgs says. */
    timeouts?: TimeoutsArgs;

    /** Whether the distribution is protected from deletion. */
    deletionProtection: boolean;

    /** Whether an update waits until the distribution is deployed everywhere. */
    waitForDeployment: boolean;
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

    constructor(name: string, args: EdgeDistributionArgs, opts?: pulumi.ComponentResourceOptions) {
        const { forwardHostHeader, forwardedHeadersEnabled, viewerRequestCode: code, cachedPaths } = argumentSpecs;
        const { strictTransportSecurityMaxAge, deletionProtection, waitForDeployment } = argumentSpecs;
        refusePart("EdgeDistribution", name, args, {
            domainNames: { ...argumentSpecs.domainNames, check: namesProblems },
            originDomainName: { form: "text", check: fullNameProblem },
            forwardHostHeader,
            forwardedHeadersEnabled,
            redirectedDomainNames: { ...argumentSpecs.redirectedDomainNames, check: fullNamesProblems },
            viewerRequestCode: code,
            cachedPaths,
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
            targetOriginId: originId,
            viewerProtocolPolicy: "redirect-to-https",
            responseHeadersPolicyId: headers.id,
            compress: true,
        };

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
                        originId,
                        domainName: args.originDomainName,
                        ...connection(args),
                        customHeaders: originHeaders(args),
                    },
                ],
                defaultCacheBehavior: {
                    ...everyBehavior,
                    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                    cachedMethods: ["GET", "HEAD"],
                    cachePolicyId: managedPolicies.cachingDisabled,
                    originRequestPolicyId: args.forwardHostHeader
                        ? managedPolicies.allViewer
                        : managedPolicies.allViewerExceptHostHeader,
                },
                orderedCacheBehaviors: args.cachedPaths.map((pathPattern) => ({
                    ...everyBehavior,
                    pathPattern,
                    allowedMethods: ["GET", "HEAD", "OPTIONS"],
                    cachedMethods: ["GET", "HEAD"],
                    cachePolicyId: managedPolicies.cachingOptimized,
                })),
                restrictions: { geoRestriction: { restrictionType: "none" } },
            },
            { parent: this, protect: args.deletionProtection || undefined },
        );

        const outputs: OutputsOf<EdgeDistribution> = {
            distributionId: distribution.id,
            distributionArn: distribution.arn,
            distributionDomainName: distribution.domainName,
            distributionHostedZoneId: distribution.hostedZoneId,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    #viewerRequestFunction(name: string, args: EdgeDistributionArgs): cloudfront.Function | undefined {
        const redirectedDomainNames = args.redirectedDomainNames ?? [];
        const code = viewerRequestCode({ ...args, redirectedDomainNames, target: args.domainNames[0] ?? "" });
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

/** How CloudFront reaches the load balancer; of a VPC origin, protocol and TLS versions are its own. */
function connection({ timeouts, vpcOriginId }: EdgeDistributionArgs) {
    const { originRead, originKeepalive } = resolved(timeouts ?? {}, argumentSpecs.timeouts.fields);
    const waits = { originReadTimeout: originRead, originKeepaliveTimeout: originKeepalive };
    return vpcOriginId !== undefined
        ? { vpcOriginConfig: { vpcOriginId, ...waits } }
        : {
              customOriginConfig: {
                  originProtocolPolicy: "https-only",
                  originSslProtocols: ["TLSv1.2"],
                  httpsPort: 443,
                  // Never used by https-only, and required by the API.
                  httpPort: 80,
                  ...waits,
              },
          };
}

function originHeaders(args: EdgeDistributionArgs) {
    const secret = { name: originSecretHeaderName, value: args.originSecret };
    // Without the function that knows each request's name; set here, it overwrites what a viewer sent.
    const forwardedHost = { name: "X-Forwarded-Host", value: args.domainNames[0] ?? "" };
    return args.forwardHostHeader || args.forwardedHeadersEnabled ? [secret] : [secret, forwardedHost];
}
