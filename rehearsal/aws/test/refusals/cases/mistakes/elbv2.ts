import type { CasesByType } from "..";
import { letters, oidc, redirect, target } from "../parts";

/** Programs with one mistake each. */
export const elbv2: CasesByType = {
    "aws:lb/listener:Listener": {
        refused: [
            [
                "redirect port 99999",
                redirect({ port: "99999" }),
                /defaultActions\[0\]\.redirect\.port: is "99999"; AWS allows 1 to 65535 or #\{port\}\./,
            ],
            [
                "redirect host 129",
                redirect({ host: letters(129) }),
                /defaultActions\[0\]\.redirect\.host: is a text of 129 characters; AWS allows 1 to 128 characte/,
            ],
            [
                "forward to TCP group",
                async (stack) => ({
                    defaultActions: [{ type: "forward", targetGroupArn: await target(stack, { protocol: "TCP" }) }],
                }),
                /InvalidConfigurationRequest: The protocol 'T/,
            ],
            [
                "same order twice",
                async (stack) => ({
                    defaultActions: [
                        { ...oidc(), order: 1 },
                        { type: "forward", targetGroupArn: await target(stack), order: 1 },
                    ],
                }),
                /defaultActions: has the order 1 twice\./,
            ],
            [
                "oidc endpoint over http",
                async (stack) => ({
                    defaultActions: [
                        oidc({ tokenEndpoint: "http://a.example.com/t" }),
                        { type: "forward", targetGroupArn: await target(stack) },
                    ],
                }),
                /defaultActions\[0\]\.authenticateOidc\.tokenEndpoint: is "http:\/\/a\.example\.com\/t"; AWS allows/,
            ],
            [
                "oidc 11 extra",
                async (stack) => ({
                    defaultActions: [
                        oidc({
                            authenticationRequestExtraParams: Object.fromEntries(
                                [...Array(11).keys()].map((i) => [`k${i}`, "v"]),
                            ),
                        }),
                        { type: "forward", targetGroupArn: await target(stack) },
                    ],
                }),
                /defaultActions\[0\]\.authenticateOidc\.authenticationRequestExtraParams: has 11 authentication/,
            ],
            [
                "oidc session 604801",
                async (stack) => ({
                    defaultActions: [
                        oidc({ sessionTimeout: 604801 }),
                        { type: "forward", targetGroupArn: await target(stack) },
                    ],
                }),
                /defaultActions\[0\]\.authenticateOidc\.sessionTimeout: is 604801; AWS allows 1 to 604800 secon/,
            ],
            [
                "alpn on HTTPS",
                { alpnPolicy: "HTTP2Preferred" },
                /alpnPolicy: goes with "protocol" "TLS" only, not with "HTTPS"\./,
            ],
            [
                "no default actions",
                { defaultActions: [] },
                /defaultActions: is empty\. Give the required property "defaultActions" one item at least\./,
            ],
            [
                "xfo value",
                { routingHttpResponseXFrameOptionsHeaderValue: "NEVER" },
                /routingHttpResponseXFrameOptionsHeaderValue: is "NEVER"; AWS allows DENY and SAMEORIGIN\. \(/,
            ],
        ],
    },
    "aws:lb/listenerRule:ListenerRule": {
        refused: [
            [
                "transform twice",
                {
                    transforms: [1, 2].map(() => ({
                        type: "url-rewrite",
                        urlRewriteConfig: { rewrite: { regex: "a", replace: "b" } },
                    })),
                },
                /transforms: has the type url-rewrite twice\./,
            ],
            [
                "transform without config",
                { transforms: [{ type: "url-rewrite" }] },
                /transforms\[0\]\.urlRewriteConfig: is missing, which the type "url-rewrite" needs\./,
            ],
            [
                "transform regex broken",
                { transforms: [{ type: "url-rewrite", urlRewriteConfig: { rewrite: { regex: "(a", replace: "b" } } }] },
                /transforms\[0\]\.urlRewriteConfig\.rewrite\.regex: is "\(a"; AWS allows regular expressions\. \(AW/,
            ],
            [
                "rule without actions",
                { actions: [] },
                /actions: is empty\. Give the required property "actions" one item at least\./,
            ],
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [
            [
                "alb type with HTTPS",
                { targetType: "alb" },
                /protocol: is "HTTPS"; targets of the type "alb" are reached by TCP or TLS\./,
            ],
            [
                "version on TCP",
                { protocol: "TCP", protocolVersion: "HTTP2", healthCheck: undefined },
                /protocolVersion: goes with "protocol" "HTTP", "HTTPS" only, not with "TCP"\./,
            ],
            [
                "grpc matcher 200",
                { protocolVersion: "GRPC", healthCheck: { matcher: "200" } },
                /InvalidConfigurationRequest: Health check/,
            ],
            [
                "matcher of a lambda beyond its range",
                {
                    targetType: "lambda",
                    port: undefined,
                    protocol: undefined,
                    vpcId: undefined,
                    healthCheck: { matcher: "999" },
                },
                /matcher HTTP code '999' must be within '200-499'/,
            ],
            [
                "stickiness beside weights at random",
                { loadBalancingAlgorithmType: "weighted_random", stickiness: { type: "lb_cookie" } },
                /stickiness\.type: does not go with the algorithm "weighted_random"\./,
            ],
            ["matcher backwards", { healthCheck: { matcher: "299-200" } }, /InvalidConfigurationRequest: Health check/],
            [
                "disabled check",
                { healthCheck: { enabled: false } },
                /healthCheck\.enabled: is false, which target groups of type "lambda" may have only\./,
            ],
            [
                "anomaly with round robin",
                { loadBalancingAnomalyMitigation: "on" },
                /loadBalancingAnomalyMitigation: goes with the algorithm "weighted_random" only\./,
            ],
            [
                "cookie duration 0",
                { stickiness: { type: "lb_cookie", cookieDuration: 0 } },
                /stickiness\.cookieDuration: is 0; AWS allows 1 to 604800 seconds\./,
            ],
            [
                "preserve client ip off for UDP",
                { protocol: "UDP", preserveClientIp: "false", healthCheck: { protocol: "TCP" } },
                /preserveClientIp: is "false", which UDP does not allow\./,
            ],
        ],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        refused: [
            [
                "attach public address",
                { targetId: "8.8.8.8", availabilityZone: "all" },
                /ValidationError: The IP address '8\.8\.8\.8' i/,
            ],
            ["attach port 70000", { port: 70000 }, /port: is 70000; AWS allows 1 to 65535\./],
        ],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        refused: [
            [
                "elastic address on ALB",
                async (stack) => ({
                    subnets: undefined,
                    subnetMappings: (await stack.subnets()).map((subnetId: string) => ({
                        subnetId,
                        allocationId: "eipalloc-0123456789abcdef0",
                    })),
                }),
                /subnetMappings: has an "allocationId", which load balancers of type "network" have only\./,
            ],
            [
                "gateway with groups",
                { loadBalancerType: "gateway" },
                /securityGroups: must be left out: a load balancer of type "gateway" has none\./,
            ],
        ],
    },
};
