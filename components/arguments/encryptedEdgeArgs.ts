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
 * The arguments of EncryptedEdge. Four are needed: the hosted zone, the names that viewers use, and the VPC and subnets of
 * the load balancer (or the load balancer itself, where it exists). Everything else has a default that is safe in production.
 */
export interface EncryptedEdgeArgs extends ViewerRequestArgs, WebAclArgs, PagesArgs, LogsArgs {
    /**
     * Name of the public Route 53 hosted zone that holds the names below, for example `example.com`. It must be delegated
     * to, or ACM never issues the certificates. No trailing dot. Names in other zones: `hostedZones`; a zone of another
     * account: `dnsAccount`; DNS that is not Route 53: `dnsRecordsEnabled`.
     * Source: ACM user guide, "DNS validation".
     */
    hostedZoneName: string;

    /**
     * Id of that hosted zone, for example `Z0123456789ABCDEFGHIJ`. Defaults to the id found by name; give it when the
     * same program makes the zone, or when two public zones of the account have the same name.
     */
    hostedZoneId?: pulumi.Input<string>;

    /**
     * Further zones that hold names of this edge. Defaults to none: every name is in `hostedZoneName`. A name that lies in
     * several zones belongs to the longest.
     */
    hostedZones?: HostedZoneArgs[];

    /**
     * Whether the records of the names in `hostedZoneName` are made in Route 53. Defaults to true. When false, the zone's
     * DNS is elsewhere: nothing of it is looked up or made, the outputs `validationRecords` and `dnsRecords` hold the
     * records, and an update waits until ACM sees the first of these.
     */
    dnsRecordsEnabled?: boolean;

    /**
     * The account of the hosted zones, where it is another one than the edge's. Defaults to none: the zones are in the
     * edge's account. A TypeScript program may give the resource option `dnsProvider` instead.
     */
    dnsAccount?: DnsAccountArgs;

    /**
     * Minutes that an update waits for ACM to issue each certificate, 1 to 4320, which is when ACM gives up. Defaults to
     * 75. When they are over, the update fails and nothing is lost: run it again once the validation records are there.
     * Source: ACM user guide, "DNS validation" (72 hours).
     */
    certificateValidationTimeout?: number;

    /**
     * The names that viewers use, each in one of the zones: the distribution's alternate domain names. The first is the
     * address of the site (output `url`), so it is no wildcard and at most 64 characters long. Others may be wildcards
     * such as `*.example.com`. ACM allows ten names in a certificate until its quota is raised.
     * Sources: ACM API reference, RequestCertificate; CloudFront developer guide, "Requirements for using alternate
     * domain names".
     */
    domainNames: string[];

    /**
     * Further names in the zones that lead to the first of `domainNames` for good, with path and query, for example
     * `example.com` to `www.example.com`. They are on the certificate and have records like the others, but no request for
     * them reaches the targets: the function at the edge answers 301 to GET and HEAD, and 308 to every other method.
     * Defaults to none.
     */
    redirectedDomainNames?: string[];

    /**
     * The second name of the load balancer, by which CloudFront reaches it and for which its certificate is issued. It
     * is in one of the zones and is no viewer name. Defaults to `origin.` followed by the hosted zone's name, because
     * no certificate can be had for the load balancer's own `elb.amazonaws.com` name. A second edge in the same zone
     * needs another.
     * Source: CloudFront developer guide, "Requiring HTTPS for communication between CloudFront and your custom origin".
     */
    originDomainName?: string;

    /**
     * ARN of a certificate of yours for the viewer names, in us-east-1, issued or imported. Defaults to one that is made
     * here and renews itself. ACM does not renew imported certificates.
     * Source: CloudFront developer guide, "Requirements for using SSL/TLS certificates with CloudFront".
     */
    viewerCertificateArn?: pulumi.Input<string>;

    /**
     * ARN of a certificate of yours for `originDomainName`, in the load balancer's region, from a public authority.
     * Defaults to one that is made here and renews itself.
     * Source: CloudFront developer guide, "Requiring HTTPS for communication between CloudFront and your custom origin".
     */
    originCertificateArn?: pulumi.Input<string>;

    /** Id of the VPC of the load balancer and its targets, for example `vpc-0123456789abcdef0`. */
    vpcId: pulumi.Input<string>;

    /**
     * A load balancer that serves the site already. It gets a second door that only this distribution can use: a listener
     * of its own with 403 by default, its own certificate and the rule for the secret header. Defaults to none: a load
     * balancer is made here. With it, the subnets, the logs, the deletion protection and the idle timeout are the load
     * balancer's own, and the arguments for them have no effect on it.
     * Source: CloudFront developer guide, "Restrict access to Application Load Balancers".
     */
    existingLoadBalancer?: ExistingLoadBalancerArgs;

    /**
     * Ids of at least two subnets of the VPC, each in another Availability Zone: public ones, or private ones with
     * `loadBalancerScheme` `internal`. Defaults to those of
     * `existingLoadBalancer`; without it they are needed.
     * Source: Elastic Load Balancing user guide, "Subnets for your load balancer".
     */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;

    /**
     * Where the load balancer can be reached, in AWS's words: `internet-facing`, or `internal`, at private addresses of the
     * VPC alone, to which CloudFront has a way of its own (a VPC origin, over HTTPS and with the same certificate). Defaults
     * to `internet-facing`, which every Availability Zone and WebSocket, gRPC and origin mTLS allow. With `internal` the VPC
     * still needs an internet gateway attached, as a mark of consent, but no route to it, and a first `pulumi up` takes up to
     * 15 minutes more. A live edge moves by `nextLoadBalancer`; AWS changes no scheme in place.
     * Source: CloudFront developer guide, "Restrict access with VPC origins".
     */
    loadBalancerScheme?: string;

    /**
     * By which addresses CloudFront reaches the load balancer, in AWS's words: `ipv4`, `dualstack` (both, as CloudFront
     * finds better), or `dualstack-without-public-ipv4` (IPv6 alone, which saves the charge for public IPv4 addresses).
     * Defaults to `ipv4`, which every VPC has. The others need subnets with ranges of IPv6 and a route for it, and an
     * internet-facing load balancer that is made here. It changes in place; from `ipv4` to
     * `dualstack-without-public-ipv4` go by `dualstack`, so that CloudFront has a way at every moment. Targets are reached
     * by IPv4 in each case.
     * Sources: Elastic Load Balancing user guide, "IP address types for your Application Load Balancer"; CloudFront
     * developer guide, "IPv6 origin requests".
     */
    loadBalancerIpAddressType?: string;

    /**
     * A load balancer of the other scheme that is to take the place of the present one, with a listener and a target group of
     * its own (outputs `nextListenerArn` and `nextTargetGroupArn`), while the present one serves. Without it, a change of
     * `loadBalancerScheme` sends requests to an empty target group until the application follows. Defaults to none.
     */
    nextLoadBalancer?: NextLoadBalancerArgs;

    /**
     * Id of the managed prefix list of CloudFront's origin-facing servers. Defaults to the list named
     * `com.amazonaws.global.cloudfront.origin-facing` in the load balancer's region; give it where that look-up is not
     * possible. The list counts as 55 rules against the group's quota of 60 (`L-0EA8095F`).
     * Source: Amazon VPC user guide, "Working with AWS-managed prefix lists".
     */
    cloudFrontPrefixListId?: pulumi.Input<string>;

    /**
     * The same for IPv6, with another `loadBalancerIpAddressType` than `ipv4`. Defaults to the list named
     * `com.amazonaws.global.ipv6.cloudfront.origin-facing`. It counts as 55 rules as well, so it has a group of its own.
     * Source: Amazon VPC user guide, "Working with AWS-managed prefix lists".
     */
    cloudFrontIpv6PrefixListId?: pulumi.Input<string>;

    /**
     * Whether the targets see the viewer's `Host` header. Defaults to false, with a login (`loginEnabled`) to true. When
     * false, they see the origin's name, and the name that the viewer used in `X-Forwarded-Host`. When true, the load balancer has a second certificate, for the viewer
     * names, because CloudFront then demands one for the forwarded name. On `cachedPaths` the targets see the origin's
     * name all the same: viewer names share what is cached.
     * Source: CloudFront developer guide, "Requiring HTTPS for communication between CloudFront and your custom origin".
     */
    forwardHostHeader?: boolean;

    /**
     * Protocol from the load balancer to the targets: `HTTPS` or `HTTP`. Defaults to `HTTPS`. `HTTP` leaves the last hop
     * unencrypted; the output `targetProtocol` says so. The load balancer does not verify the targets' certificates, so
     * self-signed ones work.
     * Source: Elastic Load Balancing user guide, "Target groups for your Application Load Balancers".
     */
    targetProtocol?: string;

    /** Port of the targets, 1 to 65535. Defaults to 443, or to 80 when `targetProtocol` is `HTTP`. */
    targetPort?: number;

    /**
     * What is registered as a target: `ip` (Fargate tasks, pods, addresses) or `instance` (EC2 instances, Auto Scaling
     * groups). Defaults to `ip`, which instances can also be registered by.
     * Source: Elastic Load Balancing user guide, "Target type".
     */
    targetType?: string;

    /**
     * Number of the target group that serves, 1 to 99. Defaults to 1. Each number is a target group of its own, so that
     * a live edge can move to another protocol, port or type of targets: see `nextTargets`. Raise it by one in the update
     * that ends such a move, never without one.
     */
    targetGeneration?: number;

    /**
     * Targets that are to take the place of the present ones, on another protocol, port or of another type. They get a
     * target group (output `nextTargetGroupArn`) and their share of the requests, and both ports are open, while the
     * present targets stay. Without it, a change of `targetProtocol`, `targetPort` or `targetType` sends requests to an
     * empty target group until the application follows. Defaults to none.
     */
    nextTargets?: NextTargetsArgs;

    /**
     * Whether somebody else moves the requests between two target groups: Amazon ECS in a blue/green, linear or canary
     * deployment, or CodeDeploy. Defaults to false. When true there is a second target group like the first one (output
     * `alternateTargetGroupArn`); a new rule forwards everything to the first, and what anybody makes of the rule's actions
     * after that is left alone. A rule that exists stays as it is. It goes with none of `nextTargets`, `authenticateOidc` and `authenticateCognito`.
     * Source: Amazon ECS developer guide, "Application Load Balancer resources for blue/green deployments".
     */
    blueGreenEnabled?: boolean;

    /** Path that health checks ask for, beginning with a slash. Defaults to `/`. */
    healthCheckPath?: string;

    /**
     * Status codes of a healthy target between 200 and 499: one (`200`), several (`200,302`) or a range (`200-299`).
     * Defaults to `200`.
     * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
     */
    healthCheckMatcher?: string;

    /** How the load balancer treats its targets: health checks, deployments, sessions. Defaults to the values below. */
    targets?: TargetsArgs;

    /**
     * A login at a provider of OpenID Connect before this rule forwards. Defaults to none. The load balancer keeps the login
     * in a cookie and tells the targets who the viewer is in `x-amzn-oidc-data`, a signed token, and
     * `x-amzn-oidc-identity`. At the provider, register `https://<name>/oauth2/idpresponse` for each name of the edge.
     * Source: Elastic Load Balancing user guide, "Authenticate users using an Application Load Balancer".
     */
    authenticateOidc?: AuthenticateOidcArgs;

    /** A login at a user pool of Amazon Cognito, in the same way. Defaults to none. */
    authenticateCognito?: AuthenticateCognitoArgs;

    /**
     * Whether a rule of the load balancer may send viewers to log in. Defaults to true where `authenticateOidc` or
     * `authenticateCognito` is given, here or in `routes`, and to false otherwise. A login needs the viewer's `Host`, so that
     * viewers come back to the name that they used, and a way out from the load balancer to the provider (port 443, IPv4,
     * anywhere: providers have no fixed addresses). Set it to true where only an `EdgeRoute` of another stack has a login.
     * Source: AWS re:Post, "How do I troubleshoot authentication issues in my Application Load Balancer?".
     */
    loginEnabled?: boolean;

    /**
     * Further services behind this edge, each for some paths or names; what no route takes goes to the targets above.
     * Defaults to none. A service of another stack makes an `EdgeRoute` there.
     */
    routes?: RouteArgs[];

    /** How long each hop waits for the next. Defaults to the values below. */
    timeouts?: TimeoutsArgs;

    /**
     * Alarms on errors, slow answers, unhealthy targets, blocked requests and certificates that end. Defaults to none: no
     * alarm is made. `{}` takes the thresholds below. CloudWatch charges for each alarm.
     */
    alarms?: AlarmsArgs;

    /**
     * Seconds that a browser remembers to use only HTTPS (Strict-Transport-Security), 0 to 2147483647. Defaults to
     * 31536000, one year. It holds for each viewer name, not for the names below it.
     * Source: RFC 6797.
     */
    strictTransportSecurityMaxAge?: number;

    /**
     * Number of the secret by which the load balancer knows this distribution, 1 or more. Defaults to 1. Raise it by one
     * to rotate the secret: the load balancer accepts the previous, the current and the next value, then CloudFront
     * sends the new one, so no request is refused. Wait until the distribution is deployed, and until every stack that
     * uses `originSecretValues` has been deployed, before raising it again; never skip a number and never lower it.
     * Source: CloudFront developer guide, "Restrict access to Application Load Balancers".
     */
    originSecretGeneration?: number;

    /**
     * Whether this edge is kept when it is destroyed by mistake. Defaults to true: the load balancer has deletion
     * protection, and `pulumi destroy` is refused as a whole, because a protected resource depends on every part; the load
     * balancer, the distribution, the web ACL and the logs are protected themselves. Names can still be dropped; their
     * validation records stay in the zone. To destroy it on purpose, set this to false and run `pulumi up` first; the load
     * balancer's logs are then deleted with their bucket.
     */
    deletionProtection?: boolean;

    /**
     * Whether an update waits until CloudFront has deployed the distribution everywhere, some minutes. Defaults to true,
     * so that a finished update means a finished rotation.
     */
    waitForDeployment?: boolean;
}
