import { type AccountRecord, object, objects, text } from "../../account";
import { canonicalName } from "../acm";
import { isKnown, type Operation, type ResourceModel } from "../resource";
import { checkAlias, refuseChangeIf } from "./aliases";
import { kindOfPolicy, placeOf, recordRules } from "./recordRules";
import { isZonesOwn, locationsOf, recordsOf } from "./zones";

export const record: ResourceModel = {
    canonical: { name: canonicalName, zoneId: zoneIdOf },
    rules: recordRules,
    create(operation) {
        const { account, inputs } = operation;
        const parent = zoneOf(operation);
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
        refuseChangeIf(
            operation,
            existing !== undefined && inputs.allowOverwrite !== true,
            `Tried to create resource record set [name='${fqdn}.', type='${type}'] but it already exists`,
        );
        if (existing !== undefined) {
            account.delete(existing.type, existing.id);
        }
        checkRecord(operation, parent, fqdn);
        return { id, name, fqdn, zoneId: parent.id };
    },
    update(operation) {
        const { name, fqdn, zoneId } = operation.old.properties;
        checkRecord(operation, zoneOf(operation), text(fqdn));
        return { name, fqdn, zoneId };
    },
    delete(operation) {
        const { account, old } = operation;
        const parent = account.find("Zone", old.properties.zoneId);
        refuseChangeIf(
            operation,
            parent !== undefined && isZonesOwn(old, parent),
            "A HostedZone must contain at least one NS record for the zone itself.",
        );
    },
};

/** An id without the path that AWS's own answers put before it. Source: terraform-provider-aws, CleanZoneID. */
function zoneIdOf(id: string): string {
    return id.replace(/^\/hostedzone\//, "");
}

function zoneOf({ account, inputs: { zoneId }, refuse }: Operation): AccountRecord {
    return (
        account.find("Zone", zoneIdOf(text(zoneId))) ??
        refuse("NoSuchHostedZone", `No hosted zone found with ID: ${String(zoneId)}`)
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

function checkRecord(operation: Operation, parent: AccountRecord, fqdn: string): void {
    const { account, inputs, old } = operation;
    const type = text(inputs.type);
    const zoneName = text(parent.properties.name);
    const others = recordsOf(account, parent.id).filter(
        ({ id, properties }) => properties.fqdn === fqdn && id !== old?.id,
    );
    const twins = others.filter(({ properties }) => properties.type === type);
    const set = `RRSet of type ${type} with DNS name ${fqdn}.`;
    const tried = `Tried to create resource record set [name='${fqdn}.', type='${type}']`;
    const place = placeOf(inputs);
    for (const [wrong, message] of [
        [
            fqdn !== zoneName && !fqdn.endsWith(`.${zoneName}`),
            `RRSet with DNS name ${fqdn}. is not permitted in zone ${zoneName}.`,
        ],
        [type === "CNAME" && fqdn === zoneName, `${set} is not permitted at apex in zone ${zoneName}.`],
        [
            others.some(({ properties }) => (properties.type === "CNAME") !== (type === "CNAME")),
            `${set} is not permitted as it conflicts with other records with the same DNS name in zone ${zoneName}.`,
        ],
        [
            twins.some(({ properties }) => kindOfPolicy(properties) !== kindOfPolicy(inputs)),
            `${tried} but one with another routing policy exists with the same name and type`,
        ],
        [
            place !== undefined && twins.some(({ properties }) => placeOf(properties) === place),
            `${tried} but one exists for the same ${place?.trim()}`,
        ],
    ] as const) {
        refuseChangeIf(operation, wrong, message);
    }
    // Source: Route 53 developer guide, "IP-based routing": "*" is every other place.
    const { collectionId, locationName } = object(inputs.cidrRoutingPolicy);
    operation.refuseIf(
        isKnown(locationName) &&
            locationName !== "*" &&
            !locationsOf(account, collectionId).some(({ properties }) => properties.name === locationName),
        "NoSuchCidrLocationException",
        `The CIDR collection has no location of the name ${text(locationName)}`,
    );
    objects(inputs.aliases).forEach((alias) => checkAlias(operation, alias, parent, fqdn));
}
