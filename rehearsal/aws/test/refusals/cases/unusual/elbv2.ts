import type { CasesByType } from "..";
import { conditions, fixed, http, oidc, redirect, target } from "../parts";

/** Unusual programs without any mistake. */
export const elbv2: CasesByType = {
    "aws:lb/listener:Listener": {
        accepted: [
            ["redirect to https all defaults", { ...http, ...redirect({ protocol: "HTTPS", port: "443" }) }],
            ["redirect to https without port", { ...http, ...redirect({ protocol: "HTTPS" }) }],
            [
                "redirect host keeps the rest",
                redirect({ host: "www.#{host}", path: "/new/#{path}", query: "a=1&#{query}" }),
            ],
            [
                "a gateway's",
                async (stack) => {
                    const subnets = (await stack.subnets()).slice(0, 1);
                    const gateway = await stack.loadBalancer({ name: "gateway", loadBalancerType: "gateway", subnets });
                    const targetGroupArn = await target(stack, { port: 6081, protocol: "GENEVE" });
                    return {
                        ...http,
                        loadBalancerArn: gateway.id,
                        port: undefined,
                        protocol: undefined,
                        defaultActions: [{ type: "forward", targetGroupArn }],
                    };
                },
            ],
            ["redirect to another port by word", redirect({ port: "8443" })],
            [
                "fixed json body 1024",
                fixed({ contentType: "application/json", statusCode: "503", messageBody: "x".repeat(1024) }),
            ],
            [
                "fixed javascript 200",
                fixed({ contentType: "application/javascript", statusCode: "200", messageBody: "" }),
            ],
            [
                "weights with zero",
                async (stack) => ({
                    defaultActions: [
                        {
                            type: "forward",
                            forward: {
                                targetGroups: [
                                    { arn: await target(stack), weight: 0 },
                                    { arn: await target(stack, {}, "tgy"), weight: 999 },
                                ],
                                stickiness: { enabled: false, duration: 1 },
                            },
                        },
                    ],
                }),
            ],
            [
                "forward and the same arn",
                async (stack) => {
                    const a = await target(stack);
                    return {
                        defaultActions: [
                            { type: "forward", targetGroupArn: a, forward: { targetGroups: [{ arn: a }] } },
                        ],
                    };
                },
            ],
            [
                "oidc first",
                async (stack) => ({
                    defaultActions: [
                        {
                            ...oidc({
                                scope: "openid email",
                                sessionTimeout: 604800,
                                onUnauthenticatedRequest: "allow",
                                sessionCookieName: "x",
                            }),
                        },
                        { type: "forward", targetGroupArn: await target(stack) },
                    ],
                }),
            ],
            [
                "oidc orders with gaps",
                async (stack) => ({
                    defaultActions: [
                        { type: "forward", targetGroupArn: await target(stack), order: 50000 },
                        { ...oidc(), order: 7 },
                    ],
                }),
            ],
            ["mtls passthrough", { mutualAuthentication: { mode: "passthrough", advertiseTrustStoreCaNames: "off" } }],
            ["mtls off", { mutualAuthentication: { mode: "off" } }],
            [
                "server header off",
                {
                    routingHttpResponseServerEnabled: false,
                    routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000; includeSubDomains",
                    routingHttpResponseXFrameOptionsHeaderValue: "SAMEORIGIN",
                },
            ],
            [
                "grpc forward",
                async (stack) => ({
                    defaultActions: [
                        {
                            type: "forward",
                            targetGroupArn: await target(stack, {
                                protocol: "HTTP",
                                protocolVersion: "GRPC",
                                healthCheck: { matcher: "0-99", path: "/AWS.ALB/healthcheck" },
                            }),
                        },
                    ],
                }),
            ],
            ["old policy", { sslPolicy: "ELBSecurityPolicy-FS-1-2-Res-2020-10" }],
            [
                "cognito on HTTPS",
                async (stack) => ({
                    defaultActions: [
                        {
                            type: "authenticate-cognito",
                            authenticateCognito: {
                                userPoolArn: "arn:aws:cognito-idp:eu-central-1:111122223333:userpool/eu-central-1_abc",
                                userPoolClientId: "a",
                                userPoolDomain: "b",
                            },
                        },
                        { type: "forward", targetGroupArn: await target(stack) },
                    ],
                }),
            ],
        ],
    },
    "aws:lb/listenerRule:ListenerRule": {
        accepted: [
            [
                "rule five values in two",
                conditions(
                    { pathPattern: { values: ["/a/*", "/b/?"] } },
                    { hostHeader: { values: ["*.example.com", "example.com", "a-b.example.com"] } },
                ),
            ],
            [
                "rule with two headers",
                conditions(
                    { httpHeader: { httpHeaderName: "X-A", values: ["a"] } },
                    { httpHeader: { httpHeaderName: "X-B", values: ["b"] } },
                ),
            ],
            [
                "rule with header twice",
                conditions({ httpHeader: { httpHeaderName: "User-Agent", values: ["*Chrome*", "*Safari*"] } }),
            ],
            ["rule query value only", conditions({ queryStrings: [{ value: "x*" }, { key: "v", value: "2" }] })],
            [
                "rule two query conditions",
                conditions({ queryStrings: [{ value: "x" }] }, { queryStrings: [{ key: "v", value: "2" }] }),
            ],
            ["rule ipv6 source", conditions({ sourceIp: { values: ["2001:db8::/32", "192.0.2.1/32"] } })],
            ["rule custom method", conditions({ httpRequestMethod: { values: ["PURGE", "M-SEARCH"] } })],
            ["rule path special", conditions({ pathPattern: { values: ["/a_b-c.d$e/~f'@:+&g\"h"] } })],
            [
                "rule url rewrite",
                {
                    transforms: [
                        { type: "url-rewrite", urlRewriteConfig: { rewrite: { regex: "^/a/(.*)$", replace: "/$1" } } },
                        {
                            type: "host-header-rewrite",
                            hostHeaderRewriteConfig: { rewrite: { regex: "^a\\.(.*)$", replace: "b.$1" } },
                        },
                    ],
                },
            ],
            ["rule regex values", conditions({ pathPattern: { regexValues: ["^/a/[0-9]+$"] } })],
            ["rule priority 50000", { priority: 50000 }],
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        accepted: [
            ["tg name hyphens", { name: "a-1-b" }],
            [
                "tg lambda",
                {
                    targetType: "lambda",
                    port: undefined,
                    protocol: undefined,
                    vpcId: undefined,
                    lambdaMultiValueHeadersEnabled: true,
                },
            ],
            [
                "tg lambda with check",
                {
                    targetType: "lambda",
                    port: undefined,
                    protocol: undefined,
                    vpcId: undefined,
                    healthCheck: { enabled: true, interval: 35, timeout: 30, path: "/" },
                },
            ],
            ["tg alb", { targetType: "alb", protocol: "TCP", healthCheck: { protocol: "HTTPS", path: "/" } }],
            ["tg udp", { protocol: "UDP", port: 53, healthCheck: { protocol: "TCP", port: "53" } }],
            ["tg quic", { protocol: "TCP_UDP", port: 53 }],
            ["tg geneve", { protocol: "GENEVE", port: 6081, healthCheck: { protocol: "HTTP", port: "80", path: "/" } }],
            [
                "tg tcp checks http",
                {
                    protocol: "TCP",
                    healthCheck: { protocol: "HTTP", path: "/h", matcher: "200-399", interval: 5, timeout: 2 },
                },
            ],
            [
                "tg matcher list",
                {
                    healthCheck: {
                        matcher: "200,202,301-302",
                        port: "traffic-port",
                        timeout: 2,
                        interval: 5,
                        healthyThreshold: 2,
                        unhealthyThreshold: 10,
                    },
                },
            ],
            [
                "tg interval 300",
                { healthCheck: { interval: 300, timeout: 120, protocol: "HTTP", port: "8080", path: "/?a=b#c" } },
            ],
            ["tg grpc matcher", { protocolVersion: "GRPC", healthCheck: { matcher: "0,12" } }],
            ["tg slow start", { slowStart: 30, deregistrationDelay: 0 }],
            [
                "tg weighted random with anomaly",
                { loadBalancingAlgorithmType: "weighted_random", loadBalancingAnomalyMitigation: "on" },
            ],
            ["tg app cookie", { stickiness: { type: "app_cookie", cookieName: "SESSION", cookieDuration: 604800 } }],
            ["tg disabled stickiness", { stickiness: { type: "lb_cookie", enabled: false } }],
            ["tg tcp sticky", { protocol: "TCP", stickiness: { type: "source_ip", enabled: true } }],
            ["tg ipv6", { targetType: "ip", ipAddressType: "ipv6" }],
            [
                "tg group health",
                {
                    targetGroupHealth: {
                        dnsFailover: { minimumHealthyTargetsCount: "1", minimumHealthyTargetsPercentage: "off" },
                        unhealthyStateRouting: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "50" },
                    },
                },
            ],
            [
                "tg proxy protocol",
                { protocol: "TCP", proxyProtocolV2: true, preserveClientIp: "false", connectionTermination: true },
            ],
        ],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        accepted: [["attach other network", { targetId: "10.20.0.5", availabilityZone: "all" }]],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        accepted: [
            [
                "balancer mappings",
                async (stack) => ({
                    subnets: undefined,
                    subnetMappings: (await stack.subnets()).slice(0, 2).map((subnetId: string) => ({ subnetId })),
                }),
            ],
            [
                "balancer internal attributes",
                {
                    internal: true,
                    idleTimeout: 4000,
                    clientKeepAlive: 604800,
                    desyncMitigationMode: "monitor",
                    xffHeaderProcessingMode: "remove",
                    preserveHostHeader: true,
                    enableXffClientPort: true,
                    enableTlsVersionAndCipherSuiteHeaders: true,
                    enableZonalShift: true,
                },
            ],
            [
                "balancer network one subnet",
                async (stack) => ({
                    loadBalancerType: "network",
                    subnets: (await stack.subnets()).slice(0, 1),
                    enableCrossZoneLoadBalancing: true,
                    dnsRecordClientRoutingPolicy: "any_availability_zone",
                }),
            ],
            [
                "balancer gateway",
                async (stack) => ({
                    loadBalancerType: "gateway",
                    securityGroups: undefined,
                    subnets: (await stack.subnets()).slice(0, 1),
                }),
            ],
            [
                "balancer two groups",
                async (stack) => ({
                    securityGroups: [
                        (await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "a")).id,
                        (await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "b")).id,
                    ],
                    namePrefix: "web-",
                }),
            ],
        ],
    },
};
