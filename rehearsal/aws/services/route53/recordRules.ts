import ipaddr from "ipaddr.js";
import { objects, text, texts } from "../../account";
import { constraintsOf, countries } from "../../constraints";
import { shown, unknownValue, type Values } from "../../../provider";
import { isKnown, type Rule, ruleForms } from "../resource";
import valueTable from "./recordValueTable.json";

const policies = `cidrRoutingPolicy failoverRoutingPolicies geolocationRoutingPolicies geoproximityRoutingPolicy
    latencyRoutingPolicies multivalueAnswerRoutingPolicy weightedRoutingPolicies`.split(/\s+/);

const strings = "strings of at most 255 characters each, split by quotes";

/** What the forms of values are made of. */
const pieces: Readonly<Record<string, string>> = {
    8: "0*(\\d{1,2}|1\\d\\d|2[0-4]\\d|25[0-5])",
    16: "0*(\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])",
    host: "(\\*\\.)?([\\w-]{1,63}\\.)*[\\w-]{1,63}\\.?",
    parameter:
        '((mandatory|alpn|port|ipv4hint|ech|ipv6hint|dohpath|tls-supported-groups)="?[^"\\s]+"?|no-default-alpn|ohttp|key\\d{1,5}(=.*)?)',
};

function valueForm(pattern: string): (value: string) => boolean {
    const whole = pattern
        .replace(/<hex(\d+)>/g, "([\\da-f] ?){$1}")
        .replace(/<(\w+)>/g, (_, piece: string) => pieces[piece] ?? "");
    const form = new RegExp(`^${whole}$`, "i");
    return (value) => form.test(value.trim().replace(/\s+/g, " "));
}

/** What values of a type look like. Source: Route 53 developer guide, "Supported DNS record types". */
const forms: Readonly<Record<string, readonly [form: (value: string) => boolean, words: string]>> = {
    ...Object.fromEntries(
        Object.entries(valueTable.values).map(([type, [pattern = "", words = ""]]) => [
            type,
            [valueForm(pattern), words],
        ]),
    ),
    A: [(value) => ipaddr.IPv4.isValidFourPartDecimal(value), "an address of IPv4"],
    AAAA: [(value) => value.includes(":") && ipaddr.IPv6.isValid(value), "an address of IPv6"],
    SPF: [fitsTxt, strings],
    TXT: [fitsTxt, strings],
};

/** The provider puts quotes around a text that has none. */
function fitsTxt(value: string): boolean {
    const quotes = value.replace(/\\./g, "").replace(/[^"]/g, "").length;
    return quotes % 2 === 0 && value.split(/"\s*"/).every((part) => part.replace(/^"|"$/g, "").length <= 255);
}

/** Whether the labels of a name are of 1 to 63 characters. Source: Route 53 developer guide, "DNS domain name format". */
export function hasLabels(name: string): boolean {
    const labels = name
        .replace(/\.$/, "")
        .replace(/\\\d{3}/g, "x")
        .split(".");
    return name === "" || (labels.join(".").length <= 255 && labels.every((label) => /^[^\s]{1,63}$/.test(label)));
}

/** The regions that Route 53 knows, as its API lists them. */
const regions = constraintsOf("aws:route53/zone:Zone")["vpcs.vpcRegion"]?.values ?? [];

const { form, rule } = ruleForms("InvalidChangeBatch");

/** What joins the properties of a record. Sources: Route 53 API reference, ResourceRecordSet; the provider. */
export const recordRules: readonly Rule[] = [
    { atMostOne: policies },
    rule("setIdentifier", (identifier, record) => {
        const policy = policyOf(record);
        return policy !== undefined && identifier === undefined
            ? `is missing, which "${policy}" needs. Give each record of the set one of its own.`
            : policy === undefined && isKnown(identifier)
              ? `goes with a routing policy only: one of ${policies.join(", ")}.`
              : undefined;
    }),
    form("name", hasLabels, "names whose labels have 1 to 63 characters each"),
    rule("records", (records, { type }) => {
        const [fits, words] = forms[text(type)] ?? [];
        const wrong = texts(records).find((value) => value !== unknownValue && fits?.(value) === false);
        return wrong === undefined ? undefined : `has ${shown(wrong)}; the type ${text(type)} needs ${words}.`;
    }),
    ...["latencyRoutingPolicies.region", "geoproximityRoutingPolicy.awsRegion"].map((place) =>
        form(place, (region) => regions.includes(region), "regions of AWS"),
    ),
    form(
        "geolocationRoutingPolicies.country",
        (code) => code === "*" || countries.includes(code),
        "codes of ISO 3166-1 in capitals, and *",
    ),
];

function policyOf(record: Values): string | undefined {
    return policies.find((name) => record[name] !== undefined && record[name] !== false);
}

/** What no two records of one name and type have in common: the region, the place, the part of a failover. */
export function placeOf(record: Values): string | undefined {
    const [chosen] = ["failoverRoutingPolicies", "geolocationRoutingPolicies", "latencyRoutingPolicies"].flatMap(
        (name) => objects(record[name]),
    );
    return (
        chosen && ["type", "region", "continent", "country", "subdivision"].map((name) => text(chosen[name])).join(" ")
    );
}

/** Whether two records of one name and type may be side by side: both with the same kind of policy. */
export function kindOfPolicy(record: Values): string {
    return policyOf(record) ?? "simple";
}
