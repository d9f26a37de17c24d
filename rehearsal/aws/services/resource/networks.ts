import ipaddr from "ipaddr.js";

/** Whether a text is one address: of IPv4 in four decimal parts, or of IPv6. */
export function isAddress(text: string): boolean {
    return ipaddr.isValid(text) && /^\d+(\.\d+){3}$|:/.test(text);
}

/**
 * The range that begins with the network address of another one: 10.0.0.0/8 of 10.1.2.3/8.
 * @returns undefined where the text is no range.
 */
export function networkOf(range: string): string | undefined {
    if (!ipaddr.isValidCIDR(range) || !/^\d+(\.\d+){3}\/|:/.test(range)) {
        return undefined;
    }
    const family = range.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
    return `${family.networkAddressFromCIDR(range).toString()}/${ipaddr.parseCIDR(range)[1]}`;
}

/** Whether a text is a range with no bits set behind its prefix, of one family where one is given. */
export function isNetwork(range: string, family?: "ipv4" | "ipv6"): boolean {
    const network = networkOf(range);
    if (network === undefined || (family !== undefined && family !== (range.includes(":") ? "ipv6" : "ipv4"))) {
        return false;
    }
    return network.startsWith(`${ipaddr.parseCIDR(range)[0].toString()}/`);
}
