import { BlockList, isIPv6 } from "node:net";
import type { Conclusion } from "./probe";

/** Ranges to which the internet has no way. Sources: RFC 1918, RFC 6598 (100.64.0.0/10), RFC 4193 (fc00::/7). */
const ranges = new BlockList();
ranges.addSubnet("10.0.0.0", 8, "ipv4");
ranges.addSubnet("172.16.0.0", 12, "ipv4");
ranges.addSubnet("192.168.0.0", 16, "ipv4");
ranges.addSubnet("100.64.0.0", 10, "ipv4");
ranges.addSubnet("fc00::", 7, "ipv6");

/** Whether nobody on the internet can reach the address, wherever they are. */
export function isPrivateAddress(address: string): boolean {
    return ranges.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}

/** Whether a load balancer is closed at a private address, from what came of a connection there. */
export function judgePrivate(address: string, notReached: Error | undefined): Conclusion {
    // Whoever is in a network with the same addresses may meet a neighbour there.
    return notReached === undefined
        ? {
              verdict: "cannot tell",
              seen: `${address} is a private address, and something answers there, in this machine's own network or in the load balancer's: ask from elsewhere`,
          }
        : {
              verdict: "pass",
              seen: `${address} is a private address, to which the internet has no way; nothing answered from here (${notReached.message})`,
          };
}
