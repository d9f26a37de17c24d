import {
    accessLogDestinationProblem,
    bucketNameProblem,
    choice,
    integer,
    redactedHeadersProblems,
    type ValueSpec,
    webAclLogDestinationProblem,
} from "../checks/index";
import type { LogsArgs } from "./logsArgs";

/** The periods that CloudWatch Logs offers. Source: CloudWatch Logs API reference, PutRetentionPolicy. */
const retentionPeriod = choice(
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
); // prettier-ignore

/** The arguments of the logs. */
export const logsSpecs = {
    webAclLogEnabled: { form: "boolean", default: true, check: choice(true, false) },
    webAclLogRequests: { form: "text", default: "matched", check: choice("matched", "all") },
    webAclLogDestinationArn: { form: "text", emptyMeansUnset: true, check: webAclLogDestinationProblem },
    redactedHeaders: { form: "list", default: [], check: redactedHeadersProblems },
    webAclLogRetentionInDays: { form: "number", default: 365, check: retentionPeriod },
    accessLogEnabled: { form: "boolean", default: true, check: choice(true, false) },
    accessLogDestinationArn: { form: "text", emptyMeansUnset: true, check: accessLogDestinationProblem },
    accessLogRetentionInDays: { form: "number", default: 365, check: retentionPeriod },
    loadBalancerLogEnabled: { form: "boolean", default: true, check: choice(true, false) },
    loadBalancerLogBucketName: { form: "text", emptyMeansUnset: true, check: bucketNameProblem },
    loadBalancerLogRetentionInDays: { form: "number", default: 365, check: integer(1, 2_147_483_647, "days") },
} as const satisfies Record<keyof LogsArgs, ValueSpec>;
