import { text } from "../../account";
import type { Values } from "../../../provider";
import { elbZoneIds, logAccounts } from "../../facts";
import { listenerRule } from "./listenerRule";
import { listener, listenerCertificate } from "./listener";
import { loadBalancer } from "./loadBalancer";
import { type Lookup, matching, modelsOf, type ServiceModel, theOnly } from "../resource";
import table from "./resourceTable.json";
import { targetGroup, targetGroupAttachment } from "./targetGroup";

const resources = modelsOf(table, {
    "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
    "aws:lb/targetGroup:TargetGroup": targetGroup,
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": targetGroupAttachment,
    "aws:lb/listener:Listener": listener,
    "aws:lb/listenerRule:ListenerRule": listenerRule,
    "aws:lb/listenerCertificate:ListenerCertificate": listenerCertificate,
});

export const elbv2: ServiceModel = {
    title: "Elastic Load Balancing v2",
    // Two module names of one service, each with tokens of its own; only one of them has trust stores.
    resources: {
        ...resources,
        ...Object.fromEntries(
            Object.entries(resources)
                .filter(([type]) => !type.startsWith("aws:lb/trustStore"))
                .map(([type, model]) => [type.replace("aws:lb/", "aws:alb/"), model]),
        ),
    },
    lookups: {
        ...Object.fromEntries(
            ["lb", "alb"].flatMap((module) =>
                ["LoadBalancer", "TargetGroup", "Listener", "ListenerRule"].map((kind) => [
                    `aws:${module}/get${kind}:get${kind}`,
                    (lookup: Lookup) => named(lookup, kind),
                ]),
            ),
        ),
        "aws:lb/getHostedZoneId:getHostedZoneId": ({ args, region }) => {
            const wanted = text(args.region) || region;
            const id = elbZoneIds[wanted]?.[args.loadBalancerType === "network" ? 1 : 0];
            if (id === undefined) {
                throw new Error(`unsupported AWS Region: ${wanted}`);
            }
            return { id };
        },
        "aws:elb/getServiceAccount:getServiceAccount": ({ region }) => {
            const account = logAccounts[region];
            if (account === undefined) {
                throw new Error(`unsupported ELB Service Account Region (${region})`);
            }
            return { id: account, arn: `arn:aws:iam::${account}:root` };
        },
    },
};

function named(lookup: Lookup, kind: string): Values {
    const found = matching(lookup, kind);
    return theOnly(found, `Search returned ${found.length} results, please revise so only one is returned`);
}
