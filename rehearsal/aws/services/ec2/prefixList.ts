import { objects, text } from "../../account";
import { isKnown, isNetwork, type ResourceModel, ruleForms } from "../resource";
import { existing } from "./existing";

const { form, numbers, rule, unique } = ruleForms("InvalidParameterValue");

const wrongRange = (cidr: string, family: unknown) =>
    isNetwork(cidr, family === "IPv6" ? "ipv6" : "ipv4")
        ? undefined
        : `is "${cidr}"; a range of ${text(family)} that begins with its network address is needed.`;

/** Source: EC2 API reference, ModifyManagedPrefixList. */
export const prefixListEntry: ResourceModel = {
    calls: { create: "ModifyManagedPrefixList" },
    requires: [existing("prefixListId", "ManagedPrefixList")],
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
    autoName: { maximum: 255 },
    // Sources: VPC user guide, "Customer-managed prefix lists"; EC2 API reference, CreateManagedPrefixList.
    rules: [
        rule("entries", (entries, { maxEntries }) =>
            isKnown(maxEntries) && objects(entries).length > Number(maxEntries)
                ? `has ${objects(entries).length} entries; "maxEntries" is ${Number(maxEntries)}.`
                : undefined,
        ),
        numbers("maxEntries", [[1, 1000]]),
        unique("entries", "cidr"),
        form("name", /^(?!com\.amazonaws)[^]{1,255}$/, 'up to 255 characters that do not begin with "com.amazonaws"'),
        rule("entries.cidr", (cidr, _, { addressFamily }) =>
            typeof cidr === "string" && isKnown(addressFamily) ? wrongRange(cidr, addressFamily) : undefined,
        ),
    ],
    create: () => ({ version: 1 }),
    usedBy: [
        ["SecurityGroupIngressRule", "prefixListId"],
        ["SecurityGroupEgressRule", "prefixListId"],
        ...["prefixListIds", "ingress.prefixListIds", "egress.prefixListIds"].map((place) => ["any", place]),
    ].map(([kind = "", place = ""]) => [kind, place, "InvalidState", "The prefix list %s is in use."]),
};
