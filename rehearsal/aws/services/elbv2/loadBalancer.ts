import { isDeepStrictEqual } from "node:util";
import { type Account, accountId, type AccountRecord, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { elbZoneIds } from "../../facts";
import { enableLogs, logInputs } from "./accessLogs";
import { hex, type Operation, type ResourceModel, stable, valuesAt } from "../resource";
import { hasInternetGateway, within } from "../ec2";

export const loadBalancer: ResourceModel = {
    keptWhenLeftOut: logInputs,
    // A network load balancer can gain subnets in place, and never lose one.
    replacesIf: {
        secondaryIpsAutoAssignedPerSubnet: (old, now) => Number(now ?? 0) < Number(old ?? 0),
        subnets: (old, now, { loadBalancerType }) =>
            loadBalancerType === "network" && now !== undefined && texts(now).length <= texts(old).length,
        subnetMappings: (old, now, { loadBalancerType }) =>
            now !== undefined &&
            (objects(now).length < objects(old).length
                ? loadBalancerType === "network"
                : !objects(old).every((one) => objects(now).some((other) => isDeepStrictEqual(one, other)))),
        securityGroups: (old, now, { loadBalancerType }) =>
            loadBalancerType === "network" &&
            now !== undefined &&
            (texts(old).length === 0) !== (texts(now).length === 0),
    },
    create(operation) {
        const { account, region, inputs, properties } = operation;
        const name = text(inputs.name);
        const type = text(properties.loadBalancerType);
        const internal = properties.internal === true;
        const vpcId = checkPlace(operation, { internal, type });
        enableLogs(account, region, inputs);
        const suffix = `${{ application: "app", network: "net", gateway: "gwy" }[type] ?? "app"}/${name}/${hex(16)}`;
        const id = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${suffix}`;
        const host = `${internal ? "internal-" : ""}${name}-${BigInt(`0x${stable(id, 16)}`)
            .toString()
            .slice(0, 10)}`;
        return {
            id,
            arn: id,
            arnSuffix: suffix,
            name,
            vpcId,
            dnsName:
                type === "network"
                    ? `${name}-${suffix.slice(-16)}.elb.${region}.amazonaws.com`
                    : `${host}.${region}.elb.amazonaws.com`,
            zoneId: elbZoneIds[region]?.[type === "network" ? 1 : 0] ?? `Z${stable(region, 13).toUpperCase()}`,
            ...placement(account, inputs),
        };
    },
    update(operation) {
        const { account, region, inputs, properties, old, refuseIf } = operation;
        const kind = { internal: old.properties.internal === true, type: text(properties.loadBalancerType) };
        const vpcId = checkPlace(operation, kind);
        // Source: Elastic Load Balancing API reference, SetSubnets and SetSecurityGroups.
        refuseIf(
            vpcId !== old.properties.vpcId,
            "InvalidConfigurationRequest",
            "The subnets must belong to the VPC of the load balancer",
        );
        const kept = logInputs.filter((log) => inputs[log] === undefined && old.properties[log] !== undefined);
        const changed = logInputs.filter((log) => !isDeepStrictEqual(properties[log], old.properties[log]));
        const logs = Object.fromEntries(changed.map((log) => [log, inputs[log]]));
        enableLogs(account, region, { ...logs, loadBalancerType: inputs.loadBalancerType });
        return {
            ...placement(account, inputs),
            ...Object.fromEntries(kept.map((log) => [log, old.properties[log]])),
        };
    },
    delete({ old, refuseIf }) {
        refuseIf(
            old.properties.enableDeletionProtection === true,
            "OperationNotPermitted",
            `Load balancer '${old.id}' cannot be deleted because deletion protection is enabled`,
        );
    },
};

/** Refuses subnets and groups that a load balancer cannot have. Source: Elastic Load Balancing API reference. */
function checkPlace(
    { account, region, inputs, refuse, refuseIf }: Operation,
    { internal, type }: { internal: boolean; type: string },
): string {
    const wanted = [...texts(inputs.subnets), ...valuesAt(inputs, "subnetMappings.subnetId").map(text)];
    const subnets = wanted.map(
        (id) =>
            account.all("Subnet", region).find((subnet) => subnet.id === id) ??
            refuse("SubnetNotFound", `The subnet ID '${id}' does not exist`),
    );
    const zones = subnets.map(({ properties }) => text(properties.availabilityZone));
    refuseIf(
        new Set(zones).size < zones.length,
        "InvalidConfigurationRequest",
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
    );
    refuseIf(
        type === "application" && zones.length < 2,
        "ValidationError",
        "At least two subnets in two different Availability Zones must be specified",
    );
    const vpcs = [...new Set(subnets.map(({ properties }) => text(properties.vpcId)))];
    refuseIf(vpcs.length > 1, "InvalidConfigurationRequest", "All subnets must belong to the same VPC");
    const [vpcId = ""] = vpcs;
    // Source: Elastic Load Balancing user guide, "Subnets for your load balancer".
    const tight = subnets.find(({ properties }) => Number(text(properties.cidrBlock).split("/")[1]) > 27);
    refuseIf(
        type === "application" && tight !== undefined,
        "InvalidSubnet",
        `Not enough IP space available in ${tight?.id}. ELB requires at least 8 free IP addresses in each subnet.`,
    );
    const withoutIpv6 = subnets.some(({ properties }) => text(properties.ipv6CidrBlock) === "");
    refuseIf(
        text(inputs.ipAddressType).startsWith("dualstack") && withoutIpv6,
        "ValidationError",
        "You must specify subnets with an associated IPv6 CIDR block.",
    );
    refuseIf(
        !internal && type !== "gateway" && !hasInternetGateway(account, vpcId),
        "InvalidSubnet",
        `VPC ${vpcId} has no internet gateway`,
    );
    for (const { subnetId, privateIpv4Address: address } of objects(inputs.subnetMappings)) {
        const range = text(subnets.find(({ id }) => id === subnetId)?.properties.cidrBlock);
        refuseIf(
            address !== undefined && !within(`${text(address)}/32`, range),
            "InvalidConfigurationRequest",
            `The address '${text(address)}' is not within the subnet '${text(subnetId)}'`,
        );
    }
    for (const groupId of texts(inputs.securityGroups)) {
        refuseIf(
            account.all("SecurityGroup", region).find(({ id }) => id === groupId)?.properties.vpcId !== vpcId,
            "InvalidConfigurationRequest",
            "One or more security groups are invalid",
        );
    }
    return vpcId;
}

function placement(account: Account, inputs: Values): Values {
    const mappings = objects(inputs.subnetMappings);
    const subnets =
        inputs.subnets === undefined ? mappings.map((mapping) => text(mapping.subnetId)) : texts(inputs.subnets);
    const vpcId = account.all("Subnet").find(({ id }) => id === subnets[0])?.properties.vpcId;
    const standard = account
        .all("SecurityGroup")
        .filter(({ properties }) => properties.vpcId === vpcId && properties.name === "default");
    return {
        subnets,
        subnetMappings: mappings.length > 0 ? mappings : subnets.map((subnetId) => ({ subnetId })),
        securityGroups: inputs.securityGroups ?? standard.map((group: AccountRecord) => group.id),
    };
}
