import type * as pulumi from "@pulumi/pulumi";
import type { AlarmsArgs } from "./alarmsArgs";
import type { ExistingLoadBalancerArgs } from "./existingLoadBalancerArgs";
import type { DnsAccountArgs, HostedZoneArgs } from "./hostedZoneArgs";
import type { AuthenticateCognitoArgs, AuthenticateOidcArgs } from "./loginArgs";
import type { LogsArgs } from "./logsArgs";
import type { NextLoadBalancerArgs } from "./nextLoadBalancerArgs";
import type { PagesArgs } from "./pagesArgs";
import type { RouteArgs } from "./routeArgs";
import type { NextTargetsArgs, TargetsArgs, TimeoutsArgs } from "./targetsArgs";
import type { ViewerRequestArgs } from "./viewerRequestArgs";
import type { WebAclArgs } from "./webAclArgs";

/**
 * The arguments of EncryptedEdge. Only four are required: the hosted zone, the names that viewers use, and the VPC and
 * subnets of the load balancer (or an existing load balancer). Everything else has a default that is safe in
 * production.
 */
export interface EncryptedEdgeArgs extends ViewerRequestArgs, WebAclArgs, PagesArgs, LogsArgs {
    /**
     * Name of the public Route 53 hosted zone that holds this edge's names, for example `example.com`, without a trailing
     * dot. The registrar must point to it, or ACM never issues the certificates. For names in other zones see
     * `hostedZones`, for a zone in another account `dnsAccount`, for DNS outside Route 53 `dnsRecordsEnabled`.
     * Source: ACM user guide, "DNS validation".
     */
    hostedZoneName: string;

    /**
     * Id of that hosted zone, for example `Z0123456789ABCDEFGHIJ`. Defaults to the id found by name. Set it when the
     * same program creates the zone, or when two public zones of the account have the same name.
     */
    hostedZoneId?: pulumi.Input<string>;

    /**
     * Further zones that hold names of this edge. Defaults to none: every name is in `hostedZoneName`. A name that lies
     * in several zones belongs to the longest.
     */
    hostedZones?: HostedZoneArgs[];

    /**
     * Whether to create the records of the names in `hostedZoneName` in Route 53. Defaults to true. Set it to false if
     * the zone's DNS is elsewhere: the component then looks up and creates nothing in Route 53, the outputs
     * `validationRecords` and `dnsRecords` list the records to create, and an update waits until ACM sees the
     * validation records.
     */
    dnsRecordsEnabled?: boolean;

    /**
     * The account of the hosted zones, if it is not the edge's. Defaults to none: the zones are in the edge's account.
     * A TypeScript program can use the resource option `dnsProvider` instead.
     */
    dnsAccount?: DnsAccountArgs;

    /**
     * Minutes that an update waits for ACM to issue each certificate, 1 to 4320 (after 72 hours ACM gives up). Defaults
     * to 75. When the time is over, the update fails and nothing is lost: run it again once the validation records are
     * there.
     * Source: ACM user guide, "DNS validation" (72 hours).
     */
    certificateValidationTimeout?: number;

    /**
     * The names that viewers use, each in one of the zones: the distribution's alternate domain names. The first is the
     * address of the site (output `url`); it cannot be a wildcard and has at most 64 characters. Others may be
     * wildcards such as `*.example.com`. ACM allows ten names in a certificate unless you raise its quota.
     * Sources: ACM API reference, RequestCertificate; CloudFront developer guide, "Requirements for using alternate
     * domain names".
     */
    domainNames: string[];

    /**
     * Further names in the zones that redirect permanently to the first of `domainNames`, with path and query, for
     * example `example.com` to `www.example.com`. They are on the certificate and have records like the others, but
     * their requests never reach the targets: a CloudFront Function answers 301 to GET and HEAD, and 308 to every other
     * method. Defaults to none.
     */
    redirectedDomainNames?: string[];

    /**
     * The second name of the load balancer, which CloudFront connects to and which its certificate is issued for. It is
     * in one of the zones and is not a viewer name. Defaults to `origin.` followed by the hosted zone's name, because
     * nobody can get a certificate for the load balancer's own `elb.amazonaws.com` name. A second edge in the same zone
     * needs another name.
     * Source: CloudFront developer guide, "Requiring HTTPS for communication between CloudFront and your custom
     * origin".
     */
    originDomainName?: string;

    /**
     * ARN of your own certificate for the viewer names, in us-east-1, issued or imported. Defaults to a new one that
     * renews itself. ACM does not renew imported certificates.
     * Source: CloudFront developer guide, "Requirements for using SSL/TLS certificates with CloudFront".
     */
    viewerCertificateArn?: pulumi.Input<string>;

    /**
     * ARN of your own certificate for `originDomainName`, in the load balancer's region, from a public authority.
     * Defaults to a new one that renews itself.
     * Source: CloudFront developer guide, "Requiring HTTPS for communication between CloudFront and your custom
     * origin".
     */
    originCertificateArn?: pulumi.Input<string>;

    /** Id of the VPC of the load balancer and its targets, for example `vpc-0123456789abcdef0`. */
    vpcId: pulumi.Input<string>;

    /**
     * A load balancer that already serves the site. The component adds a second door that only this distribution can
     * use: a listener that answers 403 by default, with its own certificate and the rule for the secret header.
     * Defaults to none: the component creates a load balancer. The existing load balancer keeps its subnets, logs,
     * deletion protection and idle timeout; the arguments for these have no effect on it.
     * Source: CloudFront developer guide, "Restrict access to Application Load Balancers".
     */
    existingLoadBalancer?: ExistingLoadBalancerArgs;

    /**
     * Ids of at least two subnets of the VPC, each in another Availability Zone: public ones, or private ones with
     * `loadBalancerScheme` `internal`. Required without `existingLoadBalancer`. Defaults to the subnets of that load
     * balancer.
     * Source: Elastic Load Balancing user guide, "Subnets for your load balancer".
     */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;

    /**
     * AWS's scheme of the load balancer: `internet-facing`, or `internal`, which has private addresses only and which
     * CloudFront reaches through a VPC origin, over HTTPS and with the same certificate. Defaults to `internet-facing`,
     * which works in every Availability Zone and allows WebSocket, gRPC and origin mTLS. With `internal` the VPC still
     * needs an internet gateway attached, but no route to it, and the first `pulumi up` takes up to 15 minutes longer.
     * AWS cannot change the scheme in place: move a live edge with `nextLoadBalancer`.
     * Source: CloudFront developer guide, "Restrict access with VPC origins".
     */
    loadBalancerScheme?: string;

    /**
     * AWS's IP address type of the load balancer, which decides how CloudFront reaches it: `ipv4`, `dualstack`
     * (CloudFront chooses), or `dualstack-without-public-ipv4` (IPv6 only, which saves the charge for public IPv4
     * addresses). Defaults to `ipv4`, which every VPC has. The others need subnets with IPv6 ranges and an IPv6 route,
     * and an internet-facing load balancer that the component creates. On a live edge change from `ipv4` to
     * `dualstack-without-public-ipv4` through `dualstack`. The load balancer always reaches the targets over IPv4.
     * Sources: Elastic Load Balancing user guide, "IP address types for your Application Load Balancer"; CloudFront
     * developer guide, "IPv6 origin requests".
     */
    loadBalancerIpAddressType?: string;

    /**
     * A load balancer of the other scheme that will replace the present one. It has its own listener and target group
     * (outputs `nextListenerArn` and `nextTargetGroupArn`), and the present one keeps serving. Without it, a change of
     * `loadBalancerScheme` sends requests to an empty target group until the application follows. Defaults to none.
     */
    nextLoadBalancer?: NextLoadBalancerArgs;

    /**
     * Id of the managed prefix list of CloudFront's origin-facing servers. Defaults to the list named
     * `com.amazonaws.global.cloudfront.origin-facing` in the load balancer's region. Set it if you cannot look that
     * list up. It counts as 55 rules of the 60 that a security group may have (`L-0EA8095F`).
     * Source: Amazon VPC user guide, "Working with AWS-managed prefix lists".
     */
    cloudFrontPrefixListId?: pulumi.Input<string>;

    /**
     * The same for IPv6, if `loadBalancerIpAddressType` is not `ipv4`. Defaults to the list named
     * `com.amazonaws.global.ipv6.cloudfront.origin-facing`. It counts as 55 rules as well, so it has its own security
     * group.
     * Source: Amazon VPC user guide, "Working with AWS-managed prefix lists".
     */
    cloudFrontIpv6PrefixListId?: pulumi.Input<string>;

    /**
     * Whether the targets see the viewer's `Host` header. Defaults to false, or to true with a login (`loginEnabled`).
     * When false, `Host` is the origin's name and `X-Forwarded-Host` the name that the viewer used. When true, the load
     * balancer has a second certificate, for the viewer names, because CloudFront requires one for the forwarded name.
     * On `cachedPaths` the targets always see the origin's name, because the viewer names share one cache.
     * Source: CloudFront developer guide, "Requiring HTTPS for communication between CloudFront and your custom
     * origin".
     */
    forwardHostHeader?: boolean;

    /**
     * Protocol from the load balancer to the targets: `HTTPS` or `HTTP`. Defaults to `HTTPS`. `HTTP` leaves the last
     * hop unencrypted, and the output `targetProtocol` says so. The load balancer does not verify the targets'
     * certificates, so self-signed ones work.
     * Source: Elastic Load Balancing user guide, "Target groups for your Application Load Balancers".
     */
    targetProtocol?: string;

    /** Port of the targets, 1 to 65535. Defaults to 443, or to 80 when `targetProtocol` is `HTTP`. */
    targetPort?: number;

    /**
     * How targets are registered: `ip` (Fargate tasks, pods, addresses) or `instance` (EC2 instances, Auto Scaling
     * groups). Defaults to `ip`, which also works for instances.
     * Source: Elastic Load Balancing user guide, "Target type".
     */
    targetType?: string;

    /**
     * Number of the target group that serves, 1 to 99. Defaults to 1. Each number is another target group, so that a
     * live edge can move to another target protocol, port or type: see `nextTargets`. Raise it by one in the update
     * that ends such a move, and only then.
     */
    targetGeneration?: number;

    /**
     * Targets that will replace the present ones, on another port or with another protocol or type. They get a target
     * group (output `nextTargetGroupArn`) and the share of requests that you choose, both ports are open, and the
     * present targets stay. Without it, a change of `targetProtocol`, `targetPort` or `targetType` sends requests to an
     * empty target group until the application follows. Defaults to none.
     */
    nextTargets?: NextTargetsArgs;

    /**
     * Whether Amazon ECS (in blue/green, linear or canary deployments) or CodeDeploy shifts the requests between two
     * target groups. Defaults to false. When true, the component creates a second target group like the first one
     * (output `alternateTargetGroupArn`). A new rule forwards everything to the first; from then on the component
     * leaves the rule's actions alone. It does not change a rule that already exists. Not together with `nextTargets`,
     * `authenticateOidc` or `authenticateCognito`.
     * Source: Amazon ECS developer guide, "Application Load Balancer resources for blue/green deployments".
     */
    blueGreenEnabled?: boolean;

    /** Path of the health checks, beginning with a slash. Defaults to `/`. */
    healthCheckPath?: string;

    /**
     * Status codes of a healthy target between 200 and 499: one (`200`), several (`200,302`) or a range (`200-299`).
     * Defaults to `200`.
     * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
     */
    healthCheckMatcher?: string;

    /** How the load balancer treats its targets: health checks, deployments, sessions. Defaults to its fields' defaults. */
    targets?: TargetsArgs;

    /**
     * A login at an OpenID Connect provider before the load balancer forwards a request. Defaults to none. The load
     * balancer keeps the login in a cookie and tells the targets who the viewer is in `x-amzn-oidc-data`, a signed
     * token, and `x-amzn-oidc-identity`. At the provider, register `https://<name>/oauth2/idpresponse` for each name of
     * the edge.
     * Source: Elastic Load Balancing user guide, "Authenticate users using an Application Load Balancer".
     */
    authenticateOidc?: AuthenticateOidcArgs;

    /** A login at an Amazon Cognito user pool, in the same way. Defaults to none. */
    authenticateCognito?: AuthenticateCognitoArgs;

    /**
     * Whether a rule of the load balancer may ask viewers to log in. Defaults to true if `authenticateOidc` or
     * `authenticateCognito` is set, here or in `routes`, and to false otherwise. A login needs the viewer's `Host`, so
     * that viewers return to the name that they used, and lets the load balancer connect to the provider (port 443,
     * IPv4, any address, because providers have no fixed ones). Set it to true if only an `EdgeRoute` in another stack
     * has a login.
     * Source: AWS re:Post, "How do I troubleshoot authentication issues in my Application Load Balancer?".
     */
    loginEnabled?: boolean;

    /**
     * Further services behind this edge, each for some paths or names. Requests that match no route go to the targets
     * above. Defaults to none. For a service in another stack, create an `EdgeRoute` there.
     */
    routes?: RouteArgs[];

    /** How long each hop waits for the next. Defaults to its fields' defaults. */
    timeouts?: TimeoutsArgs;

    /**
     * Alarms on errors, slow responses, unhealthy targets, blocked requests and expiring certificates. Defaults to
     * none: the component creates no alarm. `{}` uses the default thresholds. CloudWatch charges for each alarm.
     */
    alarms?: AlarmsArgs;

    /**
     * Seconds that a browser uses only HTTPS for the site (Strict-Transport-Security), 0 to 2147483647. Defaults to
     * 31536000, one year. It applies to each viewer name, not to its subdomains.
     * Source: RFC 6797.
     */
    strictTransportSecurityMaxAge?: number;

    /**
     * Number of the secret by which the load balancer recognizes this distribution, 1 or more. Defaults to 1. To rotate
     * the secret without a refused request, raise the number by one. Before you raise it again, wait until the
     * distribution is deployed, and until you have deployed every stack that uses `originSecretValues`. Never skip a
     * number or go back.
     * Source: CloudFront developer guide, "Restrict access to Application Load Balancers".
     */
    originSecretGeneration?: number;

    /**
     * Protects the edge from accidental deletion. Defaults to true: Pulumi refuses the whole `pulumi destroy`, and AWS
     * refuses to delete the load balancer. You can still remove names; their validation records stay in the zone. To
     * destroy the edge, set this to false and run `pulumi up` first; the load balancer's logs are then deleted with
     * their bucket.
     */
    deletionProtection?: boolean;

    /**
     * Whether an update waits the few minutes until CloudFront has deployed the distribution everywhere. Defaults to
     * true, so that a finished update means a finished rotation.
     */
    waitForDeployment?: boolean;
}
