import { objects, text } from "../../account";
import { isKnown, isNetwork, type ResourceModel, ruleForms } from "../resource";

const { rule } = ruleForms("InvalidParameterValue");

const wrongRange = (cidr: string, family: unknown) =>
    isNetwork(cidr, family === "IPv6" ? "ipv6" : "ipv4")
        ? undefined
        : `is "${cidr}"; a range of ${text(family)} that begins with its network address is needed.`;

export const prefixListEntry: ResourceModel = {
    create({ account, inputs, refuseIf }) {
        const { prefixListId: list, cidr } = inputs;
        const { addressFamily, entries, maxEntries } = account.find("ManagedPrefixList", list)?.properties ?? {};
        const wrong = wrongRange(text(cidr), addressFamily);
        refuseIf(wrong !== undefined, "InvalidParameterValue", `cidr ${wrong}`);
        const others = account
            .all("ManagedPrefixListEntry")
            .filter(({ properties }) => properties.prefixListId === list).length;
        refuseIf(
            objects(entries).length + others >= Number(maxEntries),
            "PrefixListMaxEntriesExceeded",
            `The prefix list ${text(list)} has ${Number(maxEntries)} entries at most.`,
        );
        return { id: `${text(list)},${text(cidr)}` };
    },
};

export const prefixList: ResourceModel = {
    rules: [
        rule("entries", (entries, { maxEntries }) =>
            isKnown(maxEntries) && objects(entries).length > Number(maxEntries)
                ? `has ${objects(entries).length} entries; "maxEntries" is ${Number(maxEntries)}.`
                : undefined,
        ),
        rule("entries.cidr", (cidr, _, { addressFamily }) =>
            typeof cidr === "string" && isKnown(addressFamily) ? wrongRange(cidr, addressFamily) : undefined,
        ),
    ],
    create: () => ({ version: 1 }),
};
