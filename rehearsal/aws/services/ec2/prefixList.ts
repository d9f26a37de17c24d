import { objects, text } from "../../account";
import { isKnown, isNetwork, ruleForms } from "../resource";
import { identified } from "./identified";

const { form, numbers, rule, unique } = ruleForms("InvalidParameterValue");

export const prefixList = identified("pl", "prefix-list", {
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
        rule("entries.cidr", (cidr, _, { addressFamily }) => {
            const family = addressFamily === "IPv6" ? "ipv6" : "ipv4";
            return typeof cidr === "string" && isKnown(addressFamily) && !isNetwork(cidr, family)
                ? `is "${cidr}"; a range of ${text(addressFamily)} that begins with its network address is needed.`
                : undefined;
        }),
    ],
    create: () => ({ id: "", version: 1 }),
    usedBy: [
        ["SecurityGroupIngressRule", "prefixListId"],
        ["SecurityGroupEgressRule", "prefixListId"],
        ...["prefixListIds", "ingress.prefixListIds", "egress.prefixListIds"].map((place) => ["any", place]),
    ].map(([kind = "", place = ""]) => [kind, place, "InvalidState", "The prefix list %s is in use."]),
});
