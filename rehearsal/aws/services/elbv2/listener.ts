import { defaultListenerPolicy, listenerPolicies } from "../../facts";
import { object, text } from "../../account";
import type { Values } from "../../../provider";
import { usableCertificate } from "../acm";
import { actionRules, checkProtocol, checkTargets } from "./listenerActions";
import { hex, type Operation, type ResourceModel } from "../resource";

export const listener: ResourceModel = {
    rules: actionRules("defaultActions"),
    create(operation) {
        const settings = checkListener(operation);
        const id = `${text(operation.inputs.loadBalancerArn).replace(":loadbalancer/", ":listener/")}/${hex(16)}`;
        return { id, arn: id, ...settings };
    },
    update: checkListener,
};

export const listenerCertificate: ResourceModel = {
    create(operation) {
        const { listenerArn, certificateArn } = operation.inputs;
        const protocol = text(operation.account.find("Listener", listenerArn)?.properties.protocol);
        operation.refuseIf(
            !/^(HTTPS|TLS)$/.test(protocol),
            "InvalidConfigurationRequest",
            `A certificate cannot be specified for ${protocol} listeners`,
        );
        checkCertificate(operation, certificateArn);
        return { id: `${text(listenerArn)}_${text(certificateArn)}` };
    },
};

/** What a listener may be of, by the kind of its load balancer; the first where none is given. Source: API reference, CreateListener. */
const protocols: Readonly<Record<string, readonly string[]>> = {
    application: ["HTTP", "HTTPS"],
    network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
};

function checkListener(operation: Operation): Values {
    const { account, inputs, refuse, refuseIf } = operation;
    const balancer =
        account.find("LoadBalancer", inputs.loadBalancerArn) ??
        refuse("LoadBalancerNotFound", "One or more load balancers not found");
    const type = text(balancer.properties.loadBalancerType);
    const allowed = protocols[type] ?? [];
    const protocol = text(inputs.protocol) || (allowed[0] ?? "");
    refuseIf(
        type !== "gateway" && !allowed.includes(protocol),
        "ValidationError",
        `Listener protocol '${protocol}' must be one of '${allowed.join(", ")}'`,
    );
    refuseIf(type !== "gateway" && inputs.port === undefined, "ValidationError", "A port must be specified");
    refuseIf(
        type === "gateway" && (inputs.port ?? inputs.protocol) !== undefined,
        "ValidationError",
        "A port or a protocol cannot be specified for a listener of a Gateway Load Balancer",
    );
    const secure = protocol === "HTTPS" || protocol === "TLS";
    const { certificateArn, sslPolicy } = inputs;
    refuseIf(
        secure && certificateArn === undefined,
        "ValidationError",
        `A certificate must be specified for ${protocol} listeners`,
    );
    refuseIf(
        !secure && (certificateArn !== undefined || sslPolicy !== undefined),
        "InvalidConfigurationRequest",
        `A certificate or an SSL policy cannot be specified for ${protocol} listeners`,
    );
    if (secure) {
        checkCertificate(operation, certificateArn);
        refuseIf(
            sslPolicy !== undefined && !listenerPolicies.has(text(sslPolicy)),
            "SSLPolicyNotFound",
            `SSL policy '${text(sslPolicy)}' not found`,
        );
    }
    const { mode, trustStoreArn } = object(inputs.mutualAuthentication);
    refuseIf(
        mode === "verify" && account.find("TrustStore", trustStoreArn) === undefined,
        "TrustStoreNotFound",
        `Trust store '${text(trustStoreArn)}' not found`,
    );
    checkProtocol(operation, inputs.defaultActions, { protocol, port: inputs.port });
    checkTargets(operation, inputs.defaultActions, balancer, protocol);
    return { protocol, sslPolicy: secure ? (sslPolicy ?? defaultListenerPolicy) : "" };
}

/** Source: Elastic Load Balancing API reference, CertificateNotFound and UnsupportedCertificate. */
function checkCertificate({ account, region, refuseIf }: Operation, arn: unknown): void {
    // Certificates of IAM are not modelled, and belong to no region.
    if (text(arn).startsWith("arn:aws:iam:")) {
        return;
    }
    const state = usableCertificate(account, region, arn);
    refuseIf(state === "missing", "CertificateNotFound", `Certificate '${text(arn)}' not found`);
    refuseIf(
        state === "pending",
        "UnsupportedCertificate",
        `The certificate '${text(arn)}' must have a fully-qualified domain name, a supported signature, and a supported key size. (It is not issued yet: use the certificateArn of an aws.acm.CertificateValidation.)`,
    );
}
