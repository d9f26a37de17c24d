import { domainToASCII } from "node:url";
import { shown } from "./valueProblems";

const longestName = 253;
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * Says what is wrong with a DNS name, and what to write instead; undefined when nothing is.
 *
 * Sources: RFC 1035 section 2.3.4 (63 octets a label, 253 visible characters a name) and the ACM user guide
 * (letters, digits and hyphens only; a wildcard stands alone in the leftmost label).
 */
export function domainNameProblem(domainName: string, wildcard: "wildcardAllowed" | "noWildcard"): string | undefined {
    if (domainName === "") {
        return 'is empty; a DNS name is needed. Write, for example, "www.example.com".';
    }
    const spelling = canonicalSpelling(domainName);
    if (spelling !== undefined) {
        return `is ${shown(domainName)}; a DNS name is written in lower-case letters, digits, hyphens and dots. Write "${spelling}".`;
    }
    if (domainName.length > longestName) {
        return `has ${domainName.length} characters; a DNS name has at most ${longestName}. Write a shorter name.`;
    }
    const labels = domainName.split(".");
    if (labels[0] === "*") {
        if (wildcard === "noWildcard") {
            return `is ${shown(domainName)}; a wildcard cannot be used here. Write one full name, for example "${["origin", ...labels.slice(1)].join(".")}".`;
        }
        labels.shift();
    }
    if (labels.length < 2) {
        return `is ${shown(domainName)}; a name needs at least two labels. Write, for example, "www.example.com".`;
    }
    const wrong = labels.find((candidate) => !label.test(candidate));
    if (wrong !== undefined) {
        return (
            `is ${shown(domainName)}; its label ${shown(wrong)} is not a DNS label: 1 to 63 lower-case letters, digits and hyphens, ` +
            "no hyphen at either end, and a wildcard only as the whole first label. Write a legal name."
        );
    }
    return undefined;
}

/** The name as DNS spells it, when the writer meant a legal name but spelt it otherwise. */
function canonicalSpelling(domainName: string): string | undefined {
    const host = domainName
        .trim()
        .replace(/^https?:\/\//i, "")
        .replace(/\/.*$/s, "")
        .replace(/:\d+$/, "")
        .replace(/\.$/, "");
    const [first = "", ...rest] = host.split(".");
    const spelling = first === "*" ? `*.${domainToASCII(rest.join("."))}` : domainToASCII(host);
    const labels = validationName(spelling).split(".");
    const legal = labels.length >= 2 && labels.every((candidate) => label.test(candidate));
    return legal && spelling !== domainName ? spelling : undefined;
}

/** Whether the name is the zone's own name or lies below it. */
export function isInZone(domainName: string, zoneName: string): boolean {
    return domainName === zoneName || domainName.endsWith(`.${zoneName}`);
}

/**
 * The name under which ACM validates a domain name: `example.com` and `*.example.com` share one DNS record.
 *
 * Source: ACM user guide, "DNS validation".
 */
export function validationName(domainName: string): string {
    return domainName.replace(/^\*\./, "");
}

/** The distinct validation names of a list, in the order of their first appearance. */
export function validationNames(domainNames: string[]): string[] {
    return [...new Set(domainNames.map(validationName))];
}
