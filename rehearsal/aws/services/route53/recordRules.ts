import ipaddr from "ipaddr.js";
import { objects, texts } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { isKnown, type Rule } from "../resource";

const policies = [
    "cidrRoutingPolicy",
    "failoverRoutingPolicies",
    "geolocationRoutingPolicies",
    "geoproximityRoutingPolicy",
    "latencyRoutingPolicies",
    "multivalueAnswerRoutingPolicy",
    "weightedRoutingPolicies",
];

const name = /^(\*\.)?([\w-]{1,63}\.)*[\w-]{1,63}\.?$/;
const number = (text: string | undefined, most: number) => /^\d+$/.test(text ?? "") && Number(text) <= most;

/** What values of a type look like. Source: Route 53 developer guide, "Supported DNS record types". */
const forms: Readonly<Record<string, readonly [form: (value: string) => boolean, words: string]>> = {
    A: [(value) => ipaddr.IPv4.isValidFourPartDecimal(value), "an address of IPv4"],
    AAAA: [(value) => value.includes(":") && ipaddr.IPv6.isValid(value), "an address of IPv6"],
    CAA: [
        (value) => /^\d+ (issue|issuewild|iodef|issuemail) "[^"]*"$/.test(value) && number(value.split(" ")[0], 255),
        'flags, a tag and a value in quotes, such as 0 issue "amazon.com"',
    ],
    CNAME: [(value) => name.test(value), "the name of a host"],
    MX: [
        (value) => /^\d+ \S+$/.test(value) && number(value.split(" ")[0], 65535),
        "a priority and a name, such as 10 mail.example.com",
    ],
    NS: [(value) => name.test(value), "the name of a server"],
    PTR: [(value) => name.test(value), "the name of a host"],
    SRV: [
        (value) => {
            const [priority, weight, port, host, ...more] = value.split(" ");
            return (
                number(priority, 65535) &&
                number(weight, 65535) &&
                number(port, 65535) &&
                host !== undefined &&
                more.length === 0
            );
        },
        "priority, weight, port and name, such as 1 10 5060 sip.example.com",
    ],
    TXT: [fitsTxt, "strings of at most 255 characters each, split by quotes"],
    SPF: [fitsTxt, "strings of at most 255 characters each, split by quotes"],
};

/** The provider puts quotes around a text that has none. */
function fitsTxt(value: string): boolean {
    return value.split(/"\s*"/).every((part) => part.replace(/^"|"$/g, "").length <= 255);
}

/** What is wrong with a value of a record; undefined where nothing is. */
export function valueProblem(type: string, value: string): string | undefined {
    const [form, words] = forms[type] ?? [];
    return form === undefined || value === unknownValue || form(value) ? undefined : words;
}

/** What joins the properties of a record. Sources: Route 53 API reference, ResourceRecordSet; the provider. */
export const recordRules: readonly Rule[] = [
    { atMostOne: policies },
    {
        wrong: (record) => {
            const policy = policies.find((name) => record[name] !== undefined && record[name] !== false);
            return policy !== undefined && record.setIdentifier === undefined
                ? ["setIdentifier", `is missing, which "${policy}" needs. Give each record of the set one of its own.`]
                : policy === undefined && isKnown(record.setIdentifier)
                  ? ["setIdentifier", `goes with a routing policy only: one of ${policies.join(", ")}.`]
                  : undefined;
        },
    },
    {
        code: "InvalidChangeBatch",
        wrong: ({ ttl }) =>
            typeof ttl === "number" && (!Number.isInteger(ttl) || ttl < 0 || ttl > 2147483647)
                ? ["ttl", `is ${ttl}; AWS allows whole seconds from 0 to 2147483647.`]
                : undefined,
    },
    {
        code: "InvalidChangeBatch",
        wrong: ({ type, records }) => {
            const values = texts(records);
            const twice = values.find((value, index) => value !== unknownValue && values.indexOf(value) < index);
            return Array.isArray(records) && records.length === 0
                ? ["records", "is empty. Give it one value at least."]
                : type === "CNAME" && values.length > 1
                  ? ["records", `has ${values.length} values; a CNAME has one.`]
                  : twice !== undefined
                    ? ["records", `has ${twice} twice.`]
                    : undefined;
        },
    },
    {
        code: "InvalidChangeBatch",
        wrong: ({ aliases, multivalueAnswerRoutingPolicy: multivalue }) =>
            multivalue === true && objects(aliases).length > 0
                ? ["multivalueAnswerRoutingPolicy", "goes with no alias."]
                : undefined,
    },
    {
        wrong: ({ aliases }) =>
            objects(aliases).length > 1
                ? ["aliases", `has ${objects(aliases).length} targets; a record has one.`]
                : undefined,
    },
    {
        at: "weightedRoutingPolicies",
        code: "InvalidChangeBatch",
        wrong: ({ weight }) =>
            typeof weight === "number" && (weight < 0 || weight > 255)
                ? ["weight", `is ${weight}; AWS allows 0 to 255.`]
                : undefined,
    },
    { at: "failoverRoutingPolicies", form: ["type", /^(PRIMARY|SECONDARY)$/, "PRIMARY and SECONDARY"] },
    {
        at: "geolocationRoutingPolicies",
        form: ["continent", /^(AF|AN|AS|EU|OC|NA|SA)$/, "AF, AN, AS, EU, OC, NA and SA"],
    },
    { at: "geolocationRoutingPolicies", form: ["country", /^([A-Z]{2}|\*)$/, "codes of two capitals, and *"] },
];

/** Whether two records of one name and type may be side by side: both with the same kind of policy. */
export function kindOfPolicy(record: Values): string {
    return policies.find((name) => record[name] !== undefined && record[name] !== false) ?? "simple";
}
