import type { RehearsedStack } from "../rehearsedStack";
import { type Example, group } from "./example";

const fixedResponse = {
    type: "fixed-response",
    fixedResponse: { contentType: "text/plain", messageBody: "no", statusCode: "403" },
};

const target = async (stack: RehearsedStack) => ({ port: 443, protocol: "HTTPS", vpcId: await stack.vpcId() });

/** The certificate is issued: the listener may have it. */
const secureListener = async (stack: RehearsedStack) =>
    stack.listener({ certificateArn: (await stack.certificate("eu-central-1", "origin.example.com")).id });

const ofEither: Record<string, Example> = {
    "loadBalancer:LoadBalancer": async (stack) => ({
        subnets: await stack.subnets(),
        securityGroups: [await group(stack)],
    }),
    "targetGroup:TargetGroup": async (stack) => ({ ...(await target(stack)), healthCheck: { path: "/health" } }),
    "targetGroupAttachment:TargetGroupAttachment": async (stack) => ({
        targetGroupArn: (
            await stack.create(
                "aws:lb/targetGroup:TargetGroup",
                { ...(await target(stack)), targetType: "ip" },
                "group",
            )
        ).id,
        targetId: "172.31.0.10",
    }),
    "listener:Listener": async (stack) => ({
        loadBalancerArn: (await stack.loadBalancer()).id,
        port: 443,
        protocol: "HTTPS",
        certificateArn: (await stack.certificate("eu-central-1", "origin.example.com")).id,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        defaultActions: [fixedResponse],
    }),
    "listenerRule:ListenerRule": async (stack) => ({
        listenerArn: (await secureListener(stack)).id,
        conditions: [{ httpHeader: { httpHeaderName: "X-Secret", values: ["a"] } }],
        actions: [fixedResponse],
    }),
    "listenerCertificate:ListenerCertificate": async (stack) => ({
        listenerArn: (await secureListener(stack)).id,
        certificateArn: (await stack.certificate("eu-central-1", "b.example.com")).id,
    }),
};

const trustStore = { caCertificatesBundleS3Bucket: "ca", caCertificatesBundleS3Key: "bundle.pem" };

export const elbv2: Readonly<Record<string, Example>> = {
    ...Object.fromEntries(
        ["lb", "alb"].flatMap((module) =>
            Object.entries(ofEither).map(([name, example]) => [`aws:${module}/${name}`, example]),
        ),
    ),
    "aws:lb/trustStore:TrustStore": () => trustStore,
    "aws:lb/trustStoreRevocation:TrustStoreRevocation": async (stack) => ({
        trustStoreArn: (await stack.create("aws:lb/trustStore:TrustStore", trustStore, "store")).id,
        revocationsS3Bucket: "ca",
        revocationsS3Key: "crl.pem",
    }),
};
