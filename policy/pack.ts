import { PolicyPack } from "@pulumi/policy";

import { policies } from "./engine";
import { rules } from "./rules";

new PolicyPack("encrypted-edge", {
    displayName: "Encrypted edge",
    description:
        "CloudFront reaches its origins over HTTPS only, and nothing but CloudFront reaches the load balancer.",
    tags: ["aws", "cloudfront", "tls", "network"],
    policies: policies(rules, { areAlone: true }),
});
