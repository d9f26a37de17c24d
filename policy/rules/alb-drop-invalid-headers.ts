import { securityHub } from "./controls";
import { isApplication, isCertainlyApplication, LOAD_BALANCER_TYPES, loadBalancerType, settingOf } from "../aws";
import { cannotTell, violation } from "../finding";
import type { ResourceRule } from "../rule";

/** What the rule says. */
export const messages = {
    mayBeApplication: "this is an application load balancer, which must drop invalid headers",
    mayDrop: "the load balancer drops invalid headers",
    missing: "missing (AWS's default is false)",
    notDropped: (path: string, value: string) =>
        `${path} is ${value}: header fields with invalid names reach the targets, which opens the way to request smuggling. Write true.`,
};

const attribute = "routing.http.drop_invalid_header_fields.enabled";

/** Headers that a target may read differently than the load balancer does not get through. */
export const albDropInvalidHeaders: ResourceRule = {
    scope: "resource",
    name: "alb-drop-invalid-headers",
    displayName: "An application load balancer drops invalid headers",
    description: "Every application load balancer drops header fields with invalid names.",
    level: "advisory",
    severity: "medium",
    controls: securityHub("ELB.4"),
    remediationSteps: `Set dropInvalidHeaderFields to true (aws-native: loadBalancerAttributes with key "${attribute}" and value "true").`,
    types: LOAD_BALANCER_TYPES,
    evaluate(loadBalancer, report) {
        if (!isApplication(loadBalancer)) {
            return;
        }
        const setting = settingOf(loadBalancer, ["dropInvalidHeaderFields"], attribute);
        if (setting.flag === true) {
            return;
        }
        const type = loadBalancerType(loadBalancer);
        if (!isCertainlyApplication(loadBalancer)) {
            cannotTell(report, loadBalancer, type, messages.mayBeApplication);
        } else if (setting.isUnknown) {
            cannotTell(report, loadBalancer, setting, messages.mayDrop);
        } else {
            const value = setting.isAbsent ? messages.missing : setting.shown();
            violation(report, loadBalancer, setting, messages.notDropped(setting.path, value));
        }
    },
};
