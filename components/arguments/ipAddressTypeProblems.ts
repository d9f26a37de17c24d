import type { InnerProblem } from "../checks/index";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { asksForLogin } from "./loginSpecs";

/** What is wrong with the addresses of a load balancer beside the other arguments, each of which is right by itself. */
export function ipAddressTypeProblems(args: EncryptedEdgeArgs): InnerProblem[] {
    const { loadBalancerIpAddressType, loadBalancerScheme, nextLoadBalancer, existingLoadBalancer } = args;
    const type = loadBalancerIpAddressType ?? "ipv4";
    if (type === "ipv4") {
        return args.cloudFrontIpv6PrefixListId === undefined || args.cloudFrontIpv6PrefixListId === null
            ? []
            : [
                  [
                      "cloudFrontIpv6PrefixListId",
                      'is given, but CloudFront reaches the load balancer over IPv4 only. Leave it out, or write loadBalancerIpAddressType: "dualstack".',
                  ],
              ];
    }
    const problems: InnerProblem[] = [];
    if (existingLoadBalancer) {
        problems.push([
            "loadBalancerIpAddressType",
            `is "${type}", but the component does not change existingLoadBalancer, and CloudFront reaches it over IPv4. Leave it out.`,
        ]);
    } else if (loadBalancerScheme === "internal" && nextLoadBalancer?.scheme !== "internet-facing") {
        problems.push([
            "loadBalancerIpAddressType",
            `is "${type}", but CloudFront reaches an internal load balancer over private IPv4 addresses. Leave it out, or write loadBalancerScheme: "internet-facing".`,
        ]);
    }
    // Source: Elastic Load Balancing API reference, SetIpAddressType.
    if (type === "dualstack-without-public-ipv4" && (args.loginEnabled ?? asksForLogin({ ...args }))) {
        problems.push([
            "loadBalancerIpAddressType",
            `is "${type}", but a load balancer reaches identity providers over IPv4 only, so every login would end with status 500. Write "dualstack".`,
        ]);
    }
    return problems;
}
