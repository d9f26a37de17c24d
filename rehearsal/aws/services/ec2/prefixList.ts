import { objects, text, texts } from "../../account";
import { doubled, isKnown, isNetwork, pluck, refusals } from "../resource";
import { identified } from "./identified";

const refuse = refusals("EC2");

export const prefixList = identified("pl", "prefix-list", {
    autoName: { maximum: 255 },
    replaceOn: ["addressFamily"],
    // Sources: VPC user guide, "Customer-managed prefix lists"; EC2 API reference, CreateManagedPrefixList.
    rules: [
        {
            code: "PrefixListMaxEntriesExceeded",
            wrong: ({ entries, maxEntries }) =>
                isKnown(maxEntries) && objects(entries).length > Number(maxEntries)
                    ? ["entries", `has ${objects(entries).length} entries; "maxEntries" is ${Number(maxEntries)}.`]
                    : undefined,
        },
        {
            wrong: ({ maxEntries }) =>
                typeof maxEntries === "number" && (maxEntries < 1 || maxEntries > 1000)
                    ? ["maxEntries", `is ${maxEntries}; AWS allows 1 to 1000.`]
                    : undefined,
        },
        {
            code: "InvalidParameterValue",
            wrong: ({ entries }) => {
                const twice = doubled(pluck(entries, "cidr"));
                return twice === undefined ? undefined : ["entries", `has ${text(twice)} twice.`];
            },
        },
        {
            at: "entries",
            code: "InvalidParameterValue",
            wrong: ({ cidr }, { addressFamily }) => {
                const family = addressFamily === "IPv6" ? "ipv6" : "ipv4";
                return typeof cidr === "string" && isKnown(cidr) && isKnown(addressFamily) && !isNetwork(cidr, family)
                    ? [
                          "cidr",
                          `is "${cidr}"; a range of ${text(addressFamily)} that begins with its network address is needed.`,
                      ]
                    : undefined;
            },
        },
    ],
    create: () => ({ id: "", version: 1 }),
    delete({ account, old }) {
        const used = account
            .list()
            .some(
                ({ properties }) =>
                    (properties.prefixListId === old.id && properties.securityGroupId !== undefined) ||
                    texts(properties.prefixListIds).includes(old.id),
            );
        if (used) {
            refuse("DeleteManagedPrefixList", "InvalidState", `The prefix list ${old.id} is in use.`);
        }
    },
});
