import { PolicyPack } from "@pulumi/policy";

import { policies } from "./engine";
import { rules } from "./rules";

let judged: () => void = () => undefined;

/**
 * @param call is called from now on whenever the engine has had a stack judged, in place of what was given before:
 * by then V8 has compiled what the rules run
 */
export function afterStack(call: () => void): void {
    judged = call;
}

new PolicyPack("encrypted-edge", {
    displayName: "Encrypted edge",
    description:
        "CloudFront reaches its origins over HTTPS only, and nothing but CloudFront reaches the load balancer.",
    tags: ["aws", "cloudfront", "tls", "network"],
    policies: policies(rules, { areAlone: true, afterStack: () => judged() }),
});
