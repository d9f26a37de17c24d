import type { DnsRecord } from "../aws/account";
import { hostedZoneName } from "./hostedZones";
import { readEach } from "./mistake";

/**
 * Records at a DNS provider outside AWS, each written as name, type and value.
 * @throws MistakeError that lists every one that is not.
 */
export function readDnsRecords(given: readonly string[]): DnsRecord[] {
    const form = `Write its name, its type (CNAME, ALIAS or CAA) and its value, such as "www.example.org CNAME d111111abcdef8.cloudfront.net".`;
    return readEach(given, readDnsRecord, (each) => `"${each}" is not a DNS record. ${form}`);
}

function readDnsRecord(given: string): DnsRecord | undefined {
    const [, name = "", type, value = ""] = /^\s*(\S+)\s+(CNAME|ALIAS|CAA)\s+(\S.*?)\s*$/.exec(given) ?? [];
    const isName = (text: string) => hostedZoneName(text.replace(/^\*\./, "")) !== undefined;
    if (!isName(name) || (type === "CAA" ? !/^\d+ \w+ "[^"]*"$/.test(value) : !isName(value))) {
        return undefined;
    }
    return { name: name.toLowerCase().replace(/\.$/, ""), type: type as DnsRecord["type"], value };
}
