import { type Account, accountId, type AccountRecord } from "../account";
import { unknownValue, type Values } from "../server";
import { listenerResources } from "./listeners";
import { elbZoneIds, logAccounts } from "./elbRegions";
import {
    hex,
    type Lookup,
    object,
    objects,
    refusals,
    type Report,
    type ResourceModel,
    type ServiceModel,
    stable,
    text,
    texts,
} from "./model";
import { hasInternetGateway } from "./network";

const refuse = refusals("Elastic Load Balancing v2");

/** Source: Elastic Load Balancing API reference, CreateLoadBalancer and CreateTargetGroup. */
function checkName(inputs: Values, report: Report): void {
    const { name } = inputs;
    if (
        typeof name === "string" &&
        name !== unknownValue &&
        (!/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/.test(name) || name.startsWith("internal-"))
    ) {
        report(
            "name",
            `is "${name}"; AWS allows 1 to 32 letters, digits and hyphens, no hyphen at either end, and not "internal-" at the start.`,
        );
    }
}

const loadBalancer: ResourceModel = {
    autoName: { maximum: 32 },
    replaceOn: ["name", "namePrefix", "internal", "loadBalancerType", "customerOwnedIpv4Pool"],
    sets: ["subnets", "securityGroups"],
    values: {
        loadBalancerType: ["application", "network", "gateway"],
        ipAddressType: ["ipv4", "dualstack", "dualstack-without-public-ipv4"],
        desyncMitigationMode: ["monitor", "defensive", "strictest"],
        xffHeaderProcessingMode: ["append", "preserve", "remove"],
    },
    defaults: {
        internal: false,
        loadBalancerType: "application",
        ipAddressType: "ipv4",
        enableHttp2: true,
        idleTimeout: 60,
        desyncMitigationMode: "defensive",
        xffHeaderProcessingMode: "append",
    },
    check(inputs, report) {
        checkName(inputs, report);
        if (inputs["subnets"] === undefined && inputs["subnetMappings"] === undefined) {
            report("subnets", 'One of "subnets" and "subnetMappings" must be given; there is none.');
        }
    },
    create({ account, region, inputs, properties }) {
        const name = text(inputs["name"]) || `${text(inputs["namePrefix"])}${hex(20)}`.slice(0, 32);
        if (account.all("LoadBalancer", region).some((other) => other.properties.name === name)) {
            refuse(
                "CreateLoadBalancer",
                "DuplicateLoadBalancerName",
                `A load balancer with the same name '${name}' exists, but with different settings`,
            );
        }
        const type = text(properties["loadBalancerType"]);
        const internal = properties["internal"] === true;
        const vpcId = checkPlace(account, region, inputs, internal, type, "CreateLoadBalancer");
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
    update({ account, region, inputs, properties, old }) {
        checkPlace(
            account,
            region,
            inputs,
            old.properties.internal === true,
            text(properties["loadBalancerType"]),
            "SetSubnets",
        );
        return placement(account, inputs);
    },
    delete({ account, old }) {
        if (old.properties.enableDeletionProtection === true) {
            refuse(
                "DeleteLoadBalancer",
                "OperationNotPermitted",
                `Load balancer '${old.id}' cannot be deleted because deletion protection is enabled`,
            );
        }
        if (
            account
                .all("VpcOrigin")
                .some(({ properties }) => object(properties.vpcOriginEndpointConfig)["arn"] === old.id)
        ) {
            refuse(
                "DeleteLoadBalancer",
                "ResourceInUse",
                `Load balancer '${old.id}' cannot be deleted because it is currently associated with another service`,
            );
        }
        // AWS deletes listeners with their load balancer, and rules with their listener.
        const listeners = account.all("Listener").filter(({ properties }) => properties.loadBalancerArn === old.id);
        for (const listener of listeners) {
            account
                .all("ListenerRule")
                .filter(({ properties }) => properties.listenerArn === listener.id)
                .forEach((rule) => account.delete(rule.type, rule.id));
            account.delete(listener.type, listener.id);
        }
    },
};

const targetGroup: ResourceModel = {
    autoName: { maximum: 32 },
    replaceOn: ["name", "namePrefix", "port", "protocol", "protocolVersion", "targetType", "vpcId", "ipAddressType"],
    values: {
        protocol: ["GENEVE", "HTTP", "HTTPS", "TCP", "TCP_UDP", "TLS", "UDP", "QUIC", "TCP_QUIC"],
        targetType: ["instance", "ip", "lambda", "alb"],
        "healthCheck.protocol": ["HTTP", "HTTPS", "TCP"],
    },
    defaults: {
        targetType: "instance",
        deregistrationDelay: 300,
        slowStart: 0,
        loadBalancingAlgorithmType: "round_robin",
        protocolVersion: "HTTP1",
    },
    check(inputs, report) {
        checkName(inputs, report);
        if (inputs["targetType"] !== "lambda") {
            for (const name of ["port", "protocol", "vpcId"].filter((needed) => inputs[needed] === undefined)) {
                report(name, `Missing required property "${name}": only target groups of type "lambda" do without.`);
            }
        }
        const { port } = inputs;
        if (typeof port === "number" && (port < 1 || port > 65535)) {
            report("port", `is ${port}; AWS allows 1 to 65535.`);
        }
        const path = object(inputs["healthCheck"])["path"];
        if (typeof path === "string" && path !== unknownValue && (!path.startsWith("/") || path.length > 1024)) {
            report("healthCheck.path", `is "${path}"; a path begins with "/" and has at most 1024 characters.`);
        }
    },
    create({ account, region, inputs }) {
        const name = text(inputs["name"]) || `${text(inputs["namePrefix"])}${hex(20)}`.slice(0, 32);
        if (account.all("TargetGroup", region).some((other) => other.properties.name === name)) {
            refuse(
                "CreateTargetGroup",
                "DuplicateTargetGroupName",
                `A target group with the same name '${name}' exists, but with different settings`,
            );
        }
        const vpcId = inputs["vpcId"];
        if (vpcId !== undefined && account.all("Vpc", region).every(({ id }) => id !== vpcId)) {
            refuse("CreateTargetGroup", "ValidationError", `The VPC ID '${text(vpcId)}' is not found`);
        }
        const suffix = `targetgroup/${name}/${hex(16)}`;
        const id = `arn:aws:elasticloadbalancing:${region}:${accountId}:${suffix}`;
        return { id, arn: id, arnSuffix: suffix, name, loadBalancerArns: [], ...health(inputs) };
    },
    update: ({ inputs }) => health(inputs),
    delete({ account, old }) {
        const users = [...account.all("Listener"), ...account.all("ListenerRule")];
        if (
            users.some(({ properties }) =>
                JSON.stringify([properties.defaultActions, properties.actions]).includes(`"${old.id}"`),
            )
        ) {
            refuse(
                "DeleteTargetGroup",
                "ResourceInUse",
                `Target group '${old.id}' is currently in use by a listener or a rule`,
            );
        }
    },
};

const targetGroupAttachment: ResourceModel = {
    replaceOn: ["targetGroupArn", "targetId", "port", "availabilityZone"],
    create({ account, inputs }) {
        const group = account.find("TargetGroup", inputs["targetGroupArn"]);
        if (group === undefined) {
            refuse(
                "RegisterTargets",
                "TargetGroupNotFound",
                `Target groups '${text(inputs["targetGroupArn"])}' not found`,
            );
        }
        const target = text(inputs["targetId"]);
        if (group?.properties.targetType === "ip" && !/^[\d.]+$|:/.test(target)) {
            refuse(
                "RegisterTargets",
                "ValidationError",
                `The IP address '${target}' is not a valid IPv4 or IPv6 address`,
            );
        }
        return { id: `${text(inputs["targetGroupArn"])}-${hex(20)}` };
    },
};

const trustStore: ResourceModel = {
    autoName: { maximum: 32 },
    replaceOn: ["name", "namePrefix"],
    create({ region, inputs }) {
        const suffix = `truststore/${text(inputs["name"])}/${hex(16)}`;
        const id = `arn:aws:elasticloadbalancing:${region}:${accountId}:${suffix}`;
        return { id, arn: id, arnSuffix: suffix };
    },
    delete({ account, old }) {
        if (
            account
                .all("Listener")
                .some(({ properties }) => object(properties.mutualAuthentication)["trustStoreArn"] === old.id)
        ) {
            refuse("DeleteTrustStore", "TrustStoreInUse", `Trust store '${old.id}' is in use by a listener`);
        }
    },
};

const resources: Readonly<Record<string, ResourceModel>> = {
    "loadBalancer:LoadBalancer": loadBalancer,
    "targetGroup:TargetGroup": targetGroup,
    "targetGroupAttachment:TargetGroupAttachment": targetGroupAttachment,
    "trustStore:TrustStore": trustStore,
    ...listenerResources,
};

export const loadBalancers: ServiceModel = {
    // Two module names of one service, each with tokens of its own.
    resources: Object.fromEntries(
        ["lb", "alb"].flatMap((module) =>
            Object.entries(resources).map(([name, model]) => [`aws:${module}/${name}`, model]),
        ),
    ),
    lookups: {
        ...Object.fromEntries(
            ["lb", "alb"].flatMap((module) => [
                [`aws:${module}/getLoadBalancer:getLoadBalancer`, (lookup: Lookup) => named(lookup, "LoadBalancer")],
                [`aws:${module}/getTargetGroup:getTargetGroup`, (lookup: Lookup) => named(lookup, "TargetGroup")],
                [`aws:${module}/getListener:getListener`, (lookup: Lookup) => named(lookup, "Listener")],
            ]),
        ),
        "aws:elb/getServiceAccount:getServiceAccount": ({ region }) => {
            const account = logAccounts[region];
            if (account === undefined) {
                throw new Error(`unsupported ELB Service Account Region (${region})`);
            }
            return { id: account, arn: `arn:aws:iam::${account}:root` };
        },
    },
};

function named({ account, region, args }: Lookup, kind: string): Values {
    const found = account
        .all(kind, region)
        .filter(({ id, properties }) =>
            Object.entries(args).every(
                ([name, value]) =>
                    name === "region" || name === "tags" || (name === "arn" ? id : properties[name]) === value,
            ),
        );
    const [only] = found;
    if (only === undefined || found.length > 1) {
        throw new Error(`Search returned ${found.length} results, please revise so only one is returned`);
    }
    return { ...only.properties, id: only.id };
}

/** Refuses subnets and groups that a load balancer cannot have. Source: Elastic Load Balancing API reference. */
function checkPlace(
    account: Account,
    region: string,
    inputs: Values,
    internal: boolean,
    type: string,
    action: string,
): string {
    const wanted = [
        ...texts(inputs["subnets"]),
        ...objects(inputs["subnetMappings"]).map((mapping) => text(mapping["subnetId"])),
    ];
    const subnets = wanted.map(
        (id) =>
            account.all("Subnet", region).find((subnet) => subnet.id === id) ??
            refuse(action, "SubnetNotFound", `The subnet ID '${id}' does not exist`),
    );
    const zones = subnets.map(({ properties }) => text(properties.availabilityZone));
    if (new Set(zones).size < zones.length) {
        refuse(
            action,
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        );
    }
    if (type === "application" && zones.length < 2) {
        refuse(action, "ValidationError", "At least two subnets in two different Availability Zones must be specified");
    }
    const vpcs = [...new Set(subnets.map(({ properties }) => text(properties.vpcId)))];
    if (vpcs.length > 1) {
        refuse(action, "InvalidConfigurationRequest", "All subnets must belong to the same VPC");
    }
    const [vpcId = ""] = vpcs;
    if (!internal && !hasInternetGateway(account, vpcId)) {
        refuse(action, "InvalidSubnet", `VPC ${vpcId} has no internet gateway`);
    }
    for (const groupId of texts(inputs["securityGroups"])) {
        if (account.all("SecurityGroup", region).find(({ id }) => id === groupId)?.properties.vpcId !== vpcId) {
            refuse(action, "InvalidConfigurationRequest", "One or more security groups are invalid");
        }
    }
    for (const kind of ["accessLogs", "connectionLogs", "healthCheckLogs"]) {
        checkLogs(account, region, object(inputs[kind]));
    }
    return vpcId;
}

function checkLogs(account: Account, region: string, logs: Values): void {
    const bucket = text(logs["bucket"]);
    if (bucket === "" || logs["enabled"] === false) {
        return;
    }
    const found = account.all("Bucket").find(({ id }) => id === bucket);
    const mayWrite = account
        .all("BucketPolicy")
        .some(
            ({ properties }) =>
                properties.bucket === bucket &&
                /logdelivery\.elasticloadbalancing|:root/.test(JSON.stringify(properties.policy)),
        );
    if (found?.region !== region || !mayWrite) {
        refuse(
            "ModifyLoadBalancerAttributes",
            "InvalidConfigurationRequest",
            `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
        );
    }
}

function placement(account: Account, inputs: Values): Values {
    const mappings = objects(inputs["subnetMappings"]);
    const subnets =
        inputs["subnets"] === undefined
            ? mappings.map((mapping) => text(mapping["subnetId"]))
            : texts(inputs["subnets"]);
    const vpcId = account.all("Subnet").find(({ id }) => id === subnets[0])?.properties.vpcId;
    const standard = account
        .all("SecurityGroup")
        .filter(({ properties }) => properties.vpcId === vpcId && properties.name === "default");
    return {
        subnets,
        subnetMappings: mappings.length > 0 ? mappings : subnets.map((subnetId) => ({ subnetId })),
        securityGroups: inputs["securityGroups"] ?? standard.map((group: AccountRecord) => group.id),
    };
}

function health(inputs: Values): Values {
    const given = object(inputs["healthCheck"]);
    const standard = {
        enabled: true,
        healthyThreshold: 3,
        interval: 30,
        matcher: "200",
        path: "/",
        port: "traffic-port",
        protocol: "HTTP",
        timeout: 5,
        unhealthyThreshold: 3,
    };
    return {
        healthCheck: Object.fromEntries(
            Object.entries({ ...standard, ...given }).filter(([name]) => name !== "__defaults"),
        ),
    };
}
