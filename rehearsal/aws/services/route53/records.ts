import { type Account, type AccountRecord, object, objects, text, texts } from "../../account";
import { canonicalName } from "../acm";
import { type Operation, refusals, type ResourceModel } from "../resource";
import { checkAlias, refuseChange } from "./aliases";
import { kindOfPolicy, placeOf, recordRules, valueProblem } from "./recordRules";
import { isZonesOwn, recordsOf } from "./zones";

const refuse = refusals("Route 53");

export const record: ResourceModel = {
    autoName: false,
    // Type and set identifier are changed in one batch that deletes the old record.
    replaceOn: ["name", "zoneId"],
    canonical: { name: canonicalName },
    sets: ["records"],
    rules: recordRules,
    check(inputs, report) {
        const { aliases, records, ttl } = inputs;
        if (aliases === undefined && records === undefined) {
            report("records", 'One of "records" and "aliases" must be given; there is none.');
        }
        if (aliases !== undefined && (records !== undefined || ttl !== undefined)) {
            report(
                records === undefined ? "ttl" : "records",
                'conflicts with "aliases": an alias takes its answers and its time to live from its target. Give one of the two.',
            );
        }
        if (records !== undefined && ttl === undefined) {
            report(
                "ttl",
                'Missing required property "ttl" of a record that is no alias. Give it seconds, such as 300.',
            );
        }
    },
    create(operation) {
        const { account, inputs } = operation;
        const parent = zoneOf(account, inputs.zoneId);
        const fqdn = expanded(text(inputs.name), text(parent.properties.name));
        const type = text(inputs.type);
        const identifier = text(inputs.setIdentifier);
        // What the id is made of stays as the program wrote it, but for the dot. Source: the official provider.
        const name = canonicalName(text(inputs.name));
        const id = [parent.id, name, type, ...(identifier === "" ? [] : [identifier])].join("_");
        const existing = recordsOf(account, parent.id).find(
            ({ properties }) =>
                properties.fqdn === fqdn && properties.type === type && text(properties.setIdentifier) === identifier,
        );
        if (existing !== undefined && inputs.allowOverwrite !== true) {
            refuseChange(`Tried to create resource record set [name='${fqdn}.', type='${type}'] but it already exists`);
        }
        if (existing !== undefined) {
            account.delete(existing.type, existing.id);
        }
        checkRecord(operation, parent, fqdn, type);
        return { id, name, fqdn };
    },
    update(operation) {
        const parent = zoneOf(operation.account, operation.inputs.zoneId);
        checkRecord(operation, parent, text(operation.old.properties.fqdn), text(operation.inputs.type));
        return { name: operation.old.properties.name, fqdn: operation.old.properties.fqdn };
    },
    delete({ account, old }) {
        const parent = account.find("Zone", old.properties.zoneId);
        if (parent !== undefined && isZonesOwn(old, parent)) {
            refuseChange(`A HostedZone must contain at least one NS record for the zone itself.`);
        }
    },
};

function zoneOf(account: Account, id: unknown): AccountRecord {
    const found = account.all("Zone").find((candidate) => candidate.id === id);
    return (
        found ??
        refuse("ChangeResourceRecordSets", "NoSuchHostedZone", `No hosted zone found with ID: ${String(id)}`, 404)
    );
}

/** The official provider completes names: `www` in the zone example.com is www.example.com. */
function expanded(name: string, zoneName: string): string {
    const plain = canonicalName(name);
    if (plain === "") {
        return zoneName;
    }
    return plain === zoneName || plain.endsWith(`.${zoneName}`) || name.endsWith(".") ? plain : `${plain}.${zoneName}`;
}

function checkRecord({ account, inputs, old }: Operation, parent: AccountRecord, fqdn: string, type: string): void {
    const zoneName = text(parent.properties.name);
    if (fqdn !== zoneName && !fqdn.endsWith(`.${zoneName}`)) {
        refuseChange(`RRSet with DNS name ${fqdn}. is not permitted in zone ${zoneName}.`);
    }
    const others = recordsOf(account, parent.id).filter(
        ({ id, properties }) => properties.fqdn === fqdn && id !== old?.id,
    );
    if (type === "CNAME" && fqdn === zoneName) {
        refuseChange(`RRSet of type CNAME with DNS name ${fqdn}. is not permitted at apex in zone ${zoneName}.`);
    }
    if (others.some(({ properties }) => (properties.type === "CNAME") !== (type === "CNAME"))) {
        refuseChange(
            `RRSet of type ${type} with DNS name ${fqdn}. is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName}.`,
        );
    }
    if (
        others.some(({ properties }) => properties.type === type && kindOfPolicy(properties) !== kindOfPolicy(inputs))
    ) {
        refuseChange(
            `Tried to create resource record set [name='${fqdn}.', type='${type}'] but one with another routing policy exists with the same name and type`,
        );
    }
    const place = placeOf(inputs);
    if (
        place !== undefined &&
        others.some(({ properties }) => properties.type === type && placeOf(properties) === place)
    ) {
        refuseChange(
            `Tried to create resource record set [name='${fqdn}.', type='${type}'] but one exists for the same ${place.trim()}`,
        );
    }
    const collection = text(object(inputs.cidrRoutingPolicy).collectionId);
    if (collection !== "" && account.find("CidrCollection", collection) === undefined) {
        refuse(
            "ChangeResourceRecordSets",
            "NoSuchCidrCollectionException",
            `No CIDR collection found with ID: ${collection}`,
            404,
        );
    }
    for (const value of texts(inputs.records)) {
        const wanted = valueProblem(type, value);
        if (wanted !== undefined) {
            const family =
                {
                    A: "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)",
                    AAAA: "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)",
                }[type] ?? `${type}RRDATAIllegal (${wanted} is needed)`;
            refuseChange(`Invalid Resource Record: 'FATAL problem: ${family} encountered with '${value}''`);
        }
    }
    const check = text(inputs.healthCheckId);
    if (check !== "" && account.find("HealthCheck", check) === undefined) {
        refuse(
            "ChangeResourceRecordSets",
            "NoSuchHealthCheck",
            `No health check exists with the specified ID: ${check}`,
            404,
        );
    }
    for (const alias of objects(inputs.aliases)) {
        checkAlias(account, alias, parent, fqdn, type);
    }
}
