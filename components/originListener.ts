import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { originSecretHeaderName } from "./originSecret";

/**
 * The rule for this distribution is the last one, because it takes every request that carries the secret: rules of other
 * services come before it. Source: Elastic Load Balancing API reference, CreateRule (1 to 50000).
 */
const lastPriority = 50_000;

/** What the listener for CloudFront is made of. */
export interface OriginListenerArgs {
    readonly loadBalancerArn: pulumi.Input<string>;
    readonly port: number;
    readonly certificateArn: pulumi.Input<string>;
    readonly viewerNamesCertificateArn?: pulumi.Input<string>;
    readonly acceptedSecrets: pulumi.Input<pulumi.Input<string>[]>;

    /** What becomes of this distribution's requests. */
    readonly actions: NonNullable<lb.ListenerRuleArgs["actions"]>;

    /** Whether the actions are left alone once the rule is there. */
    readonly blueGreenEnabled?: boolean;
}

/** The listener that answers 403 to everybody but this distribution, and the rule that lets it through. */
export function originListener(
    name: string,
    args: OriginListenerArgs,
    child: pulumi.CustomResourceOptions,
): { readonly listener: lb.Listener; readonly rule: lb.ListenerRule } {
    const listener = new lb.Listener(
        `${name}-https`,
        {
            loadBalancerArn: args.loadBalancerArn,
            port: args.port,
            protocol: "HTTPS",
            // TLS 1.3 and 1.2 with forward secrecy, and post-quantum key exchange. CloudFront still needs 1.2.
            sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            certificateArn: args.certificateArn,
            defaultActions: [
                {
                    type: "fixed-response",
                    fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
                },
            ],
            routingHttpResponseServerEnabled: false,
        },
        // Moved in place, the listener would leave the port that CloudFront uses until it is deployed.
        { ...child, replaceOnChanges: ["port"] },
    );
    certificatesByName(name, listener, args, child);
    const rule = new lb.ListenerRule(
        `${name}-from-this-distribution`,
        {
            listenerArn: listener.arn,
            priority: lastPriority,
            conditions: [{ httpHeader: { httpHeaderName: originSecretHeaderName, values: args.acceptedSecrets } }],
            actions: args.actions,
        },
        { ...child, ignoreChanges: args.blueGreenEnabled ? ["actions"] : undefined },
    );
    return { listener, rule };
}

/**
 * The certificates that are chosen by the name that CloudFront asks for. The origin's is the listener's default as
 * well; in this list the one before it stays until the end of an update, when CloudFront no longer asks for its name.
 */
function certificatesByName(
    name: string,
    listener: lb.Listener,
    args: OriginListenerArgs,
    child: pulumi.CustomResourceOptions,
): void {
    const listed = { "origin-name": args.certificateArn, "viewer-names": args.viewerNamesCertificateArn };
    for (const [names, certificateArn] of Object.entries(listed)) {
        if (certificateArn !== undefined) {
            new lb.ListenerCertificate(`${name}-${names}`, { listenerArn: listener.arn, certificateArn }, child);
        }
    }
}
