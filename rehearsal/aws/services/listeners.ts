import { type Account, type AccountRecord } from "../account";
import { unknownValue, type Values } from "../server";
import { usableCertificate } from "./certificates";
import { hex, object, objects, refusals, type Report, type ResourceModel, text, texts } from "./model";

const refuse = refusals("Elastic Load Balancing v2");

const standardPolicy = "ELBSecurityPolicy-2016-08";

/** Policies of load balancers. Source: Elastic Load Balancing user guide, "Security policies for your Application Load Balancer". */
const securityPolicies = new Set(
    [
        "2016-08",
        "TLS-1-0-2015-04",
        "TLS-1-1-2017-01",
        "TLS-1-2-2017-01",
        "TLS-1-2-Ext-2018-06",
        "FS-2018-06",
        "FS-1-1-2019-08",
        "FS-1-2-2019-08",
        "FS-1-2-Res-2019-08",
        "FS-1-2-Res-2020-10",
        "2015-05",
        ...["3", "2-Res", "2", "2-Ext1", "2-Ext2", "1", "0"].map((version) => `TLS13-1-${version}-2021-06`),
        ...["3", "2-Res", "2", "2-Ext0", "2-Ext1", "2-Ext2", "1", "0"].map(
            (version) => `TLS13-1-${version}-FIPS-2023-04`,
        ),
        ...["3", "2-Res", "2", "2-Ext1", "2-Ext2", "0"].map((version) => `TLS13-1-${version}-PQ-2025-09`),
        ...["3", "2-Res", "2", "2-Ext0", "2-Ext1", "2-Ext2", "0"].map(
            (version) => `TLS13-1-${version}-FIPS-PQ-2025-09`,
        ),
        "TLS13-1-3-RFC9151-FIPS-2023-07",
        "TLS13-1-2-RFC9151-FIPS-2023-07",
        ...[1, 2, 3, 4].map((number) => `TLS13-1-2-RFC9151-INTEROP${number}-FIPS-2023-07`),
    ].map((name) => `ELBSecurityPolicy-${name}`),
);

const listener: ResourceModel = {
    replaceOn: ["loadBalancerArn"],
    check(inputs, report) {
        checkActions(inputs["defaultActions"], "defaultActions", report);
        const { port } = inputs;
        if (typeof port === "number" && (port < 1 || port > 65535)) {
            report("port", `is ${port}; AWS allows 1 to 65535.`);
        }
    },
    create({ account, region, inputs }) {
        const balancer = account.find("LoadBalancer", inputs["loadBalancerArn"]);
        if (balancer?.region !== region) {
            return refuse("CreateListener", "LoadBalancerNotFound", "One or more load balancers not found");
        }
        const settings = checkListener(account, region, inputs, balancer, undefined);
        const id = `${balancer.id.replace(":loadbalancer/", ":listener/")}/${hex(16)}`;
        return { id, arn: id, ...settings };
    },
    update({ account, region, inputs, old }) {
        const balancer = account.find("LoadBalancer", inputs["loadBalancerArn"]);
        return balancer === undefined
            ? refuse("ModifyListener", "LoadBalancerNotFound", "One or more load balancers not found")
            : checkListener(account, region, inputs, balancer, old);
    },
    delete({ account, old }) {
        account
            .all("ListenerRule")
            .filter(({ properties }) => properties.listenerArn === old.id)
            .forEach((rule) => account.delete(rule.type, rule.id));
    },
};

const listenerRule: ResourceModel = {
    replaceOn: ["listenerArn"],
    check(inputs, report) {
        checkActions(inputs["actions"], "actions", report);
        objects(inputs["conditions"]).forEach((condition, index) =>
            checkCondition(condition, `conditions[${index}]`, report),
        );
        const { priority } = inputs;
        if (typeof priority === "number" && (priority < 1 || priority > 50000)) {
            report("priority", `is ${priority}; AWS allows 1 to 50000.`);
        }
    },
    create({ account, region, inputs }) {
        const parent = account.find("Listener", inputs["listenerArn"]);
        if (parent?.region !== region) {
            return refuse("CreateRule", "ListenerNotFound", "One or more listeners not found");
        }
        const settings = checkRule(account, inputs, parent, undefined);
        const id = `${parent.id.replace(":listener/", ":listener-rule/")}/${hex(16)}`;
        return { id, arn: id, ...settings };
    },
    update({ account, inputs, old }) {
        const parent = account.find("Listener", inputs["listenerArn"]);
        return parent === undefined
            ? refuse("ModifyRule", "ListenerNotFound", "One or more listeners not found")
            : checkRule(account, inputs, parent, old);
    },
};

const listenerCertificate: ResourceModel = {
    replaceOn: ["listenerArn", "certificateArn"],
    create({ account, region, inputs }) {
        if (account.find("Listener", inputs["listenerArn"])?.region !== region) {
            refuse("AddListenerCertificates", "ListenerNotFound", "One or more listeners not found");
        }
        checkCertificate(account, region, inputs["certificateArn"], "AddListenerCertificates");
        return { id: `${text(inputs["listenerArn"])}_${text(inputs["certificateArn"])}` };
    },
};

export const listenerResources: Readonly<Record<string, ResourceModel>> = {
    "listener:Listener": listener,
    "listenerRule:ListenerRule": listenerRule,
    "listenerCertificate:ListenerCertificate": listenerCertificate,
};

function checkListener(
    account: Account,
    region: string,
    inputs: Values,
    balancer: AccountRecord,
    old: AccountRecord | undefined,
): Values {
    const action = old === undefined ? "CreateListener" : "ModifyListener";
    const twin = account
        .all("Listener")
        .find(
            ({ id, properties }) =>
                id !== old?.id && properties.loadBalancerArn === balancer.id && properties.port === inputs["port"],
        );
    if (twin !== undefined) {
        refuse(
            action,
            "DuplicateListener",
            `A listener already exists on this port for this load balancer '${balancer.id}'`,
        );
    }
    const isApplication = balancer.properties.loadBalancerType === "application";
    const protocol = text(inputs["protocol"]) || (isApplication ? "HTTP" : "TCP");
    const allowed = isApplication ? ["HTTP", "HTTPS"] : ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"];
    if (!allowed.includes(protocol)) {
        refuse(action, "ValidationError", `Listener protocol '${protocol}' must be one of '${allowed.join(", ")}'`);
    }
    if (isApplication && inputs["port"] === undefined) {
        refuse(action, "ValidationError", "A port must be specified");
    }
    const secure = protocol === "HTTPS" || protocol === "TLS";
    const { certificateArn, sslPolicy } = inputs;
    if (secure && certificateArn === undefined) {
        refuse(action, "ValidationError", `A certificate must be specified for ${protocol} listeners`);
    }
    if (!secure && (certificateArn !== undefined || sslPolicy !== undefined)) {
        refuse(
            action,
            "InvalidConfigurationRequest",
            `A certificate or an SSL policy cannot be specified for ${protocol} listeners`,
        );
    }
    if (secure) {
        checkCertificate(account, region, certificateArn, action);
        if (sslPolicy !== undefined && !securityPolicies.has(text(sslPolicy))) {
            refuse(action, "SSLPolicyNotFound", `SSL policy '${text(sslPolicy)}' not found`);
        }
    }
    checkTrustStore(account, object(inputs["mutualAuthentication"]), action);
    checkTargets(account, inputs["defaultActions"], balancer, action);
    return { protocol, sslPolicy: secure ? (sslPolicy ?? standardPolicy) : "" };
}

/** Source: Elastic Load Balancing API reference, CertificateNotFound and UnsupportedCertificate. */
function checkCertificate(account: Account, region: string, arn: unknown, action: string): void {
    // Certificates of IAM are not modelled, and belong to no region.
    if (text(arn).startsWith("arn:aws:iam:")) {
        return;
    }
    const state = usableCertificate(account, region, arn);
    if (state === "missing") {
        refuse(action, "CertificateNotFound", `Certificate '${text(arn)}' not found`);
    }
    if (state === "pending") {
        refuse(
            action,
            "UnsupportedCertificate",
            `The certificate '${text(arn)}' must have a fully-qualified domain name, a supported signature, and a supported key size. (It is not issued yet: use the certificateArn of an aws.acm.CertificateValidation.)`,
        );
    }
}

function checkTrustStore(account: Account, authentication: Values, action: string): void {
    const arn = authentication["trustStoreArn"];
    if (authentication["mode"] === "verify" && account.find("TrustStore", arn) === undefined) {
        refuse(action, "TrustStoreNotFound", `Trust store '${text(arn)}' not found`);
    }
}

function targetsOf(actions: unknown): string[] {
    return objects(actions)
        .flatMap((action) => [
            text(action["targetGroupArn"]),
            ...objects(object(action["forward"])["targetGroups"]).map((group) => text(group["arn"])),
        ])
        .filter((arn) => arn !== "");
}

function checkTargets(account: Account, actions: unknown, balancer: AccountRecord, action: string): void {
    for (const arn of targetsOf(actions)) {
        const group = account.find("TargetGroup", arn);
        if (group === undefined) {
            refuse(action, "TargetGroupNotFound", `Target groups '${arn}' not found`);
        }
        if (group?.properties.vpcId !== undefined && group.properties.vpcId !== balancer.properties.vpcId) {
            refuse(
                action,
                "InvalidConfigurationRequest",
                `The following target groups are not in the same VPC as the load balancer: '${arn}'`,
            );
        }
        const listeners = account.all("Listener");
        const users = [...listeners, ...account.all("ListenerRule")].filter(({ properties }) =>
            targetsOf(properties.defaultActions ?? properties.actions).includes(arn),
        );
        const balancers = users.map(
            ({ properties }) =>
                properties.loadBalancerArn ??
                listeners.find(({ id }) => id === properties.listenerArn)?.properties.loadBalancerArn,
        );
        if (balancers.some((other) => other !== balancer.id)) {
            refuse(
                action,
                "TargetGroupAssociationLimit",
                `The following target groups cannot be associated with more than one load balancer: ${arn}`,
            );
        }
    }
}

function checkRule(account: Account, inputs: Values, parent: AccountRecord, old: AccountRecord | undefined): Values {
    const action = old === undefined ? "CreateRule" : "ModifyRule";
    const others = account
        .all("ListenerRule")
        .filter(({ id, properties }) => id !== old?.id && properties.listenerArn === parent.id);
    const priority =
        inputs["priority"] ??
        old?.properties.priority ??
        Math.max(0, ...others.map(({ properties }) => Number(properties.priority))) + 1;
    if (others.some(({ properties }) => properties.priority === priority)) {
        refuse(action, "PriorityInUse", `Priority '${Number(priority)}' is currently in use`);
    }
    // Source: "Quotas for your Application Load Balancers": condition values per rule.
    const values = objects(inputs["conditions"])
        .flatMap((condition) => Object.values(condition))
        .flatMap((condition) => [...texts(object(condition)["values"]), ...objects(object(condition)["values"])]);
    const pairs = objects(inputs["conditions"]).flatMap((condition) => objects(condition["queryStrings"]));
    if (values.length + pairs.length > 5) {
        refuse(action, "ValidationError", "A rule can only have '5' condition values");
    }
    const balancer = account.find("LoadBalancer", parent.properties.loadBalancerArn);
    if (balancer !== undefined) {
        checkTargets(account, inputs["actions"], balancer, action);
    }
    return { priority };
}

/** Source: Elastic Load Balancing API reference, HttpHeaderConditionConfig and its siblings. */
function checkCondition(condition: Values, path: string, report: Report): void {
    const kinds = Object.keys(condition).filter((name) => !name.startsWith("__"));
    if (kinds.length !== 1) {
        report(
            path,
            `Exactly one kind of condition must be given; there ${kinds.length === 0 ? "is none" : `are ${kinds.join(", ")}`}. Put each into a condition of its own.`,
        );
    }
    const header = object(condition["httpHeader"]);
    const name = text(header["httpHeaderName"]);
    if (name !== unknownValue && name.length > 40) {
        report(`${path}.httpHeader.httpHeaderName`, `has ${name.length} characters; AWS allows 40.`);
    }
    if (name.toLowerCase() === "host") {
        report(`${path}.httpHeader.httpHeaderName`, 'is "Host", which AWS forbids here. Use a "hostHeader" condition.');
    }
    for (const kind of ["httpHeader", "hostHeader", "pathPattern"]) {
        texts(object(condition[kind])["values"]).forEach((value, index) => {
            if (value !== unknownValue && (value.length > 128 || value === "")) {
                report(`${path}.${kind}.values[${index}]`, `has ${value.length} characters; AWS allows 1 to 128.`);
            }
        });
    }
}

function checkActions(actions: unknown, path: string, report: Report): void {
    const blocks: Readonly<Record<string, readonly string[]>> = {
        forward: ["targetGroupArn", "forward"],
        redirect: ["redirect"],
        "fixed-response": ["fixedResponse"],
        "authenticate-cognito": ["authenticateCognito"],
        "authenticate-oidc": ["authenticateOidc"],
        "jwt-validation": ["jwtValidation"],
    };
    objects(actions).forEach((action, index) => {
        const place = `${path}[${index}]`;
        const needed = blocks[text(action["type"])];
        if (needed !== undefined && !needed.some((name) => action[name] !== undefined)) {
            report(
                place,
                `An action of type "${text(action["type"])}" needs ${needed.map((name) => `"${name}"`).join(" or ")}.`,
            );
        }
        const response = object(action["fixedResponse"]);
        const status = response["statusCode"];
        if (typeof status === "string" && status !== unknownValue && !/^[245]\d\d$/.test(status)) {
            report(`${place}.fixedResponse.statusCode`, `is "${status}"; AWS allows 2XX, 4XX and 5XX.`);
        }
        if (text(response["messageBody"]).length > 1024) {
            report(
                `${place}.fixedResponse.messageBody`,
                `has ${text(response["messageBody"]).length} characters; AWS allows 1024.`,
            );
        }
    });
}
