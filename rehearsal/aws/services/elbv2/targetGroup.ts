import { accountId, object, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { checkName } from "./loadBalancer";
import { hex, refusals, type ResourceModel } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

export const targetGroup: ResourceModel = {
    autoName: { maximum: 32 },
    replaceOn: [
        "name",
        "namePrefix",
        "port",
        "protocol",
        "protocolVersion",
        "targetType",
        "targetControlPort",
        "vpcId",
        "ipAddressType",
    ],
    defaults: {
        targetType: "instance",
        deregistrationDelay: 300,
        slowStart: 0,
        loadBalancingAlgorithmType: "round_robin",
        protocolVersion: "HTTP1",
    },
    check(inputs, report) {
        checkName(inputs, report);
        if (inputs.targetType !== "lambda") {
            for (const name of ["port", "protocol", "vpcId"].filter((needed) => inputs[needed] === undefined)) {
                report(name, `Missing required property "${name}": only target groups of type "lambda" do without.`);
            }
        }
        const path = object(inputs.healthCheck).path;
        if (typeof path === "string" && path !== unknownValue && (!path.startsWith("/") || path.length > 1024)) {
            report("healthCheck.path", `is "${path}"; a path begins with "/" and has at most 1024 characters.`);
        }
    },
    create({ account, region, inputs }) {
        const name = text(inputs.name) || `${text(inputs.namePrefix)}${hex(20)}`.slice(0, 32);
        if (account.all("TargetGroup", region).some((other) => other.properties.name === name)) {
            refuse(
                "CreateTargetGroup",
                "DuplicateTargetGroupName",
                `A target group with the same name '${name}' exists, but with different settings`,
            );
        }
        const vpcId = inputs.vpcId;
        if (vpcId !== undefined && account.all("Vpc", region).every(({ id }) => id !== vpcId)) {
            refuse("CreateTargetGroup", "ValidationError", `The VPC ID '${text(vpcId)}' is not found`);
        }
        checkHealth(inputs, "CreateTargetGroup");
        const suffix = `targetgroup/${name}/${hex(16)}`;
        const id = `arn:aws:elasticloadbalancing:${region}:${accountId}:${suffix}`;
        return { id, arn: id, arnSuffix: suffix, name, loadBalancerArns: [], ...health(inputs) };
    },
    update({ inputs }) {
        checkHealth(inputs, "ModifyTargetGroup");
        return health(inputs);
    },
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

/** Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups". */
function checkHealth(inputs: Values, action: string): void {
    const { interval, timeout, matcher, protocol } = object(health(inputs).healthCheck);
    if (Number(timeout) >= Number(interval)) {
        refuse(
            action,
            "ValidationError",
            `Health check timeout '${Number(timeout)}' must be smaller than the interval '${Number(interval)}'`,
        );
    }
    const codes = text(matcher).split(/[,-]/).map(Number);
    const application = inputs.protocol === "HTTP" || inputs.protocol === "HTTPS";
    if (application && protocol !== "TCP" && inputs.protocolVersion !== "GRPC") {
        const wrong = codes.find((code) => !(code >= 200 && code <= 499));
        if (wrong !== undefined) {
            refuse(
                action,
                "InvalidConfigurationRequest",
                `Health check matcher HTTP code '${text(matcher)}' must be within '200-499' inclusive`,
            );
        }
    }
}

export const targetGroupAttachment: ResourceModel = {
    replaceOn: ["targetGroupArn", "targetId", "port", "availabilityZone"],
    create({ account, inputs }) {
        const group = account.find("TargetGroup", inputs.targetGroupArn);
        if (group === undefined) {
            refuse(
                "RegisterTargets",
                "TargetGroupNotFound",
                `Target groups '${text(inputs.targetGroupArn)}' not found`,
            );
        }
        const target = text(inputs.targetId);
        if (group?.properties.targetType === "ip" && !/^[\d.]+$|:/.test(target)) {
            refuse(
                "RegisterTargets",
                "ValidationError",
                `The IP address '${target}' is not a valid IPv4 or IPv6 address`,
            );
        }
        return { id: `${text(inputs.targetGroupArn)}-${hex(20)}` };
    },
};

function health(inputs: Values): Values {
    const given = object(inputs.healthCheck);
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
