import { type ValueSpec, choice, healthCheckProblems, slowStartProblem, integer } from "../checks/index";
import type { TargetsArgs } from "./targetsArgs";

/** One check for all targets, so that other languages have one enumeration. */
export const targetProtocol = choice("HTTPS", "HTTP");
export const targetType = choice("ip", "instance");

/** How the load balancer treats targets: those of the edge and those of its routes. */
export const targetFields = {
    form: "group",
    always: true,
    fields: {
        healthCheckInterval: { form: "number", default: 10, check: integer(5, 300, "seconds") },
        healthCheckTimeout: { form: "number", default: 5, check: integer(2, 120, "seconds") },
        healthyThreshold: { form: "number", default: 2, check: integer(2, 10, "checks") },
        unhealthyThreshold: { form: "number", default: 3, check: integer(2, 10, "checks") },
        deregistrationDelay: { form: "number", default: 60, check: integer(0, 3600, "seconds") },
        slowStart: { form: "number", default: 0, check: slowStartProblem },
        stickinessDuration: { form: "number", default: 0, check: integer(0, 604_800, "seconds") },
    } satisfies Record<keyof TargetsArgs, ValueSpec>,
    check: healthCheckProblems,
} as const;
