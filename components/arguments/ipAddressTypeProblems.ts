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
                      'is given, but CloudFront comes by IPv4 alone. Leave it out, or write loadBalancerIpAddressType: "dualstack".',
                  ],
              ];
    }
    const problems: InnerProblem[] = [];
    if (existingLoadBalancer) {
        problems.push([
            "loadBalancerIpAddressType",
            `is "${type}", but the load balancer of existingLoadBalancer is not changed, and CloudFront reaches it by IPv4. Leave it out.`,
        ]);
    } else if (loadBalancerScheme === "internal" && nextLoadBalancer?.scheme !== "internet-facing") {
        problems.push([
            "loadBalancerIpAddressType",
            `is "${type}", but CloudFront reaches an internal load balancer by private addresses of IPv4. Leave it out, or write loadBalancerScheme: "internet-facing".`,
        ]);
    }
    // Source: Elastic Load Balancing API reference, SetIpAddressType.
    if (type === "dualstack-without-public-ipv4" && (args.loginEnabled ?? asksForLogin({ ...args }))) {
        problems.push([
            "loadBalancerIpAddressType",
            `is "${type}", but a load balancer asks identity providers by IPv4 alone, so that each login would end with status 500. Write "dualstack".`,
        ]);
    }
    return problems;
}
