import { defaultListenerPolicy, listenerPolicies } from "../../facts";
import { type Account, type AccountRecord, object, text } from "../../account";
import type { Values } from "../../../provider";
import { usableCertificate } from "../acm";
import { actionRules, checkActions, checkProtocol, checkTargets } from "./listenerActions";
import { hex, refusals, type ResourceModel, ruleForms } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

const { form, needed, only } = ruleForms("ValidationError");

export const listener: ResourceModel = {
    replaceOn: ["loadBalancerArn"],
    rules: [
        ...actionRules("defaultActions"),
        // Sources: Elastic Load Balancing API reference, MutualAuthenticationAttributes and ListenerAttribute.
        needed("mutualAuthentication.trustStoreArn", "mode", ["verify"]),
        only("mutualAuthentication.trustStoreArn", "mode", ["verify", undefined]),
        // Source: the same reference, CreateListener, "AlpnPolicy": of TLS listeners.
        only("alpnPolicy", "protocol", ["TLS"]),
        form("routingHttpResponseXFrameOptionsHeaderValue", /^(DENY|SAMEORIGIN|ALLOW-FROM .*)$/, "DENY and SAMEORIGIN"),
        form("routingHttpResponseXContentTypeOptionsHeaderValue", /^nosniff$/, "nosniff"),
    ],
    check(inputs, report) {
        checkActions(inputs.defaultActions, "defaultActions", report);
    },
    create({ account, region, inputs }) {
        const balancer = account.find("LoadBalancer", inputs.loadBalancerArn);
        if (balancer?.region !== region) {
            return refuse("CreateListener", "LoadBalancerNotFound", "One or more load balancers not found");
        }
        const settings = checkListener(account, region, inputs, balancer, undefined);
        const id = `${balancer.id.replace(":loadbalancer/", ":listener/")}/${hex(16)}`;
        return { id, arn: id, ...settings };
    },
    update({ account, region, inputs, old }) {
        const balancer = account.find("LoadBalancer", inputs.loadBalancerArn);
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

export const listenerCertificate: ResourceModel = {
    replaceOn: ["listenerArn", "certificateArn"],
    create({ account, region, inputs }) {
        if (account.find("Listener", inputs.listenerArn)?.region !== region) {
            refuse("AddListenerCertificates", "ListenerNotFound", "One or more listeners not found");
        }
        checkCertificate(account, region, inputs.certificateArn, "AddListenerCertificates");
        return { id: `${text(inputs.listenerArn)}_${text(inputs.certificateArn)}` };
    },
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
                id !== old?.id && properties.loadBalancerArn === balancer.id && properties.port === inputs.port,
        );
    if (twin !== undefined) {
        refuse(
            action,
            "DuplicateListener",
            `A listener already exists on this port for this load balancer '${balancer.id}'`,
        );
    }
    const isApplication = balancer.properties.loadBalancerType === "application";
    const protocol = text(inputs.protocol) || (isApplication ? "HTTP" : "TCP");
    const allowed = isApplication ? ["HTTP", "HTTPS"] : ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"];
    if (!allowed.includes(protocol)) {
        refuse(action, "ValidationError", `Listener protocol '${protocol}' must be one of '${allowed.join(", ")}'`);
    }
    if (isApplication && inputs.port === undefined) {
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
        if (sslPolicy !== undefined && !listenerPolicies.has(text(sslPolicy))) {
            refuse(action, "SSLPolicyNotFound", `SSL policy '${text(sslPolicy)}' not found`);
        }
    }
    checkTrustStore(account, object(inputs.mutualAuthentication), action);
    const { mode } = object(inputs.mutualAuthentication);
    if (protocol !== "HTTPS" && mode !== undefined && mode !== "off") {
        refuse(action, "InvalidConfigurationRequest", "Mutual authentication is supported only on HTTPS listeners");
    }
    checkProtocol(inputs.defaultActions, { protocol, port: inputs.port }, action);
    checkTargets(account, inputs.defaultActions, balancer, action);
    return { protocol, sslPolicy: secure ? (sslPolicy ?? defaultListenerPolicy) : "" };
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
    const arn = authentication.trustStoreArn;
    if (authentication.mode === "verify" && account.find("TrustStore", arn) === undefined) {
        refuse(action, "TrustStoreNotFound", `Trust store '${text(arn)}' not found`);
    }
}
