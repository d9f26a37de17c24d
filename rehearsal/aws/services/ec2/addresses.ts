import ipaddr from "ipaddr.js";
import { type Account, type AccountRecord, filledText, objects, text, texts } from "../../account";
import { hex, type Operation, type ResourceModel } from "../resource";
import { within } from "./addressBlocks";

/** Where public addresses come from: nobody has them. Source: RFC 2544, "Test Setup". */
const publicRange = "198.18.0.0/15";

/** The next address of a range that nothing has; AWS keeps the first four. Source: VPC user guide, "Subnet CIDR blocks". */
function freeAddress(account: Account, range: string): string {
    const taken = new Set(
        ["Instance", "NetworkInterface", "Eip"]
            .flatMap((kind) => account.all(kind))
            .flatMap(({ properties: { privateIp, publicIp, privateIps } }) => [
                privateIp,
                publicIp,
                ...texts(privateIps),
            ]),
    );
    if (!ipaddr.IPv4.isValidCIDR(range)) {
        return "";
    }
    const [network, bits] = ipaddr.IPv4.parseCIDR(range);
    const first = network.toByteArray().reduce((number, byte) => number * 256 + byte, 0);
    for (let offset = 4; offset < 2 ** (32 - bits) - 1; offset++) {
        const address = [24, 16, 8, 0].map((shift) => ((first + offset) >>> shift) & 255).join(".");
        if (!taken.has(address)) {
            return address;
        }
    }
    return "";
}

/** Refuses addresses that are taken or not the subnet's. Source: EC2 API reference, CreateNetworkInterface. */
export function checkAddresses({ account, inputs, old, refuseIf }: Operation, addresses: readonly string[]): void {
    const range = text(account.find("Subnet", inputs.subnetId)?.properties.cidrBlock);
    const others = account.all("NetworkInterface").filter(({ id }) => id !== old?.id);
    for (const address of addresses.filter((each) => ipaddr.IPv4.isValid(each) && ipaddr.IPv4.isValidCIDR(range))) {
        refuseIf(
            !within(`${address}/32`, range),
            "InvalidParameterValue",
            `Address ${address} does not fall within the subnet's address range`,
        );
        refuseIf(
            others.some(
                ({ properties: { privateIps, subnetId } }) =>
                    subnetId === inputs.subnetId && texts(privateIps).includes(address),
            ),
            "InvalidIPAddress.InUse",
            `Address ${address} is in use.`,
        );
    }
}

/** Refuses resources of different VPCs. Source: EC2 API reference, "Error codes". */
export function checkNetwork({ account, refuseIf }: Operation, ...ids: readonly unknown[]): void {
    const vpcs = account
        .list()
        .filter(({ id }) => ids.includes(id))
        .flatMap(({ properties }) => text(properties.vpcId) || []);
    refuseIf(
        new Set(vpcs).size > 1,
        "InvalidParameterValue",
        `${ids.map(String).join(" and ")} belong to different networks`,
    );
}

/** Source: VPC user guide, "DNS attributes for your VPC". */
const privateName = (address: string, region: string) =>
    `ip-${address.replaceAll(".", "-")}.${region === "us-east-1" ? "ec2" : `${region}.compute`}.internal`;
const publicName = (address: string, region: string) =>
    `ec2-${address.replaceAll(".", "-")}.${region === "us-east-1" ? "compute-1" : `${region}.compute`}.amazonaws.com`;

/** The subnet that an instance names; else one of the default VPC. Source: EC2 API reference, RunInstances. */
function subnetOf({ account, region, inputs }: Operation): AccountRecord | undefined {
    return account
        .all("Subnet", region)
        .sort((one, other) => text(one.properties.cidrBlock).localeCompare(text(other.properties.cidrBlock)))
        .find(({ id, properties: { defaultForAz, availabilityZone } }) =>
            inputs.subnetId === undefined
                ? defaultForAz === true && [undefined, availabilityZone].includes(filledText(inputs.availabilityZone))
                : id === inputs.subnetId,
        );
}

export const instance: ResourceModel = {
    create(operation) {
        const { account, region, inputs } = operation;
        const [attached] = objects([inputs.primaryNetworkInterface, ...objects(inputs.networkInterfaces)])
            .map(({ networkInterfaceId }) => account.find("NetworkInterface", networkInterfaceId))
            .filter((each) => each !== undefined);
        const subnet =
            attached === undefined ? subnetOf(operation) : account.find("Subnet", attached.properties.subnetId);
        const { cidrBlock, mapPublicIpOnLaunch, availabilityZone, vpcId } = subnet?.properties ?? {};
        const privateIp =
            filledText(inputs.privateIp) ??
            filledText(attached?.properties.privateIp) ??
            freeAddress(account, text(cidrBlock));
        const isPublic = (inputs.associatePublicIpAddress ?? mapPublicIpOnLaunch) === true;
        const publicIp = isPublic ? freeAddress(account, publicRange) : "";
        const isNamed = isPublic && account.find("Vpc", vpcId)?.properties.enableDnsHostnames === true;
        const [standard] = account
            .all("SecurityGroup", region)
            .filter(({ properties }) => properties.name === "default" && properties.vpcId === vpcId);
        return {
            ...(subnet === undefined ? {} : { subnetId: subnet.id, availabilityZone }),
            associatePublicIpAddress: isPublic,
            privateIp,
            privateDns: privateIp === "" ? "" : privateName(privateIp, region),
            publicIp,
            publicDns: isNamed ? publicName(publicIp, region) : "",
            instanceState: "running",
            primaryNetworkInterfaceId: attached?.id ?? `eni-${hex(17)}`,
            vpcSecurityGroupIds: inputs.vpcSecurityGroupIds ?? (standard === undefined ? [] : [standard.id]),
        };
    },
};

export const elasticAddress: ResourceModel = {
    create({ account, region, inputs }) {
        const publicIp = filledText(inputs.address) ?? freeAddress(account, publicRange);
        return { publicIp, publicDns: publicName(publicIp, region) };
    },
};

export const networkInterface: ResourceModel = {
    // An interface keeps its primary address.
    replacesIf: {
        privateIps: (_, now, { privateIpListEnabled }, { privateIp }) =>
            privateIpListEnabled !== true && now !== undefined && !texts(now).includes(text(privateIp)),
        privateIpLists: (_, now, { privateIpListEnabled }, { privateIp }) =>
            privateIpListEnabled === true && texts(now)[0] !== privateIp,
    },
    judge(operation) {
        const { subnetId, privateIps, securityGroups } = operation.inputs;
        checkAddresses(operation, texts(privateIps));
        checkNetwork(operation, subnetId, ...texts(securityGroups));
    },
    create({ account, region, inputs }) {
        const range = account.find("Subnet", inputs.subnetId)?.properties.cidrBlock;
        const [privateIp = freeAddress(account, text(range))] = texts(inputs.privateIps);
        const pairs = hex(10).match(/../g) ?? [];
        return {
            privateIp,
            privateIps: inputs.privateIps ?? [privateIp],
            privateDnsName: privateName(privateIp, region),
            macAddress: `02:${pairs.join(":")}`,
        };
    },
};
