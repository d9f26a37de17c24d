import { Read, type Graph, type Resource } from "../graph";

/** Records of Route 53, one a resource or several. */
export const RECORD_TYPES = [
    "aws:route53/record:Record",
    "aws:route53/recordsExclusive:RecordsExclusive",
    "aws-native:route53:RecordSet",
    "aws-native:route53:RecordSetGroup",
] as const;

export const ZONE_TYPES = ["aws:route53/zone:Zone", "aws-native:route53:HostedZone"] as const;

/** A DNS record: the names that it answers for, and what it answers. */
export interface DnsRecord {
    readonly resource: Resource;
    /** As DNS compares names, a wildcard with its `*`. */
    readonly names: readonly string[];
    /** A name without the zone that it is in, which is not known in this stack. */
    readonly relative?: string;
    readonly targets: readonly { readonly property: string; readonly read: Read }[];
}

/**
 * A name as DNS compares it; `dualstack.` before a load balancer's name leads to the same one, and so it does before
 * the text that stands for the name in a template: `Fn::Join` of both is what the AWS CDK writes into an alias.
 */
export function hostName(name: string): string {
    return name
        .trim()
        .toLowerCase()
        .replace(/\.$/, "")
        .replace(/^\\052/, "*")
        .replace(/^dualstack\.(?=.*\.elb\.|\$\{)/, "");
}

const isForeign = (type: string) => !/^(aws|aws-native|pulumi):/.test(type);
/** Records in a cluster, which ExternalDNS writes into the zone. Source: ExternalDNS, "CRD Source". */
const isEndpoint = (type: string) => /^kubernetes:externaldns\.k8s\.io\/\w+:DNSEndpoint(Patch)?$/.test(type);
const isRecord = (type: string) => /(record|rrset|cname)[^:/]*$/i.test(type) || isEndpoint(type);

/** Whether a type is that of a DNS record of another provider than AWS, or of the zone that such a record may be in. */
export function isForeignDns(type: string): boolean {
    return isForeign(type) && (isRecord(type) || /(zone|domain)[^:/]*$/i.test(type));
}

/** Types of records in this stack that are no provider's of AWS. */
export function foreignRecordTypes(graph: Graph): string[] {
    return graph.types.filter((type) => isForeign(type) && isRecord(type));
}

export function dnsRecords(graph: Graph): DnsRecord[] {
    return [
        ...graph.ofType(...RECORD_TYPES).flatMap((resource) => route53Records(graph, resource)),
        ...graph
            .ofType(...foreignRecordTypes(graph))
            .flatMap((resource) =>
                isEndpoint(resource.type) ? endpointRecords(resource) : [foreignRecord(graph, resource)],
            ),
    ];
}

const listOfRecords: Readonly<Record<string, string>> = {
    "aws:route53/recordsExclusive:RecordsExclusive": "resourceRecordSets",
    "aws-native:route53:RecordSetGroup": "recordSets",
};

function route53Records(graph: Graph, resource: Resource): DnsRecord[] {
    const root = Read.of(resource);
    const list = listOfRecords[resource.type];
    const zoned = (record: Read) => {
        const read = record.either("zoneId", "hostedZoneId");
        const id = read.isAbsent ? root.either("zoneId", "hostedZoneId") : read;
        const zones = graph.resolve(resource, id.topLevel, id.value, ZONE_TYPES);
        return zones.flatMap((zone) => Read.of(zone).at("name").text ?? []);
    };
    return (list === undefined ? [root] : root.at(list).items()).map((record) => {
        const name = record.at("name").text;
        const full = record.at("fqdn").text;
        const zones = zoned(record);
        const names = [
            full,
            name === "" ? undefined : name,
            ...(name === undefined ? [] : zones.map((zone) => inZone(name, zone))),
        ];
        // The provider appends the zone's name to a record's, which a preview does not show yet.
        const isRelative =
            name !== undefined && full === undefined && zones.length === 0 && resource.type.startsWith("aws:");
        const values = record.either("records", "resourceRecords").items();
        return {
            resource,
            names: distinct(names),
            ...(isRelative ? { relative: hostName(name) } : {}),
            targets: [
                ...record
                    .at("aliases")
                    .items()
                    .map((alias) => alias.at("name")),
                record.at("aliasTarget").either("dnsName", "name"),
                ...values.map((value) => (typeof value.value === "object" ? value.at("value") : value)),
            ]
                .filter((read) => !read.isAbsent)
                .map((read) => ({ property: list ?? read.topLevel, read })),
        };
    });
}

/** A record without a name of its own has its zone's. */
function inZone(name: string, zone: string): string {
    return name === "" ? zone : `${name}.${zone}`;
}

function endpointRecords(resource: Resource): DnsRecord[] {
    const endpoints = Read.of(resource).at("spec", "endpoints").items();
    return endpoints.map((endpoint) => ({
        resource,
        names: distinct([endpoint.at("dnsName").text]),
        targets: endpoint
            .at("targets")
            .items()
            .map((read) => ({ property: read.topLevel, read })),
    }));
}

const nameProperties = ["fqdn", "hostname", "name", "relativeRecordSetName", "subdomain", "host"];
const zoneProperties = ["zone", "zoneName", "domain", "domainName", "zoneId", "managedZone", "dnsZone"];
const targetProperties = [
    ...["content", "value", "values", "record", "records", "target", "targets", "data", "rrdatas", "answers"],
    ...["cname", "cnameRecord", "cNAMERecord", "rdata", "items", "destination"],
];

/** Providers of DNS use few words for the same three things. */
function foreignRecord(graph: Graph, resource: Resource): DnsRecord {
    const root = Read.of(resource);
    const given = nameProperties.map((property) => root.at(property)).filter((read) => !read.isAbsent);
    // NS1 calls the record's name its domain. A record without a name has its zone's.
    const name = given.length > 0 ? given.flatMap(({ text }) => text ?? []) : [root.at("domain").text ?? ""];
    const zones = zoneProperties.flatMap((property) => [
        ...(root.at(property).text ?? "").split("\n").filter((text) => text.includes(".")),
        ...(resource.propertyDependencies[property] ?? []).flatMap((urn) => zoneNames(graph.byUrn(urn))),
    ]);
    const own = name.map((text) => (text === "@" ? "" : text));
    return {
        resource,
        names: distinct([
            ...name.filter((text) => text !== ""),
            ...own.flatMap((text) => zones.map((zone) => inZone(text, zone))),
        ]),
        ...(zones.length === 0 && own[0] !== undefined ? { relative: hostName(own[0]) } : {}),
        targets: targetProperties.flatMap((property) => leaves(root.at(property)).map((read) => ({ property, read }))),
    };
}

function zoneNames(zone: Resource | undefined): string[] {
    return zone === undefined
        ? []
        : ["dnsName", "zone", "domain", "domainName", "name"].flatMap(
              (property) => Read.of(zone).at(property).text ?? [],
          );
}

function leaves(read: Read): Read[] {
    if (read.isAbsent) {
        return [];
    }
    if (Array.isArray(read.value)) {
        return read.items().flatMap(leaves);
    }
    return typeof read.value === "object"
        ? Object.keys(read.value as object).flatMap((key) => leaves(read.at(key)))
        : [read];
}

function distinct(names: readonly (string | undefined)[]): string[] {
    return [...new Set(names.filter((text) => text !== undefined).map(hostName))];
}
