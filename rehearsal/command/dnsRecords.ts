import type { DnsRecord } from "../aws/account";
import { hostedZoneName } from "./hostedZones";
import { MistakeError } from "./mistake";

/**
 * Records at a DNS provider outside AWS, each written as name, type and value.
 * @throws MistakeError that lists every one that is not.
 */
export function readDnsRecords(given: readonly string[]): DnsRecord[] {
    const wrong = given.filter((each) => readDnsRecord(each) === undefined);
    if (wrong.length > 0) {
        throw new MistakeError(
            wrong
                .map(
                    (each) =>
                        `"${each}" is not a DNS record. Write its name, its type (CNAME, ALIAS or CAA) and its value, such as "www.example.org CNAME d111111abcdef8.cloudfront.net".`,
                )
                .join("\n"),
        );
    }
    return given.flatMap((each) => readDnsRecord(each) ?? []);
}

function readDnsRecord(given: string): DnsRecord | undefined {
    const [, name = "", type, value = ""] = /^\s*(\S+)\s+(CNAME|ALIAS|CAA)\s+(\S.*?)\s*$/.exec(given) ?? [];
    const isName = (text: string) => hostedZoneName(text.replace(/^\*\./, "")) !== undefined;
    if (!isName(name) || (type === "CAA" ? !/^\d+ \w+ "[^"]*"$/.test(value) : !isName(value))) {
        return undefined;
    }
    return { name: name.toLowerCase().replace(/\.$/, ""), type: type as DnsRecord["type"], value };
}
