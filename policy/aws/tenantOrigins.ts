import { Read, type Graph, type Resource } from "../graph";
import { configOf, DISTRIBUTION_TYPES, type Origin } from "./distributions";
import type { Hosts } from "./hosts";

export const TENANT_TYPES: readonly string[] = [
    "aws:cloudfront/distributionTenant:DistributionTenant",
    "aws-native:cloudfront:DistributionTenant",
];

const parameter = /\{\{([^{}]+)\}\}/g;

/** Whether tenants fill in parts of an origin's name. Source: CloudFront Developer Guide, "Parameters for multi-tenant". */
export function isFilledIn(origin: Origin): boolean {
    return /\{\{[^{}]+\}\}/.test(origin.domainName.text ?? "");
}

/** The load balancers that an origin's name leads to once the tenants of this stack, or the defaults, fill it in. */
export function behindTenants(graph: Graph, distribution: Resource, origin: Origin, hosts: Hosts): Set<Resource> {
    const found = new Set<Resource>();
    const add = (loadBalancers: Iterable<Resource>) => [...loadBalancers].forEach((each) => found.add(each));
    const defaults = defaultsOf(distribution);
    const tenants = graph.ofType(...TENANT_TYPES).filter((tenant) => mayBelongTo(graph, tenant, distribution));
    for (const tenant of [undefined, ...tenants]) {
        const given = tenant === undefined ? new Map<string, Read>() : givenBy(tenant);
        const values = new Map([...defaults, ...given]);
        const used = [...(origin.domainName.text ?? "").matchAll(parameter)].map(([, name = ""]) => values.get(name));
        if (tenant !== undefined && used.some((value) => value?.isUnknown === true)) {
            add(hosts.behindDependencies(tenant, "parameters"));
        } else if (used.every((value) => value?.text !== undefined)) {
            const fill = (_: string, name: string) => values.get(name)?.text ?? "";
            add(hosts.behind((origin.domainName.text ?? "").replace(parameter, fill)));
        }
    }
    return found;
}

/** A tenant whose distribution is not of this stack, or not known, may be this one's. */
function mayBelongTo(graph: Graph, tenant: Resource, distribution: Resource): boolean {
    const { value } = Read.of(tenant).at("distributionId");
    const owners = graph.resolve(tenant, "distributionId", value, DISTRIBUTION_TYPES);
    return owners.length === 0 || owners.includes(distribution);
}

function givenBy(tenant: Resource): Map<string, Read> {
    return byName(Read.of(tenant).at("parameters").items(), (entry) => entry.at("value"));
}

function defaultsOf(distribution: Resource): Map<string, Read> {
    const definitions = configOf(distribution).at("tenantConfig", "parameterDefinitions").items();
    return byName(definitions, (entry) =>
        entry.either("definitions", "definition").either("stringSchemas", "stringSchema").at("defaultValue"),
    );
}

function byName(entries: readonly Read[], valueOf: (entry: Read) => Read): Map<string, Read> {
    return new Map(
        entries.flatMap((entry): [string, Read][] => {
            const name = entry.at("name").text;
            const value = valueOf(entry);
            return name === undefined || value.isAbsent ? [] : [[name, value]];
        }),
    );
}
