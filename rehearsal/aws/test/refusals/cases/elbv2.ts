import type { CasesByType, Patch } from "./index";

const fixed = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } };
const redirect = (more: object) => ({ type: "redirect", redirect: { statusCode: "HTTP_301", ...more } });
const oidc = {
    type: "authenticate-oidc",
    authenticateOidc: {
        authorizationEndpoint: "https://id.example.com/a",
        tokenEndpoint: "https://id.example.com/t",
        userInfoEndpoint: "https://id.example.com/u",
        clientId: "a",
        clientSecret: "b",
        issuer: "https://id.example.com",
    },
};
const plain = (...defaultActions: object[]) => ({
    port: 80,
    protocol: "HTTP",
    certificateArn: undefined,
    sslPolicy: undefined,
    defaultActions,
});
const forward =
    (count: number, weight = 1): Patch =>
    async (stack) => {
        const groups = [];
        for (let index = 0; index < count; index++) {
            const { id } = await stack.create(
                "aws:lb/targetGroup:TargetGroup",
                { port: 443, protocol: "HTTPS", vpcId: await stack.vpcId() },
                `g${index}`,
            );
            groups.push({ arn: id, weight });
        }
        return { defaultActions: [{ type: "forward", forward: { targetGroups: groups } }] };
    };
const condition = (...conditions: object[]) => ({ conditions });
const host = (...values: string[]) => ({ hostHeader: { values } });
const path = (...values: string[]) => ({ pathPattern: { values } });

export const elbv2: CasesByType = {
    "aws:lb/listener:Listener": {
        refused: [
            ["a redirect that changes nothing", plain(redirect({})), /InvalidLoadBalancerAction: .*loop/],
            [
                "a redirect to the same",
                plain(redirect({ protocol: "HTTP", port: "80" })),
                /InvalidLoadBalancerAction: .*loop/,
            ],
            [
                "a redirect to HTTP",
                { defaultActions: [redirect({ protocol: "HTTP", port: "80" })] },
                /cannot redirect HTTPS requests to HTTP/,
            ],
            [
                "a redirect to a port that is a word",
                plain(redirect({ protocol: "HTTPS", port: "https" })),
                /redirect\.port: is "https"/,
            ],
            ["a redirect to a path without a slash", plain(redirect({ path: "a" })), /redirect\.path: is "a"/],
            ["two routing actions", plain(fixed, fixed), /exactly one of forward, redirect, fixed-response/],
            ["no routing action", { defaultActions: [oidc] }, /exactly one of forward/],
            ["OIDC on HTTP", plain({ ...oidc, order: 1 }, { ...fixed, order: 2 }), /supported only on HTTPS listeners/],
            [
                "an answer of 302",
                plain({ ...fixed, fixedResponse: { contentType: "text/plain", statusCode: "302" } }),
                /statusCode: is "302"/,
            ],
            ["more than five target groups", forward(6), /has 6 targetGroups; AWS allows 5/],
            ["a weight beyond the bounds", forward(1, 1000), /weight: is 1000; AWS allows 0 to 999/],
            [
                "mutual TLS on HTTP",
                { ...plain(fixed), mutualAuthentication: { mode: "passthrough" } },
                /only on HTTPS listeners/,
            ],
            [
                "verification without a trust store",
                { mutualAuthentication: { mode: "verify" } },
                /trustStoreArn: is missing/,
            ],
            ["a port of zero", { port: 0 }, /port: is 0; AWS allows 1 to 65535/],
            ["an order of zero", plain({ ...fixed, order: 0 }), /order: is 0; AWS allows 1 to 50000/],
            ["a policy of ALPN that does not exist", { alpnPolicy: "http2" }, /alpnPolicy: is "http2"/],
        ],
        accepted: [
            ["a redirect to HTTPS", plain(redirect({ protocol: "HTTPS", port: "443" }))],
            ["a redirect to another host", plain(redirect({ host: "www.#{host}" }))],
            ["OIDC before a fixed response", { defaultActions: [oidc, fixed] }],
            ["five target groups by weight", forward(5, 0)],
            ["mutual TLS that passes through", { mutualAuthentication: { mode: "passthrough" } }],
        ],
    },
    "aws:lb/listenerRule:ListenerRule": {
        refused: [
            ["no condition", condition(), /conditions: is empty/],
            [
                "a header's name with a space",
                condition({ httpHeader: { httpHeaderName: "X Secret", values: ["a"] } }),
                /httpHeaderName: is "X Secret"/,
            ],
            [
                "methods in lower case",
                condition({ httpRequestMethod: { values: ["get"] } }),
                /is "get"; AWS allows methods in capitals/,
            ],
            [
                "addresses without a prefix length",
                condition({ sourceIp: { values: ["192.0.2.1"] } }),
                /is "192\.0\.2\.1"; AWS allows ranges/,
            ],
            [
                "ranges with bits behind the prefix",
                condition({ sourceIp: { values: ["192.0.2.1/24"] } }),
                /is "192\.0\.2\.1\/24"/,
            ],
            [
                "two host conditions",
                condition(host("a.example.com"), host("b.example.com")),
                /two conditions of the kind "hostHeader"/,
            ],
            ["two path conditions", condition(path("/a"), path("/b")), /two conditions of the kind "pathPattern"/],
            ["too many wildcards", condition(path("/*a*b*c*d*e*f*g")), /has 7 wildcards; AWS allows 6/],
            ["too many values", condition(path(..."abcdef")), /conditions: has 6 values; AWS allows 5/],
            ["a condition without values", condition(path()), /pathPattern\.values: is empty/],
            ["a host without a dot", condition(host("localhost")), /hostHeader\.values\[0\]: is "localhost"/],
            ["a path with a space", condition(path("/a b")), /pathPattern\.values\[0\]: is "\/a b"/],
            ["a priority beyond the bounds", { priority: 50001 }, /priority: is 50001; AWS allows 1 to 50000/],
            [
                "two kinds in one condition",
                condition({ ...host("a.example.com"), ...path("/a") }),
                /conditions\[0\]\.\w+: (conflicts with|One of "hostHeader")/,
            ],
            ["a forward before a redirect", { actions: [fixed, redirect({ path: "/b" })] }, /exactly one of forward/],
            [
                "a redirect to HTTP",
                { actions: [redirect({ protocol: "HTTP" })] },
                /cannot redirect HTTPS requests to HTTP/,
            ],
        ],
        accepted: [
            [
                "every kind of condition",
                condition(
                    host("*.example.com"),
                    path("/a/*"),
                    { httpRequestMethod: { values: ["GET"] } },
                    { sourceIp: { values: ["2001:db8::/32"] } },
                    { queryStrings: [{ key: "a", value: "b" }] },
                ),
            ],
            [
                "two header conditions",
                condition(
                    { httpHeader: { httpHeaderName: "X-A", values: ["a"] } },
                    { httpHeader: { httpHeaderName: "X-B", values: ["b?"] } },
                ),
            ],
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [
            ["a slow start below the bounds", { slowStart: 10 }, /slowStart: is 10; AWS allows 0 and 30 to 900/],
            [
                "a slow start beside another algorithm",
                { slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" },
                /goes with the algorithm "round_robin" only/,
            ],
            ["a deregistration delay beyond the bounds", { deregistrationDelay: 3601 }, /deregistrationDelay: is 3601/],
            [
                "a health check by TCP",
                { healthCheck: { protocol: "TCP" } },
                /healthCheck\.protocol: is "TCP"; target groups of HTTPS/,
            ],
            [
                "a matcher of a check by TCP",
                { protocol: "TCP", healthCheck: { protocol: "TCP", matcher: "200" } },
                /matcher: is of health checks by HTTP/,
            ],
            ["a health port that is a word", { healthCheck: { port: "https" } }, /healthCheck\.port: is "https"/],
            ["a health port beyond the bounds", { healthCheck: { port: "70000" } }, /healthCheck\.port: is "70000"/],
            [
                "an algorithm of TCP",
                { protocol: "TCP", healthCheck: undefined, loadBalancingAlgorithmType: "round_robin" },
                /goes with "protocol" "HTTP", "HTTPS" only, not with "TCP"/,
            ],
            [
                "an algorithm that does not exist",
                { loadBalancingAlgorithmType: "random" },
                /loadBalancingAlgorithmType: is "random"/,
            ],
            [
                "an application cookie without a name",
                { stickiness: { type: "app_cookie" } },
                /stickiness\.cookieName: is missing/,
            ],
            [
                "a cookie's name that AWS uses",
                { stickiness: { type: "app_cookie", cookieName: "AWSALB" } },
                /cookieName: is "AWSALB"/,
            ],
            [
                "stickiness of another protocol",
                { stickiness: { type: "source_ip" } },
                /type: is "source_ip", which target groups of HTTPS/,
            ],
            [
                "anomaly mitigation without its algorithm",
                { loadBalancingAlgorithmType: "round_robin", loadBalancingAnomalyMitigation: "on" },
                /goes with the algorithm "weighted_random"/,
            ],
            [
                "a version of the protocol that does not exist",
                { protocolVersion: "HTTP3" },
                /protocolVersion: is "HTTP3"/,
            ],
        ],
        accepted: [
            [
                "GRPC",
                { protocolVersion: "GRPC", healthCheck: { matcher: "0-99", path: "/grpc.health.v1.Health/Check" } },
            ],
            [
                "TCP with a check by HTTP",
                { protocol: "TCP", healthCheck: { protocol: "HTTP", path: "/", port: "8080" } },
            ],
            [
                "an application cookie",
                { stickiness: { type: "app_cookie", cookieName: "session", cookieDuration: 3600 } },
            ],
            [
                "a weighted algorithm",
                { loadBalancingAlgorithmType: "weighted_random", loadBalancingAnomalyMitigation: "on" },
            ],
            ["a slow start", { slowStart: 900 }],
            [
                "a Lambda function",
                {
                    targetType: "lambda",
                    port: undefined,
                    protocol: undefined,
                    vpcId: undefined,
                    healthCheck: undefined,
                },
            ],
        ],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        refused: [
            ["an idle timeout beyond the bounds", { idleTimeout: 4001 }, /idleTimeout: is 4001; AWS allows 1 to 4000/],
            ["a keep-alive below the bounds", { clientKeepAlive: 59 }, /clientKeepAlive: is 59/],
            [
                "subnets in two ways",
                { subnetMappings: [{ subnetId: "subnet-0" }] },
                /subnetMappings: conflicts with "subnets"/,
            ],
            [
                "a mode of desync that does not exist",
                { desyncMitigationMode: "strict" },
                /desyncMitigationMode: is "strict"/,
            ],
        ],
        accepted: [["the greatest idle timeout", { idleTimeout: 4000 }]],
    },
};
