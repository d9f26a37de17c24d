import { type Account, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { refusals } from "../resource";
import { recordsOf } from "./zones";

const { refuseIf } = refusals("Route 53", "ListResourceRecordSets");

/** The records of a zone, or those whose names match. Source: terraform-provider-aws, records_data_source.go. */
export function findRecords(account: Account, { zoneId, nameRegex }: Values): Values {
    refuseIf(
        account.find("Zone", zoneId) === undefined,
        "NoSuchHostedZone",
        `No hosted zone found with ID: ${text(zoneId)}`,
    );
    const pattern = new RegExp(text(nameRegex));
    const sets = recordsOf(account, text(zoneId)).map(({ properties }) => {
        const [alias] = objects(properties.aliases);
        const aliasTarget = alias && {
            dnsName: `${text(alias.name).replace(/\.$/, "")}.`,
            evaluateTargetHealth: alias.evaluateTargetHealth === true,
            hostedZoneId: text(alias.zoneId),
        };
        return {
            // AWS writes an asterisk by its number, and a dot behind each name.
            name: `${text(properties.fqdn).replace("*", "\\052")}.`,
            type: text(properties.type),
            setIdentifier: text(properties.setIdentifier),
            ttl: Number(properties.ttl ?? 0),
            resourceRecords: texts(properties.records).map((value) => ({ value })),
            aliasTarget,
        };
    });
    return { zoneId, nameRegex, resourceRecordSets: sets.filter(({ name }) => pattern.test(name)) };
}
