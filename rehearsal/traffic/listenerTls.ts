import { createSecureContext, type SecureContext } from "node:tls";
import { filledText } from "../aws/account";
import { defaultListenerPolicy, listenerPolicies } from "../aws/facts";
import type { IssuedCertificate } from "./certificateAuthority";
import { arnOf, type DeployedAccount, type DeployedResource } from "./deployedAccount";
import type { LoadBalancerSurroundings } from "./surroundings";
import { coversName } from "../aws/services";

/** What of a listener needs another server when it changes; everything else is read for each request. */
export function listenerFingerprint(
    { account, certificate }: LoadBalancerSurroundings,
    listener: DeployedResource,
): string {
    const { protocol, port, sslPolicy, loadBalancerArn } = listener.properties;
    const issued = certificateArns(account, listener).map((arn) => [arn, certificate(arn) !== undefined]);
    return JSON.stringify([protocol, port, sslPolicy, loadBalancerArn, issued]);
}

function certificateArns(account: DeployedAccount, listener: DeployedResource): unknown[] {
    return [
        listener.properties.certificateArn,
        ...account
            .all("ListenerCertificate")
            .filter((one) => one.properties.listenerArn === arnOf(listener))
            .map((one) => one.properties.certificateArn),
    ];
}

/** What a TLS server needs to be a listener. @throws Error if the security policy is none of AWS's */
export function listenerTls({ account, certificate }: LoadBalancerSurroundings, listener: DeployedResource) {
    const { properties } = listener;
    const policyName = filledText(properties.sslPolicy) ?? defaultListenerPolicy;
    const policy = listenerPolicies.get(policyName);
    if (policy === undefined) {
        throw new Error(
            `The listener on port ${String(properties.port)} has sslPolicy ${policyName}, which is no security policy of Elastic Load Balancing.`,
        );
    }
    const certificates = certificateArns(account, listener).flatMap((arn) => certificate(arn) ?? []);
    const contexts = new Map<IssuedCertificate, SecureContext>(
        certificates.map((one) => [one, createSecureContext({ ...policy, key: one.key, cert: one.certificate })]),
    );
    const standard = certificates[0];
    return {
        ...policy,
        key: standard?.key,
        cert: standard?.certificate,
        // The default certificate where none covers the name that was asked for.
        SNICallback: (name: string, chosen: (error: null, context?: SecureContext) => void) => {
            const fitting = certificates.find((one) => coversName(one.names, name)) ?? standard;
            chosen(null, fitting === undefined ? undefined : contexts.get(fitting));
        },
    };
}
