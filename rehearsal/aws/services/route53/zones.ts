import { type Account, type AccountRecord, hostedZone, isPrivateZone, object, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { canonicalName } from "../acm";
import { capitals, type Operation, pluck, type ResourceModel, ruleForms, theOnly } from "../resource";
import { hasLabels } from "./recordRules";

const { form } = ruleForms("InvalidInput");

export const zone: ResourceModel = {
    canonical: { name: canonicalName },
    // Source: Route 53 developer guide, "DNS domain name format".
    rules: [form("name", (name) => name !== "" && hasLabels(name), "names whose labels have 1 to 63 characters each")],
    judge(operation) {
        const { account, inputs, old, refuseIf } = operation;
        checkConflict(operation, canonicalName(text(inputs.name)), pluck(inputs.vpcs, "vpcId"));
        // Source: Route 53 API reference, DisassociateVPCFromHostedZone.
        refuseIf(
            old !== undefined &&
                isPrivateZone(old.properties) &&
                !isPrivateZone(inputs) &&
                account.all("ZoneAssociation").every(({ properties }) => properties.zoneId !== old.id),
            "LastVPCAssociation",
            `The hosted zone ${old?.id} is private and keeps one VPC at least.`,
        );
    },
    create({ account, inputs }) {
        const id = `Z${capitals(20)}`;
        const name = canonicalName(text(inputs.name));
        return { id, ...hostedZone(account, id, name), ...(isPrivateZone(inputs) ? { nameServers: [] } : {}) };
    },
    delete({ account, old, refuseIf }) {
        const needless = recordsOf(account, old.id).filter((record) => !isZonesOwn(record, old));
        refuseIf(
            needless.length > 0 && old.properties.forceDestroy !== true,
            "HostedZoneNotEmpty",
            "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
        );
    },
};

/** Source: Route 53 API reference, ConflictingDomainExists: a VPC has one private zone of a name. */
function checkConflict({ account, old, refuseIf }: Operation, name: string, vpcs: readonly unknown[]): void {
    const others = (kind: string) => account.all(kind).filter(({ id }) => id !== old?.id);
    const zones = others("Zone").filter(({ properties }) => properties.name === name);
    const taken = [
        ...zones.flatMap(({ properties }) => pluck(properties.vpcs, "vpcId")),
        ...others("ZoneAssociation").flatMap(({ properties: { zoneId, vpcId } }) =>
            zones.some(({ id }) => id === zoneId) ? [vpcId] : [],
        ),
    ];
    const twice = vpcs.find((id) => taken.includes(id));
    refuseIf(
        twice !== undefined,
        "ConflictingDomainExists",
        `The VPC ${text(twice)} is already associated with a hosted zone of the name ${name}`,
    );
}

/** What else a zone is configured with. Source: Route 53 API reference, the errors of each call. */
export const zoneSettings: Readonly<Record<string, ResourceModel>> = {
    "aws:route53/cidrLocation:CidrLocation": {
        judge({ account, inputs, old, refuseIf }) {
            const others = locationsOf(account, inputs.cidrCollectionId).filter(({ id }) => id !== old?.id);
            const taken = others.flatMap(({ properties }) => texts(properties.cidrBlocks));
            const twice = texts(inputs.cidrBlocks).find((block) => taken.includes(block));
            refuseIf(twice !== undefined, "CidrBlockInUseException", `The CIDR block ${twice} is in use already`);
        },
        delete({ account, old: { properties: location }, refuseIf }) {
            const isUsed = account.all("Record").some(({ properties }) => {
                const { collectionId, locationName } = object(properties.cidrRoutingPolicy);
                return collectionId === location.cidrCollectionId && locationName === location.name;
            });
            refuseIf(isUsed, "CidrBlockInUseException", `Records name the location ${text(location.name)}`);
        },
    },
    "aws:route53/keySigningKey:KeySigningKey": {
        // Source: Route 53 developer guide, "Configuring DNSSEC signing": public zones, and keys of ECC_NIST_P256.
        judge(operation) {
            const { account, inputs, refuseIf } = operation;
            if (inputs.status === "INACTIVE") {
                checkLastKey(operation);
            }
            const { customerMasterKeySpec = "ECC_NIST_P256" } =
                account.find("Key", inputs.keyManagementServiceArn)?.properties ?? {};
            refuseIf(
                customerMasterKeySpec !== "ECC_NIST_P256",
                "InvalidKMSArn",
                `The key is of ${text(customerMasterKeySpec)}; DNSSEC signs by keys of ECC_NIST_P256.`,
            );
            const parent = account.find("Zone", inputs.hostedZoneId);
            refuseIf(
                parent !== undefined && isPrivateZone(parent.properties),
                "InvalidInput",
                "DNSSEC signs public hosted zones only.",
            );
        },
        // The provider deactivates a key before it deletes it.
        delete: checkLastKey,
    },
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": {
        judge({ account, inputs, refuseIf }) {
            refuseIf(
                inputs.signingStatus !== "NOT_SIGNING" && activeKeys(account, inputs).length === 0,
                "KeySigningKeyWithActiveStatusNotFound",
                "A key-signing key (KSK) with ACTIVE status wasn't found.",
            );
        },
    },
    "aws:route53/zoneAssociation:ZoneAssociation": {
        judge(operation) {
            const { account, inputs, refuseIf } = operation;
            const zone = account.find("Zone", inputs.zoneId);
            checkConflict(operation, text(zone?.properties.name), [inputs.vpcId]);
            refuseIf(
                zone !== undefined && !isPrivateZone(zone.properties),
                "PublicZoneVPCAssociation",
                "You're trying to associate a VPC with a public hosted zone.",
            );
        },
    },
};

function activeKeys(account: Account, { hostedZoneId }: Values): AccountRecord[] {
    return account
        .all("KeySigningKey")
        .filter(
            ({ properties: { hostedZoneId: zone, status = "ACTIVE" } }) => zone === hostedZoneId && status === "ACTIVE",
        );
}

/** Source: Route 53 API reference, DeactivateKeySigningKey. */
function checkLastKey({ account, old, refuseIf }: Operation): void {
    const signs = account
        .all("HostedZoneDnsSec")
        .some(
            ({ properties: { hostedZoneId, signingStatus } }) =>
                hostedZoneId === old?.properties.hostedZoneId && signingStatus !== "NOT_SIGNING",
        );
    refuseIf(
        signs && activeKeys(account, old?.properties ?? {}).every(({ id }) => id === old?.id),
        "KeySigningKeyInUse",
        "The key-signing key (KSK) that you specified can't be deactivated because it's the only KSK for a currently-enabled DNSSEC. Disable DNSSEC signing, or add or enable another KSK.",
    );
}

export function findZone(account: Account, args: Values): Values {
    const wanted = args.name === undefined ? undefined : canonicalName(text(args.name));
    const found = account.all("Zone").filter(({ id, properties }) => {
        return (
            (args.zoneId === undefined || id === args.zoneId) &&
            (wanted === undefined || properties.name === wanted) &&
            isPrivateZone(properties) === (args.privateZone === true)
        );
    });
    const only = theOnly(
        found,
        noZone(account, wanted),
        "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
    );
    return {
        ...only,
        privateZone: args.privateZone === true,
        callerReference: only.id,
        resourceRecordSetCount: recordsOf(account, only.id).length,
    };
}

/** What the official provider reports, and how the rehearsed account gets a zone that the real one has already. */
function noZone(account: Account, wanted: string | undefined): string {
    const zones = account.all("Zone").map(({ properties }) => text(properties.name));
    const name = wanted ?? "example.com";
    return [
        `no matching Route 53 Hosted Zone found${wanted === undefined ? "" : ` with the name ${wanted}`}. The rehearsed account has: ${zones.join(", ") || "none"}.`,
        `Give it one that the real account has: rehearse seed --hosted-zone ${name}. Or create it in the program with aws.route53.Zone.`,
    ].join(" ");
}

export function locationsOf(account: Account, collectionId: unknown): AccountRecord[] {
    return account.all("CidrLocation").filter(({ properties }) => properties.cidrCollectionId === collectionId);
}

export function recordsOf(account: Account, zoneId: string): AccountRecord[] {
    return account.all("Record").filter(({ properties }) => properties.zoneId === zoneId);
}

export function isZonesOwn({ properties }: AccountRecord, parent: AccountRecord): boolean {
    return properties.fqdn === parent.properties.name && (properties.type === "NS" || properties.type === "SOA");
}
