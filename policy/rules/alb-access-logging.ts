import { securityHub, webFrontEndLogging } from "../controls";
import { isApplication, LOAD_BALANCER_TYPES, loadBalancerType, settingOf } from "../edge";
import { cannotTell, violation } from "../read";
import type { ResourceRule } from "../rule";

const attribute = "access_logs.s3.enabled";

/** Who asked the load balancer for what, past the edge or not, can be read afterwards. */
export const albAccessLogging: ResourceRule = {
    scope: "resource",
    name: "alb-access-logging",
    displayName: "An application load balancer logs requests",
    description: "Every application load balancer writes access logs to a bucket.",
    level: "advisory",
    severity: "medium",
    controls: [...securityHub("ELB.5", "Covers Classic Load Balancers as well."), webFrontEndLogging],
    remediationSteps: `Set accessLogs to a bucket that the load balancer may write to, with enabled true (aws-native: loadBalancerAttributes with key "${attribute}" and value "true", and the bucket under "access_logs.s3.bucket").`,
    types: LOAD_BALANCER_TYPES,
    evaluate(loadBalancer, report) {
        if (!isApplication(loadBalancer)) {
            return;
        }
        const setting = settingOf(loadBalancer, ["accessLogs", "enabled"], attribute);
        if (setting.flag === true) {
            return;
        }
        const type = loadBalancerType(loadBalancer);
        if (type.isUnknown) {
            cannotTell(report, loadBalancer, type, "this is an application load balancer, which has to log requests");
        } else if (setting.isUnknown) {
            cannotTell(report, loadBalancer, setting, "the load balancer logs requests");
        } else {
            violation(
                report,
                loadBalancer,
                setting,
                `${setting.path} is ${setting.isAbsent ? "missing, for which AWS takes false" : setting.shown()}: nobody can tell afterwards what reached the load balancer. Write true, and the name of a bucket in its region that its policy opens to logdelivery.elasticloadbalancing.amazonaws.com.`,
            );
        }
    },
};
