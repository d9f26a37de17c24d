import * as ipaddr from "ipaddr.js";
import type { InnerProblem } from "./argumentSpec";
import { isDeferred, itemProblems, listOf, listProblem, plainValueNeeded, shown } from "./valueProblems";

const example = "192.0.2.0/24";

/** Ranges of addresses as an IP set of AWS WAF holds them. */
export function addressesProblems(addresses: unknown): string | readonly InnerProblem[] {
    const count = listOf(addresses)?.length ?? 0;
    const crowd: InnerProblem[] =
        count > 10_000 ? [["", `has ${count} ranges; an IP set holds at most 10000. Write wider ranges.`]] : [];
    return listProblem(addresses, example) ?? [...crowd, ...itemProblems(addresses, addressProblem)];
}

/** The only ranges from which viewers may come: one family alone would shut out everybody who uses the other. */
export function allowedAddressesProblems(addresses: unknown): string | readonly InnerProblem[] {
    const problems = addressesProblems(addresses);
    const list = listOf(addresses) ?? [];
    if (problems.length > 0 || list.length === 0) {
        return problems;
    }
    const isIpv6 = (range: unknown) => String(range).includes(":");
    if (!list.some(isIpv6)) {
        return 'has no IPv6 range, but viewers reach the site over IPv6 too, and all of them would be blocked. Add their ranges, or "100::/64", which nobody uses.';
    }
    return list.every(isIpv6)
        ? 'has no IPv4 range, but viewers reach the site over IPv4 too, and all of them would be blocked. Add their ranges, or "192.0.2.0/24", which nobody uses.'
        : [];
}

function addressProblem(range: unknown): string | undefined {
    if (isDeferred(range)) {
        return plainValueNeeded;
    }
    if (typeof range !== "string") {
        return `is ${shown(range)}; a range of addresses is needed. Write, for example, "${example}".`;
    }
    if (ipaddr.isValid(range) && !range.includes("/")) {
        return `is ${shown(range)}; a range ends in a slash and a length. Write "${range}/${range.includes(":") ? 128 : 32}".`;
    }
    if (!ipaddr.isValidCIDR(range)) {
        return `is ${shown(range)}; that is not a range of IPv4 or IPv6 addresses. Write, for example, "${example}".`;
    }
    const [address, length] = ipaddr.parseCIDR(range);
    if (length === 0) {
        return `is ${shown(range)}, which is every address; AWS WAF does not accept /0. Leave the list out, or write narrower ranges.`;
    }
    const first =
        address.kind() === "ipv4"
            ? ipaddr.IPv4.networkAddressFromCIDR(range)
            : ipaddr.IPv6.networkAddressFromCIDR(range);
    return first.toNormalizedString() === address.toNormalizedString()
        ? undefined
        : `is ${shown(range)}, an address inside the range. Write "${first.toString()}/${length}", or "${address.toString()}/${address.kind() === "ipv4" ? 32 : 128}" for the one address.`;
}
