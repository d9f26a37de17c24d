import { PolicyPack } from "@pulumi/policy";

import { configurationProblems, problemList, unusedExemption } from "./configuration";
import { Policies, Wire } from "./engine";
import { rules } from "./rules";

const wire = new Wire(rules, (properties) => {
    const problems = configurationProblems(Object.fromEntries(properties), [...rules, unusedExemption]);
    return problems.length === 0 ? undefined : problemList("The policy configuration", problems);
});
wire.listen();

new PolicyPack("encrypted-edge", {
    displayName: "Encrypted edge",
    description:
        "CloudFront reaches its origins over HTTPS only, and nothing but CloudFront reaches the load balancer.",
    tags: ["aws", "cloudfront", "tls", "network"],
    policies: new Policies(rules, wire).list(),
});
