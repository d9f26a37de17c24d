import { securityHub } from "./controls";
import { applicationProtocol, LISTENER_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import { Read } from "../graph";
import type { ResourceRule } from "../rule";
import { isDefaultListener } from "../translation";

/** What the rule says. */
export const messages = {
    mayBeHttpsOnly: "the listener accepts HTTPS only",
    missing: "missing (AWS's default is HTTP)",
    missingAnnotation: "missing (the controller's default is HTTP on port 80)",
    remedy: 'Write "HTTPS" with port 443, or remove the listener.',
    annotationRemedy: "Write '[{\"HTTPS\": 443}]' there, and name a certificate.",
    redirects:
        " It redirects, which Security Hub's ELB.1 accepts and ELB.18 does not; the first request still travels unencrypted. Set allowRedirectToHttps to accept it.",
    /** @param redirect `redirects` where every default action redirects to HTTPS */
    notHttps: (path: string, value: string, redirect = "") => {
        const verb = isAnnotation(path) && value !== messages.missingAnnotation ? "has" : "is";
        const remedy = isAnnotation(path) ? messages.annotationRemedy : messages.remedy;
        return `${path} ${verb} ${value}: requests reach the load balancer unencrypted.${redirect} ${remedy}`;
    },
};

/** The annotation of an Ingress that lists its ports. */
function isAnnotation(path: string): boolean {
    return path.endsWith('/listen-ports"]');
}

/** No listener of an application load balancer takes plain HTTP. */
export const albListenerHttpsOnly: ResourceRule = {
    scope: "resource",
    name: "alb-listener-https-only",
    displayName: "An application load balancer listens for HTTPS only",
    description: "Every listener of an application load balancer uses HTTPS.",
    level: "advisory",
    severity: "high",
    controls: [
        ...securityHub("ELB.18"),
        ...securityHub("ELB.1", "Accepts an HTTP listener that redirects to HTTPS (setting allowRedirectToHttps)."),
    ],
    remediationSteps:
        'Set protocol to "HTTPS" and port to 443, with a certificateArn and an sslPolicy. Behind CloudFront you need no HTTP listener: CloudFront redirects viewers itself.',
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
            cannotTell(report, listener, protocol, messages.mayBeHttpsOnly);
        } else if (protocol.text?.toUpperCase() !== "HTTPS" && !(redirects && settings.allowRedirectToHttps === true)) {
            const value = isDefaultListener(listener)
                ? messages.missingAnnotation
                : protocol.isAbsent
                  ? messages.missing
                  : protocol.shown();
            const redirect = redirects ? messages.redirects : undefined;
            violation(report, listener, protocol, messages.notHttps(protocol.path, value, redirect));
        }
    },
};

function redirectsToHttps(action: Read): boolean {
    const protocol = action.either("redirect", "redirectConfig").at("protocol");
    return action.at("type").text === "redirect" && protocol.text === "HTTPS";
}
