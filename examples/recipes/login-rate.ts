import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Allows one address a hundred requests to the login in five minutes, whatever rateLimit allows elsewhere. */
export const edge = new EncryptedEdge("login-edge", site("login-edge"), {
    transform: {
        webAcl: (args) => {
            const rules = (args.rules ??= []);
            rules.push({
                name: "login-rate",
                priority: rules.length,
                action: { block: {} },
                statement: {
                    rateBasedStatement: {
                        limit: 100,
                        evaluationWindowSec: 300,
                        aggregateKeyType: "IP",
                        scopeDownStatement: {
                            byteMatchStatement: {
                                fieldToMatch: { uriPath: {} },
                                positionalConstraint: "STARTS_WITH",
                                searchString: "/sign-in",
                                textTransformations: [
                                    { priority: 0, type: "URL_DECODE" },
                                    { priority: 1, type: "NORMALIZE_PATH" },
                                    { priority: 2, type: "LOWERCASE" },
                                ],
                            },
                        },
                    },
                },
                visibilityConfig: {
                    metricName: "login-rate",
                    cloudwatchMetricsEnabled: true,
                    sampledRequestsEnabled: true,
                },
            });
        },
    },
});
