import { isValidCIDR, parseCIDR } from "ipaddr.js";
import { type Account, type AccountRecord, text, texts } from "../../account";
import { type Operation, type ResourceModel, type Rule, stable } from "../resource";
import { blocksOf } from "./addressBlocks";
import { checkAddresses, checkNetwork } from "./addresses";
import { rangeRules } from "./ipPermissions";

const targets = [
    ...["carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "gatewayId", "localGatewayId", "natGatewayId"],
    ...["networkInterfaceId", "transitGatewayId", "vpcEndpointId", "vpcPeeringConnectionId"],
];

/** Source: terraform-provider-aws, internal/service/ec2/vpc_route.go and vpc_route_table.go: one destination, one target, and ranges that begin with their network address. */
const routeRules = (at: string, ipv4: string, ipv6: string, list: string): Rule[] => [
    { at, exactlyOne: [ipv4, ipv6, list] },
    { at, exactlyOne: targets },
    ...rangeRules(...([ipv4, ipv6].map((name) => (at === "" ? name : `${at}.${name}`)) as [string, string])),
];

/** Also the main table of a VPC, which no program makes. */
function checkTables({ account, refuseIf }: Operation, ids: readonly unknown[]): void {
    const main = account
        .all("Vpc")
        .flatMap(({ properties: { mainRouteTableId, defaultRouteTableId } }) => [
            mainRouteTableId,
            defaultRouteTableId,
        ]);
    for (const id of ids) {
        refuseIf(
            !main.includes(id) && account.find("RouteTable", id) === undefined,
            "InvalidRouteTableID.NotFound",
            `The routeTable ID '${text(id)}' does not exist`,
        );
    }
}

/** Internet gateways, and their attachments that are resources themselves: either names the VPC. */
function internetGateways(account: Account): AccountRecord[] {
    return [...account.all("InternetGateway"), ...account.all("InternetGatewayAttachment")];
}

/** Whether a VPC has an internet gateway: load balancers, NAT gateways and VPC origins ask. */
export function hasInternetGateway(account: Account, vpcId: unknown): boolean {
    return internetGateways(account).some(({ properties }) => properties.vpcId === vpcId);
}

/** Source: EC2 API reference, AttachInternetGateway. */
export const internetGatewayAttachment: ResourceModel = {
    judge({ account, inputs, refuseIf }) {
        const gateways = account.all("InternetGateway");
        const attached = text(gateways.find(({ id }) => id === inputs.internetGatewayId)?.properties.vpcId);
        refuseIf(
            attached !== "",
            "Resource.AlreadyAssociated",
            `resource ${text(inputs.internetGatewayId)} is already attached to network ${attached}`,
        );
        refuseIf(
            gateways.some(({ properties }) => properties.vpcId === inputs.vpcId),
            "InvalidParameterValue",
            `Network ${text(inputs.vpcId)} already has an internet gateway attached`,
        );
    },
};

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;

export const route: ResourceModel = {
    // Source: the provider, aws_route: ::0/0 is ::/0.
    canonical: { destinationIpv6CidrBlock: (range) => (isValidCIDR(range) ? parseCIDR(range).join("/") : range) },
    rules: routeRules("", ...destinations),
    judge(operation) {
        const { account, inputs, old, refuseIf } = operation;
        checkTables(operation, [inputs.routeTableId]);
        const table = account.find("RouteTable", inputs.routeTableId)?.properties.vpcId;
        const attached = internetGateways(account)
            .filter(({ id, properties }) => (properties.internetGatewayId ?? id) === inputs.gatewayId)
            .flatMap(({ properties }) => account.find("Vpc", properties.vpcId)?.id ?? []);
        refuseIf(
            table !== undefined &&
                (attached.length > 0 || account.find("InternetGateway", inputs.gatewayId) !== undefined) &&
                !attached.includes(text(table)),
            "InvalidParameterValue",
            `route table ${text(inputs.routeTableId)} and network gateway ${text(inputs.gatewayId)} belong to different networks`,
        );
        // Source: VPC user guide, "Route tables": the ranges of the VPC itself are local, and such a route can be changed;
        // terraform-provider-aws, vpc_route.go: what is adopted by an import is never created.
        const vpc = account.find("Vpc", table);
        const range = destinations.map((name) => text(inputs[name])).join("");
        refuseIf(
            old === undefined &&
                (inputs.gatewayId === "local" || (vpc && blocksOf(account, vpc).includes(range))) === true,
            "RouteAlreadyExists",
            `The route identified by ${range} already exists.`,
        );
    },
    create({ inputs }) {
        const range = destinations.map((name) => text(inputs[name])).join("");
        return { id: `r-${text(inputs.routeTableId)}${range}`, state: "active", origin: "CreateRoute" };
    },
};

export const routeTable: ResourceModel = {
    rules: routeRules("routes", "cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"),
};

export const routeTableAssociation: ResourceModel = {
    judge(operation) {
        const { inputs } = operation;
        checkTables(operation, [inputs.routeTableId]);
        checkNetwork(operation, inputs.routeTableId, inputs.subnetId);
    },
};

export const natGateway: ResourceModel = {
    judge(operation) {
        const { account, inputs, refuseIf } = operation;
        checkAddresses(operation, [text(inputs.privateIp)]);
        const vpc = account.find("Subnet", inputs.subnetId)?.properties.vpcId;
        refuseIf(
            vpc !== undefined && inputs.connectivityType !== "private" && !hasInternetGateway(account, vpc),
            "Gateway.NotAttached",
            `Network ${text(vpc)} has no Internet gateway attached`,
        );
    },
    create: ({ account, inputs }) => ({
        publicIp: text(account.find("Eip", inputs.allocationId)?.properties.publicIp),
    }),
};

/** Source: EC2 API reference, CreateVpcEndpoint: which parameters are for which type. */
export const vpcEndpoint: ResourceModel = {
    // The list that AWS keeps of the service's addresses has an id that is made up.
    create: ({ region, inputs: { serviceName, vpcEndpointType = "Gateway" } }) =>
        vpcEndpointType === "Gateway" ? { prefixListId: `pl-${stable(`${region} ${text(serviceName)}`, 8)}` } : {},
    judge(operation) {
        const { account, inputs, region, refuseIf } = operation;
        checkTables(operation, texts(inputs.routeTableIds));
        const [, place = region] = /^com\.amazonaws\.([a-z]{2}-[a-z-]+-\d)\./.exec(text(inputs.serviceName)) ?? [];
        refuseIf(
            place !== (inputs.serviceRegion ?? region),
            "InvalidServiceName",
            `The Vpc Endpoint Service '${text(inputs.serviceName)}' does not exist`,
        );
        const subnets = texts(inputs.subnetIds);
        checkNetwork(operation, ...subnets, ...texts(inputs.securityGroupIds));
        const zones = subnets.map((id) => account.find("Subnet", id)?.properties.availabilityZone);
        refuseIf(
            new Set(zones).size < zones.length,
            "DuplicateSubnetsInSameZone",
            "Found another VPC endpoint subnet in the same availability zone",
        );
        const { enableDnsSupport, enableDnsHostnames } = account.find("Vpc", inputs.vpcId)?.properties ?? {};
        refuseIf(
            inputs.privateDnsEnabled === true && (enableDnsSupport === false || enableDnsHostnames === false),
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
        );
    },
};
