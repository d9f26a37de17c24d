import { securityHub } from "./controls";
import { applicationProtocol, LISTENER_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import { Read } from "../graph";
import type { ResourceRule } from "../rule";

/** No listener of an application load balancer takes plain HTTP. */
export const albListenerHttpsOnly: ResourceRule = {
    scope: "resource",
    name: "alb-listener-https-only",
    displayName: "An application load balancer listens for HTTPS only",
    description: "Every listener of an application load balancer has the protocol HTTPS.",
    level: "advisory",
    severity: "high",
    controls: [
        ...securityHub("ELB.18"),
        ...securityHub("ELB.1", "Accepts an HTTP listener that redirects to HTTPS (setting allowRedirectToHttps)."),
    ],
    remediationSteps:
        'Set protocol "HTTPS", port 443, a certificateArn and an sslPolicy. Behind CloudFront no listener for HTTP is needed: CloudFront redirects viewers itself.',
    types: LISTENER_TYPES,
    settings: {
        allowRedirectToHttps: {
            type: "boolean",
            description:
                "Accept an HTTP listener whose default action redirects to HTTPS, as ELB.1 does. For load balancers that viewers reach without CloudFront.",
            default: false,
        },
    },
    evaluate(listener, report, settings) {
        const protocol = applicationProtocol(listener);
        if (protocol === undefined) {
            return;
        }
        const actions = Read.of(listener).at("defaultActions").items();
        const redirects = actions.length > 0 && actions.every((action) => redirectsToHttps(action));
        if (protocol.isUnknown) {
            cannotTell(report, listener, protocol, "the listener takes HTTPS only");
        } else if (protocol.text?.toUpperCase() !== "HTTPS" && !(redirects && settings.allowRedirectToHttps === true)) {
            const accepted = redirects
                ? " It redirects, which Security Hub's ELB.1 accepts and ELB.18 does not; the first request still travels in clear. Set allowRedirectToHttps to accept it."
                : "";
            violation(
                report,
                listener,
                protocol,
                `${protocol.path} is ${protocol.isAbsent ? "missing, for which AWS takes HTTP" : protocol.shown()}: requests reach the load balancer in clear.${accepted} Write "HTTPS" with port 443, or remove the listener.`,
            );
        }
    },
};

function redirectsToHttps(action: Read): boolean {
    const protocol = action.either("redirect", "redirectConfig").at("protocol");
    return action.at("type").text === "redirect" && protocol.text === "HTTPS";
}
