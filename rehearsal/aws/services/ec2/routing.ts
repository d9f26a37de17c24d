import { type Account, objects, text, texts } from "../../account";
import { isNetwork, type Operation, refusals, type ResourceModel, type Rule, ruleForms } from "../resource";
import { identified } from "./identified";
import { vpcOf } from "./securityGroup";

const refuse = refusals("EC2");
const { form, json, only, rule } = ruleForms("InvalidParameter");

const targets =
    "carrierGatewayId coreNetworkArn egressOnlyGatewayId gatewayId localGatewayId natGatewayId networkInterfaceId transitGatewayId vpcEndpointId vpcPeeringConnectionId".split(
        " ",
    );

/** Source: terraform-provider-aws, internal/service/ec2/vpc_route.go and vpc_route_table.go: one destination, one target, and ranges that begin with their network address. */
const routeRules = (at: string, ipv4: string, ipv6: string, list: string): Rule[] => [
    { at, exactlyOne: [ipv4, ipv6, list] },
    { at, exactlyOne: targets },
    ...(
        [
            [ipv4, "ipv4"],
            [ipv6, "ipv6"],
        ] as const
    ).map(([name, family]): Rule => ({
        at,
        form: [name, (range) => isNetwork(range, family), `ranges of ${family} that begin with their network address`],
    })),
];

/** What a route leads to exists. Source: EC2 API reference, "Error codes". */
function checkTargets(account: Account, action: string, route: Operation["inputs"]): void {
    const { gatewayId, natGatewayId } = route;
    if (/^igw-/.test(text(gatewayId)) && account.find("InternetGateway", gatewayId) === undefined) {
        refuse(
            action,
            "InvalidInternetGatewayID.NotFound",
            `The internetGateway ID '${text(gatewayId)}' does not exist`,
        );
    }
    if (natGatewayId !== undefined && account.find("NatGateway", natGatewayId) === undefined) {
        refuse(action, "InvalidNatGatewayID.NotFound", `The natGateway ID '${text(natGatewayId)}' does not exist`);
    }
}

/** Also the main table of a VPC, which no program makes. */
function checkTableId(account: Account, action: string, id: unknown): void {
    const main = account
        .all("Vpc")
        .some(({ properties: { mainRouteTableId, defaultRouteTableId } }) =>
            [mainRouteTableId, defaultRouteTableId].includes(id),
        );
    if (!main && account.find("RouteTable", id) === undefined) {
        refuse(action, "InvalidRouteTableID.NotFound", `The routeTable ID '${text(id)}' does not exist`);
    }
}

function checkRoute({ account, inputs }: Operation, action: string): void {
    checkTableId(account, action, inputs.routeTableId);
    checkTargets(account, action, inputs);
}

const destinations = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"] as const;

export const route: ResourceModel = {
    rules: routeRules("", ...destinations),
    replaceOn: ["routeTableId", ...destinations],
    create(operation) {
        const { account, inputs } = operation;
        checkRoute(operation, "CreateRoute");
        const destination = destinations.find((name) => inputs[name] !== undefined) ?? destinations[0];
        const same = ({ properties }: { properties: Operation["inputs"] }) =>
            properties.routeTableId === inputs.routeTableId && properties[destination] === inputs[destination];
        if (account.all("Route").some(same)) {
            refuse(
                "CreateRoute",
                "RouteAlreadyExists",
                `The route identified by ${text(inputs[destination])} already exists.`,
            );
        }
        return {
            id: `r-${text(inputs.routeTableId)}${text(inputs[destination])}`,
            state: "active",
            origin: "CreateRoute",
        };
    },
    update(operation) {
        checkRoute(operation, "ReplaceRoute");
        return {};
    },
};

const checkTable = ({ account, region, inputs }: Operation) => {
    vpcOf(account, region, inputs.vpcId);
    objects(inputs.routes).forEach((each) => checkTargets(account, "CreateRoute", each));
    return { id: "" };
};

export const routeTable = identified("rtb", "route-table", {
    rules: routeRules("routes", "cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"),
    replaceOn: ["vpcId"],
    create: checkTable,
    update(operation) {
        checkTable(operation);
        return {};
    },
});

function checkSubnet(account: Account, action: string, id: unknown): void {
    if (id !== undefined && account.find("Subnet", id) === undefined) {
        refuse(action, "InvalidSubnetID.NotFound", `The subnet ID '${text(id)}' does not exist`);
    }
}

export const routeTableAssociation = identified("rtbassoc", "route-table-association", {
    // Source: EC2 API reference, AssociateRouteTable.
    rules: [{ exactlyOne: ["subnetId", "gatewayId"] }],
    replaceOn: ["subnetId", "gatewayId"],
    create({ account, inputs }) {
        checkTableId(account, "AssociateRouteTable", inputs.routeTableId);
        checkSubnet(account, "AssociateRouteTable", inputs.subnetId);
        return { id: "" };
    },
});

export const natGateway = identified("nat", "natgateway", {
    replaceOn: ["subnetId", "allocationId", "connectivityType", "privateIp"],
    // Source: EC2 API reference, CreateNatGateway.
    rules: [
        rule(
            "allocationId",
            (address, { connectivityType = "public", availabilityMode }) =>
                address === undefined && connectivityType === "public" && availabilityMode !== "regional"
                    ? "is missing, which a public NAT gateway needs."
                    : undefined,
            "MissingParameter",
        ),
        only("allocationId", "connectivityType", [undefined, "public"], "InvalidParameterCombination"),
    ],
    create({ account, inputs: { subnetId, allocationId } }) {
        checkSubnet(account, "CreateNatGateway", subnetId);
        if (allocationId !== undefined && account.find("Eip", allocationId) === undefined) {
            const message = `Elastic IP address [${text(allocationId)}] could not be associated with this NAT gateway`;
            refuse("CreateNatGateway", "InvalidElasticIpID.NotFound", message);
        }
        return { id: "" };
    },
});

/** Source: EC2 API reference, CreateVpcEndpoint: which parameters are for which type. */
export const vpcEndpoint = identified("vpce", "vpc-endpoint", {
    replaceOn: ["serviceName", "vpcId", "vpcEndpointType"],
    keepOn: ["privateDnsEnabled"],
    rules: [
        ...["subnetIds", "securityGroupIds"].map((name) =>
            rule(name, (ids, { vpcEndpointType = "Gateway" }) =>
                vpcEndpointType === "Gateway" && Array.isArray(ids) && ids.length > 0
                    ? "does not go with a gateway endpoint."
                    : undefined,
            ),
        ),
        rule("privateDnsEnabled", (enabled, { vpcEndpointType = "Gateway" }) =>
            enabled === true && vpcEndpointType === "Gateway" ? "does not go with a gateway endpoint." : undefined,
        ),
        rule("routeTableIds", (ids, { vpcEndpointType }) =>
            Array.isArray(ids) && ids.length > 0 && vpcEndpointType === "Interface"
                ? "goes with gateway endpoints only."
                : undefined,
        ),
        form("serviceName", /^[\w-]+(\.[\w-]+)+$/, "names such as com.amazonaws.eu-central-1.s3", "InvalidServiceName"),
        json("policy"),
    ],
    create({ account, region, inputs }) {
        vpcOf(account, region, inputs.vpcId);
        texts(inputs.routeTableIds).forEach((id) => checkTableId(account, "CreateVpcEndpoint", id));
        return { id: "" };
    },
});
