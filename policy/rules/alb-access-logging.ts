import { securityHub, webFrontEndLogging } from "./controls";
import {
    isApplication,
    isCertainlyApplication,
    LOAD_BALANCER_TYPES,
    loadBalancerType,
    LOG_DELIVERY_TYPES,
    logDeliveriesOf,
    settingOf,
} from "../aws";
import { cannotTell, violation } from "../finding";
import type { StackRule } from "../rule";

const attribute = "access_logs.s3.enabled";
const bucketAttribute = "access_logs.s3.bucket";
const question = "the load balancer logs requests";

/** Who asked the load balancer for what, past the edge or not, can be read afterwards. */
export const albAccessLogging: StackRule = {
    scope: "stack",
    name: "alb-access-logging",
    displayName: "An application load balancer logs requests",
    description: "Every application load balancer writes access logs to a bucket, or CloudWatch delivers them.",
    level: "advisory",
    severity: "medium",
    controls: [
        ...securityHub(
            "ELB.5",
            "Covers Classic Load Balancers as well, and sees access logs in a bucket only: a load balancer whose logs CloudWatch delivers fails it.",
        ),
        webFrontEndLogging,
    ],
    remediationSteps: `Set accessLogs to a bucket that the load balancer may write to, with enabled true (aws-native: loadBalancerAttributes with key "${attribute}" and value "true", and the bucket under "${bucketAttribute}"); or add a LogDeliverySource with logType ALB_ACCESS_LOGS and the load balancer's ARN, a LogDeliveryDestination and a LogDelivery.`,
    types: [...LOAD_BALANCER_TYPES, ...LOG_DELIVERY_TYPES],
    evaluate(graph, report) {
        const deliveryOf = logDeliveriesOf(graph, LOAD_BALANCER_TYPES, "ALB_ACCESS_LOGS");
        for (const loadBalancer of graph.ofType(...LOAD_BALANCER_TYPES).filter(isApplication)) {
            const setting = settingOf(loadBalancer, ["accessLogs", "enabled"], attribute);
            const bucket = settingOf(loadBalancer, ["accessLogs", "bucket"], bucketAttribute);
            const delivery = deliveryOf(loadBalancer);
            if ((setting.flag === true && !bucket.isAbsent) || delivery.isDelivered) {
                continue;
            }
            const type = loadBalancerType(loadBalancer);
            if (!isCertainlyApplication(loadBalancer)) {
                cannotTell(
                    report,
                    loadBalancer,
                    type,
                    "this is an application load balancer, which has to log requests",
                );
            } else if (setting.isUnknown) {
                cannotTell(report, loadBalancer, setting, question);
            } else if (delivery.unknown !== undefined) {
                cannotTell(report, loadBalancer, setting, question, delivery.unknown);
            } else if (setting.flag === true) {
                violation(
                    report,
                    loadBalancer,
                    bucket,
                    `${setting.path} is ${setting.shown()}, but ${bucket.path} is missing: AWS writes access logs nowhere without a bucket. Write the name of a bucket in the load balancer's region that its policy opens to logdelivery.elasticloadbalancing.amazonaws.com.`,
                );
            } else {
                const source = delivery.hasSource
                    ? ", and its LogDeliverySource has no LogDelivery that takes its logs anywhere"
                    : "";
                violation(
                    report,
                    loadBalancer,
                    setting,
                    `${setting.path} is ${setting.isAbsent ? "missing, for which AWS takes false" : setting.shown()}${source}: nobody can tell afterwards what reached the load balancer. Write true, and the name of a bucket in its region that its policy opens to logdelivery.elasticloadbalancing.amazonaws.com.`,
                );
            }
        }
    },
};
