import { managedRuleLabel } from "@encrypted-edge/common";
import { ruleGroupFacts } from "../aws/facts";
import type { SentRequest } from "./messages";
import { pathOf, queryOf } from "./urls";

/** A request as a web ACL sees it. */
export interface InspectedRequest extends SentRequest {
    /** The first bytes of the body, at most `inspectedBody`. */
    readonly body: Buffer;
}

/** Bytes of a body that AWS WAF looks at in front of CloudFront, unless the web ACL asks for more. */
export const inspectedBody = 16 * 1024;

type Test = (request: InspectedRequest) => boolean;

/** Where a rule looks, by the last part of its name. */
const places: Readonly<Record<string, (request: InspectedRequest) => string[]>> = {
    URIPATH: ({ url }) => decoded(pathOf(url)),
    QUERYSTRING: ({ url }) => decoded(queryOf(url)),
    QUERYARGUMENTS: ({ url }) => [...new URLSearchParams(queryOf(url))].flat(),
    BODY: ({ body }) => decoded(body.toString("latin1")),
    COOKIE: ({ headers }) => decoded(headers.cookie ?? ""),
    HEADER: ({ headers }) => Object.entries(headers).flatMap(([name, value]) => [name, ...[value ?? ""].flat()]),
};

/** Rules of one pattern at several places, named as AWS names them: `GenericLFI_BODY`. */
function at(family: string, pattern: RegExp, ...names: string[]): [string, Test][] {
    return names.map((place) => [
        `${family}_${place}`,
        (request) => (places[place]?.(request) ?? []).some((one) => pattern.test(one)),
    ]);
}

/** SQL injections of the textbook; AWS publishes none of its patterns. */
const sqlInjection =
    /['"]\s*or\s+['"]?(\w+)['"]?\s*=\s*['"]?\1|\bunion\s+(all\s+)?select\b|;\s*(drop|alter|truncate)\s+table\b/i;

/**
 * The part of AWS's managed rule groups that is published: sizes, the missing User-Agent, and the examples by which the
 * documentation explains each rule. AWS keeps the rest to itself, so passing these is no promise for the real groups.
 *
 * Sources:
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-use-case.html
 */
export const managedRuleGroups: Readonly<Record<string, ReadonlyMap<string, Test>>> = {
    AWSManagedRulesCommonRuleSet: new Map<string, Test>([
        ["NoUserAgent_HEADER", ({ headers }) => (headers["user-agent"] ?? "") === ""],
        ["UserAgent_BadBots_HEADER", ({ headers }) => /\b(nessus|nmap)\b/i.test(headers["user-agent"] ?? "")],
        ["SizeRestrictions_QUERYSTRING", ({ url }) => queryOf(url).length > 2048],
        ["SizeRestrictions_Cookie_HEADER", ({ headers }) => (headers.cookie ?? "").length > 10_240],
        ["SizeRestrictions_BODY", ({ body }) => body.length > 8192],
        ["SizeRestrictions_URIPATH", ({ url }) => pathOf(url).length > 1024],
        ...at("EC2MetaDataSSRF", /169\.254\.169\.254/, "BODY", "COOKIE", "URIPATH", "QUERYARGUMENTS"),
        ...at("GenericLFI", /(\.\.[\\/]){2}/, "QUERYARGUMENTS", "URIPATH", "BODY"),
        ...at("RestrictedExtensions", /\.(log|ini)$/i, "URIPATH", "QUERYARGUMENTS"),
        ...at("GenericRFI", /\b(https?|ftps?|file):\/\/\d{1,3}(\.\d{1,3}){3}\b/i, "QUERYARGUMENTS", "BODY", "URIPATH"),
        ...at("CrossSiteScripting", /<script[\s>]/i, "COOKIE", "QUERYARGUMENTS", "BODY", "URIPATH"),
    ]),
    AWSManagedRulesKnownBadInputsRuleSet: new Map<string, Test>([
        ...at(
            "JavaDeserializationRCE",
            /\(java\.lang\.Runtime\)\.getRuntime\(\)\.exec\(/,
            "HEADER",
            "BODY",
            "URIPATH",
            "QUERYSTRING",
        ),
        ["Host_localhost_HEADER", ({ host }) => host === "localhost"],
        ["PROPFIND_METHOD", ({ method }) => method === "PROPFIND"],
        ["ExploitablePaths_URIPATH", ({ url }) => /\/web-inf\b/i.test(pathOf(url))],
        ...at("Log4JRCE", /\$\{jndi:(ldaps?|rmi|dns):\/\//i, "HEADER", "QUERYSTRING", "BODY", "URIPATH"),
    ]),
    AWSManagedRulesSQLiRuleSet: new Map<string, Test>(
        at("SQLi", sqlInjection, "QUERYARGUMENTS", "BODY", "COOKIE", "URIPATH"),
    ),
};

/** The label that a rule of a group gives a request which it matches, whatever its action. */
export function labelOf(group: string, rule: string): string {
    return `awswaf:managed:aws:${ruleGroupFacts[group]?.label}:${managedRuleLabel(rule)}`;
}

/** Whether a label is given here. */
export function isGivenLabel(label: string): boolean {
    return Object.entries(managedRuleGroups).some(([group, rules]) =>
        [...rules.keys()].some((rule) => labelOf(group, rule) === label),
    );
}

/** A text as it was sent and, where that can be done, with its percent signs resolved. */
export function decoded(text: string): string[] {
    try {
        return [text, decodeURIComponent(text.replaceAll("+", " "))];
    } catch {
        return [text];
    }
}
