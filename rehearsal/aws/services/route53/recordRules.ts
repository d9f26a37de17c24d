import ipaddr from "ipaddr.js";
import { objects, text, texts } from "../../account";
import { constraintsOf, countries } from "../../constraints";
import { shown, unknownValue, type Values } from "../../../provider";
import { isKnown, type Rule, ruleForms } from "../resource";

const policies = `cidrRoutingPolicy failoverRoutingPolicies geolocationRoutingPolicies geoproximityRoutingPolicy
    latencyRoutingPolicies multivalueAnswerRoutingPolicy weightedRoutingPolicies`.split(/\s+/);

const name = /^(\*\.)?([\w-]{1,63}\.)*[\w-]{1,63}\.?$/;
const number = (text: string | undefined, most: number) => /^\d+$/.test(text ?? "") && Number(text) <= most;
const numbered = (value: string, count: number, rest: RegExp, most = 65535) => {
    const parts = value.trim().split(/\s+/);
    return parts.slice(0, count).every((part) => number(part, most)) && rest.test(parts.slice(count).join(" "));
};
const strings = "strings of at most 255 characters each, split by quotes";

/** What values of a type look like. Source: Route 53 developer guide, "Supported DNS record types". */
const forms: Readonly<Record<string, readonly [form: (value: string) => boolean, words: string]>> = {
    A: [(value) => ipaddr.IPv4.isValidFourPartDecimal(value), "an address of IPv4"],
    AAAA: [(value) => value.includes(":") && ipaddr.IPv6.isValid(value), "an address of IPv6"],
    CAA: [
        (value) => numbered(value, 1, /^(issue|issuewild|iodef|issuemail) "[^"]*"$/, 255),
        'flags, a tag and a value in quotes, such as 0 issue "amazon.com"',
    ],
    CNAME: [(value) => name.test(value), "the name of a host"],
    DS: [(value) => numbered(value, 3, /^[\da-f ]+$/i), "a key tag, two numbers and a digest"],
    HTTPS: [(value) => numbered(value, 1, /^\S+( .+)?$/), "a priority, a name and parameters, such as 1 . alpn=h2"],
    MX: [(value) => numbered(value, 1, /^\S+$/), "a priority and a name, such as 10 mail.example.com"],
    NAPTR: [
        (value) => numbered(value, 2, /^("[^"]*" ){3}\S+$/),
        "order, preference, three strings in quotes and a name",
    ],
    NS: [(value) => name.test(value), "the name of a server"],
    PTR: [(value) => name.test(value), "the name of a host"],
    SPF: [fitsTxt, strings],
    SRV: [(value) => numbered(value, 3, /^\S+$/), "priority, weight, port and name, such as 1 10 5060 sip.example.com"],
    SSHFP: [(value) => numbered(value, 2, /^[\da-f ]+$/i, 255), "two numbers and a fingerprint"],
    SVCB: [(value) => numbered(value, 1, /^\S+( .+)?$/), "a priority, a name and parameters"],
    TLSA: [(value) => numbered(value, 3, /^[\da-f ]+$/i, 255), "three numbers and a certificate's digest"],
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
    rule("records", (records, { type }) =>
        type === "CNAME" && texts(records).length > 1
            ? `has ${texts(records).length} values; a CNAME has one.`
            : undefined,
    ),
    // Source: Route 53 API reference, Coordinates.
    ...Object.entries({ latitude: 90, longitude: 180 }).map(([name, most]) =>
        form(
            `geoproximityRoutingPolicy.coordinates.${name}`,
            (degrees) => /^[-+]?\d{1,3}(\.\d{0,2})?$/.test(degrees) && Math.abs(Number(degrees)) <= most,
            `degrees from -${most} to ${most} with two decimals at most`,
        ),
    ),
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
