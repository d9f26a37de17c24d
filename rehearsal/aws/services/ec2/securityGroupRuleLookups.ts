import { type Account, text, texts, objects } from "../../account";
import type { Values } from "../../../provider";
import { type Permission, rulesOf } from "./ipPermissions";
import { type Lookup, stable } from "../resource";

/** A rule with the id that AWS would give it, whichever resource holds it. */
interface IdentifiedRule extends Permission {
    readonly id: string;
    readonly groupId: string;
}

/** Look-ups of single rules of security groups. Source: EC2 API reference, DescribeSecurityGroupRules. */
export const securityGroupRuleLookups: Readonly<Record<string, (lookup: Lookup) => Values>> = {
    "aws:vpc/getSecurityGroupRules:getSecurityGroupRules": ({ account, region, args }) => ({
        id: region,
        ids: everyRule(account, region)
            .filter((rule) =>
                objects(args.filters).every(({ name, values }) => {
                    const own = { "group-id": rule.groupId, "security-group-rule-id": rule.id }[text(name)];
                    if (own === undefined) {
                        throw new Error(`The filter '${text(name)}' is invalid`);
                    }
                    return texts(values).includes(own);
                }),
            )
            .map(({ id }) => id)
            .sort(),
    }),
    "aws:vpc/getSecurityGroupRule:getSecurityGroupRule": ({ account, region, args }) => {
        const found = everyRule(account, region).find(({ id }) => id === args.securityGroupRuleId);
        if (found === undefined) {
            throw new Error("no matching EC2 Security Group Rule found");
        }
        const { id, groupId, direction, protocol, from, to, peer } = found;
        return {
            id,
            securityGroupRuleId: id,
            securityGroupId: groupId,
            isEgress: direction === "egress",
            ipProtocol: protocol,
            fromPort: from ?? -1,
            toPort: to ?? -1,
            prefixListId: peer.startsWith("pl-") ? peer : "",
            referencedSecurityGroupId: peer.startsWith("sg-") ? peer : "",
            cidrIpv4: /^[\d.]+\//.test(peer) ? peer : "",
            cidrIpv6: peer.includes(":") ? peer : "",
        };
    },
};

function everyRule(account: Account, region: string): IdentifiedRule[] {
    return account.all("SecurityGroup", region).flatMap((group) =>
        rulesOf(account, group).map((rule) => ({
            ...rule,
            groupId: group.id,
            id: `sgr-${stable(JSON.stringify([group.id, rule]), 17)}`,
        })),
    );
}
