import { securityHub, webFrontEndLogging } from "./controls";
import {
    arnOf,
    isApplication,
    isCertainlyApplication,
    LOAD_BALANCER_TYPES,
    loadBalancerType,
    LOG_DELIVERY_TYPES,
    logDeliveriesOf,
    settingOf,
} from "../aws";
import { cannotTell, violation } from "../finding";
import type { Read } from "../graph";
import type { StackRule } from "../rule";

const whichBucket =
    "Write the name of a bucket in the load balancer's Region whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write to it.";

/** What the rule says. */
export const messages = {
    mayBeApplication: "this is an application load balancer, which must log requests",
    mayLog: "the load balancer logs requests",
    missing: "missing (AWS's default is false)",
    withoutDelivery: ", and no LogDelivery takes the logs of its LogDeliverySource anywhere",
    /** @param source `withoutDelivery` where the load balancer has a LogDeliverySource */
    notLogged: (path: string, value: string, source = "") =>
        `${path} is ${value}${source}: nobody can tell afterwards what reached the load balancer. Write true, and the name of a bucket in the load balancer's Region whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write to it.`,
    withoutBucket: (path: string, value: string, bucketPath: string) =>
        `${path} is ${value}, but ${bucketPath} is missing: without a bucket, AWS writes no access logs. ${whichBucket}`,
    arnOfBucket: (bucket: Read) => `${bucket.path} is ${bucket.shown()}, an ARN, which AWS refuses. ${whichBucket}`,
};

const attribute = "access_logs.s3.enabled";
const bucketAttribute = "access_logs.s3.bucket";

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
            "Also covers Classic Load Balancers, and sees access logs only in a bucket: a load balancer whose logs CloudWatch delivers fails it.",
        ),
        webFrontEndLogging,
    ],
    remediationSteps: `Set accessLogs.bucket to a bucket that the load balancer may write to, and accessLogs.enabled to true (aws-native: loadBalancerAttributes with key "${attribute}" and value "true", and the bucket under "${bucketAttribute}"); or add a LogDeliverySource with logType ALB_ACCESS_LOGS and the load balancer's ARN, a LogDeliveryDestination and a LogDelivery.`,
    types: [...LOAD_BALANCER_TYPES, ...LOG_DELIVERY_TYPES],
    evaluate(graph, report) {
        const deliveryOf = logDeliveriesOf(graph, LOAD_BALANCER_TYPES, "ALB_ACCESS_LOGS");
        for (const loadBalancer of graph.ofType(...LOAD_BALANCER_TYPES).filter(isApplication)) {
            const setting = settingOf(loadBalancer, ["accessLogs", "enabled"], attribute);
            const bucket = settingOf(loadBalancer, ["accessLogs", "bucket"], bucketAttribute);
            const delivery = deliveryOf(loadBalancer);
            const isArn = arnOf(bucket.text ?? "") !== undefined;
            if ((setting.flag === true && !bucket.isAbsent && !isArn) || delivery.isDelivered) {
                continue;
            }
            const type = loadBalancerType(loadBalancer);
            if (!isCertainlyApplication(loadBalancer)) {
                cannotTell(report, loadBalancer, type, messages.mayBeApplication);
            } else if (setting.isUnknown) {
                cannotTell(report, loadBalancer, setting, messages.mayLog);
            } else if (delivery.unknown !== undefined) {
                cannotTell(report, loadBalancer, setting, messages.mayLog, delivery.unknown);
            } else if (setting.flag === true) {
                const message = isArn
                    ? messages.arnOfBucket(bucket)
                    : messages.withoutBucket(setting.path, setting.shown(), bucket.path);
                violation(report, loadBalancer, bucket, message);
            } else {
                const value = setting.isAbsent ? messages.missing : setting.shown();
                const source = delivery.hasSource ? messages.withoutDelivery : undefined;
                violation(report, loadBalancer, setting, messages.notLogged(setting.path, value, source));
            }
        }
    },
};
