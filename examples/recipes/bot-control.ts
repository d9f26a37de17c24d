import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Adds AWS's rules against bots, which only count at first. AWS charges by the month and by the request. */
export const edge = new EncryptedEdge("bots-edge", site("bots-edge"), {
    transform: {
        webAcl: (args) => {
            const rules = (args.rules ??= []);
            rules.push({
                name: "bot-control",
                priority: rules.length,
                overrideAction: { count: {} },
                statement: {
                    managedRuleGroupStatement: {
                        vendorName: "AWS",
                        name: "AWSManagedRulesBotControlRuleSet",
                        managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" } }],
                    },
                },
                visibilityConfig: {
                    metricName: "bot-control",
                    cloudwatchMetricsEnabled: true,
                    sampledRequestsEnabled: true,
                },
            });
        },
    },
});
