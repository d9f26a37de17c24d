import { randomUUID } from "node:crypto";
import { type Account, type AccountRecord, addZoneRecords, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { canonicalName } from "../acm";
import { capitals, type Operation, refusals, type ResourceModel, type ServiceModel } from "../resource";

import { healthCheckRules, kindOfPolicy, recordRules, valueProblem } from "./recordRules";

const refuse = refusals("Route 53");

/** The zone in which CloudFront's names lie. Source: Route 53 API reference, AliasTarget. */
export const cloudFrontZoneId = "Z2FDTNDATAQYW2";

const zone: ResourceModel = {
    autoName: false,
    replaceOn: ["name", "delegationSetId"],
    canonical: { name: canonicalName },
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    create({ account, inputs }) {
        const id = `Z${capitals(20)}`;
        const name = canonicalName(text(inputs.name));
        const isPrivate = objects(inputs.vpcs).length > 0;
        const nameServers = addZoneRecords(account, id, name);
        return {
            id,
            zoneId: id,
            name,
            nameServers: isPrivate ? [] : nameServers,
            primaryNameServer: nameServers[0],
            arn: `arn:aws:route53:::hostedzone/${id}`,
        };
    },
    delete({ account, old }) {
        const records = account.all("Record").filter(({ properties }) => properties.zoneId === old.id);
        const needless = records.filter((record) => !isZonesOwn(record, old));
        if (needless.length > 0 && old.properties.forceDestroy !== true) {
            refuse(
                "DeleteHostedZone",
                "HostedZoneNotEmpty",
                "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
            );
        }
        for (const record of records) {
            account.delete(record.type, record.id);
        }
    },
};

const record: ResourceModel = {
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

const healthCheck: ResourceModel = {
    autoName: false,
    replaceOn: ["type", "measureLatency", "referenceName", "requestInterval"],
    defaults: { disabled: false, invertHealthcheck: false },
    rules: healthCheckRules,
    create() {
        const id = randomUUID();
        return { id, arn: `arn:aws:route53:::healthcheck/${id}` };
    },
    delete({ account, old }) {
        if (account.all("Record").some(({ properties }) => properties.healthCheckId === old.id)) {
            refuse("DeleteHealthCheck", "HealthCheckInUse", "The health check is in use by a resource record set.");
        }
    },
};

export const route53: ServiceModel = {
    resources: {
        "aws:route53/zone:Zone": zone,
        "aws:route53/record:Record": record,
        "aws:route53/healthCheck:HealthCheck": healthCheck,
    },
    lookups: { "aws:route53/getZone:getZone": ({ account, args }) => findZone(account, args) },
};

function findZone(account: Account, args: Values): Values {
    const wanted = args.name === undefined ? undefined : canonicalName(text(args.name));
    const [found, another] = account.all("Zone").filter(({ id, properties }) => {
        const isPrivate = objects(properties.vpcs).length > 0;
        return (
            (args.zoneId === undefined || id === args.zoneId) &&
            (wanted === undefined || properties.name === wanted) &&
            isPrivate === (args.privateZone === true)
        );
    });
    if (found === undefined) {
        throw new Error(noZone(account, wanted));
    }
    if (another !== undefined) {
        throw new Error(
            "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
        );
    }
    return {
        ...found.properties,
        id: found.id,
        name: found.properties.name,
        privateZone: args.privateZone === true,
        callerReference: found.id,
        resourceRecordSetCount: recordsOf(account, found.id).length,
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

function refuseChange(message: string): never {
    return refuse("ChangeResourceRecordSets", "InvalidChangeBatch", `[${message}]`);
}

function zoneOf(account: Account, id: unknown): AccountRecord {
    const found = account.all("Zone").find((candidate) => candidate.id === id);
    return (
        found ??
        refuse("ChangeResourceRecordSets", "NoSuchHostedZone", `No hosted zone found with ID: ${String(id)}`, 404)
    );
}

function recordsOf(account: Account, zoneId: string): AccountRecord[] {
    return account.all("Record").filter(({ properties }) => properties.zoneId === zoneId);
}

/** The official provider completes names: `www` in the zone example.com is www.example.com. */
function expanded(name: string, zoneName: string): string {
    const plain = canonicalName(name);
    if (plain === "") {
        return zoneName;
    }
    return plain === zoneName || plain.endsWith(`.${zoneName}`) || name.endsWith(".") ? plain : `${plain}.${zoneName}`;
}

function isZonesOwn({ properties }: AccountRecord, parent: AccountRecord): boolean {
    return properties.fqdn === parent.properties.name && (properties.type === "NS" || properties.type === "SOA");
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

/** Source: Route 53 API reference, AliasTarget. */
function checkAlias(account: Account, alias: Values, parent: AccountRecord, fqdn: string, type: string): void {
    const name = canonicalName(text(alias.name));
    const zoneId = text(alias.zoneId);
    const tried = `Tried to create an alias that targets ${name}., type ${type} in zone ${zoneId}`;
    if (zoneId === parent.id) {
        if (
            !recordsOf(account, zoneId).some(({ properties }) => properties.fqdn === name && properties.type === type)
        ) {
            refuseChange(`${tried}, but that target was not found`);
        }
        return;
    }
    const distribution = account.all("Distribution").find(({ properties }) => properties.domainName === name);
    const balancer = account
        .all("LoadBalancer")
        .find(({ properties }) => canonicalName(text(properties.dnsName)) === name.replace(/^dualstack\./, ""));
    if (zoneId === cloudFrontZoneId) {
        checkCloudFrontAlias(distribution, parent, fqdn, type, tried);
    } else if (balancer !== undefined || /\.elb\.([a-z0-9-]+\.)?amazonaws\.com$/.test(name)) {
        if (balancer !== undefined && balancer.properties.zoneId !== zoneId) {
            refuseChange(`${tried}, but the alias target name does not lie within the target zone`);
        }
        if (balancer === undefined) {
            refuseChange(`${tried}, but that target was not found`);
        }
        if (type !== "A" && type !== "AAAA") {
            refuseChange(`${tried}, but load balancers have records of type A and AAAA only`);
        }
    } else if (distribution !== undefined) {
        refuseChange(`${tried}, but the alias target name does not lie within the target zone`);
    }
}

/**
 * EvaluateTargetHealth may be true, which the API reference denies: Route 53 takes it and means nothing by it, and
 * Pulumi's own example of a static website (pulumi/examples, aws-ts-static-website) deploys so.
 */
function checkCloudFrontAlias(
    distribution: AccountRecord | undefined,
    parent: AccountRecord,
    fqdn: string,
    type: string,
    tried: string,
): void {
    if (objects(parent.properties.vpcs).length > 0) {
        refuseChange(`${tried}, but aliases to CloudFront are allowed in public hosted zones only`);
    }
    if (!["A", "AAAA", "HTTPS"].includes(type)) {
        refuseChange(`${tried}, but CloudFront has records of type A, AAAA and HTTPS only`);
    }
    if (distribution === undefined) {
        refuseChange(`${tried}, but that target was not found`);
    }
    if (
        distribution !== undefined &&
        !texts(distribution.properties.aliases).some((name) => name === fqdn || name === fqdn.replace(/^[^.]+/, "*"))
    ) {
        refuseChange(`${tried}, but the distribution does not have the alternate domain name ${fqdn}`);
    }
}
