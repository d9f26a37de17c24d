import { accountId, object, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { checkName } from "./loadBalancer";
import { hex, isKnown, refusals, type ResourceModel, type Rule } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

const isApplication = ({ protocol }: Values) => protocol === "HTTP" || protocol === "HTTPS";

/** Sources: API reference, TargetGroupAttribute; user guide, "Health checks" and "Target group attributes"; the provider. */
const targetGroupRules: readonly Rule[] = [
    {
        wrong: ({ slowStart: seconds }) =>
            typeof seconds === "number" && seconds !== 0 && (seconds < 30 || seconds > 900)
                ? ["slowStart", `is ${seconds}; AWS allows 0, and 30 to 900 seconds.`]
                : undefined,
    },
    {
        wrong: ({ deregistrationDelay: seconds }) =>
            typeof seconds === "number" && (seconds < 0 || seconds > 3600)
                ? ["deregistrationDelay", `is ${seconds}; AWS allows 0 to 3600 seconds.`]
                : undefined,
    },
    {
        code: "InvalidConfigurationRequest",
        wrong: (group) =>
            Number(group.slowStart) > 0 &&
            !["round_robin", undefined].includes(group.loadBalancingAlgorithmType as string | undefined)
                ? [
                      "slowStart",
                      `goes with the algorithm "round_robin" only, not with "${text(group.loadBalancingAlgorithmType)}".`,
                  ]
                : undefined,
    },
    {
        code: "InvalidConfigurationRequest",
        wrong: ({ loadBalancingAnomalyMitigation: mitigation, loadBalancingAlgorithmType: algorithm }) =>
            mitigation === "on" && isKnown(algorithm) && algorithm !== "weighted_random"
                ? ["loadBalancingAnomalyMitigation", 'goes with the algorithm "weighted_random" only.']
                : undefined,
    },
    {
        code: "InvalidConfigurationRequest",
        wrong: (group) =>
            isKnown(group.protocol) && !isApplication(group) && group.loadBalancingAlgorithmType !== undefined
                ? [
                      "loadBalancingAlgorithmType",
                      `is of target groups of HTTP and HTTPS; this one has ${text(group.protocol)}.`,
                  ]
                : undefined,
    },
    { at: "healthCheck", form: ["port", isHealthPort, '1 to 65535 and "traffic-port"'] },
    {
        at: "healthCheck",
        code: "InvalidConfigurationRequest",
        wrong: ({ protocol }, group) =>
            protocol === "TCP" && isApplication(group)
                ? ["protocol", `is "TCP"; target groups of ${text(group.protocol)} are checked by HTTP or HTTPS.`]
                : undefined,
    },
    ...["path", "matcher"].map((name): Rule => ({
        at: "healthCheck",
        wrong: ({ protocol, [name]: value }, group) =>
            protocol === "TCP" && !isApplication(group) && value !== undefined
                ? [name, "is of health checks by HTTP and HTTPS; this one is by TCP."]
                : undefined,
    })),
    {
        at: "stickiness",
        wrong: ({ type, cookieName }) =>
            type === "app_cookie" && cookieName === undefined
                ? ["cookieName", 'is missing, which the type "app_cookie" needs.']
                : undefined,
    },
    {
        at: "stickiness",
        form: ["cookieName", /^(?!AWSALB(APP|TG)?)[^\s,;=]+$/, "names of cookies that do not begin with AWSALB"],
    },
    {
        at: "stickiness",
        code: "InvalidConfigurationRequest",
        wrong: ({ type, enabled }, group) =>
            enabled !== false &&
            isKnown(type) &&
            isKnown(group.protocol) &&
            isApplication(group) !== /_cookie$/.test(text(type))
                ? ["type", `is "${text(type)}", which target groups of ${text(group.protocol)} do not have.`]
                : undefined,
    },
];

function isHealthPort(port: string): boolean {
    return port === "traffic-port" || (/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535);
}

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
    rules: targetGroupRules,
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
