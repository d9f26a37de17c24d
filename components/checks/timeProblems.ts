import type { Given, InnerProblem } from "./argumentSpec";
import { integerProblem, shown } from "./valueProblems";

/** Source: Elastic Load Balancing API reference, TargetGroupAttribute (`slow_start.duration_seconds`). */
export function slowStartProblem(seconds: unknown): string | undefined {
    const tooShort = Number.isSafeInteger(seconds) && Number(seconds) > 0 && Number(seconds) < 30;
    return tooShort
        ? `is ${shown(seconds)} (seconds); 0, or a whole number from 30 to 900 is allowed. Write 30.`
        : integerProblem(seconds, 0, 900, "seconds");
}

/** A check ends before the next begins. */
export function healthCheckProblems({ healthCheckInterval: interval, healthCheckTimeout: timeout }: Given) {
    const problem: InnerProblem = [
        ".healthCheckTimeout",
        `is ${shown(timeout)} (seconds), but the next check starts after ${shown(interval)}. Write less than healthCheckInterval.`,
    ];
    return Number(timeout) < Number(interval) ? [] : [problem];
}

/** Whoever waits closes after whoever is waited for. */
export function timeoutProblems({ originRead, originKeepalive, loadBalancerIdle }: Given): InnerProblem[] {
    const problems: InnerProblem[] = [];
    if (Number(loadBalancerIdle) < Number(originRead)) {
        problems.push([
            ".loadBalancerIdle",
            `is ${shown(loadBalancerIdle)} (seconds): the load balancer would give up before CloudFront, which waits ${shown(originRead)}. Write at least originRead.`,
        ]);
    }
    if (Number(originKeepalive) >= Number(loadBalancerIdle)) {
        problems.push([
            ".originKeepalive",
            `is ${shown(originKeepalive)} (seconds): CloudFront would use connections that the load balancer closes after ${shown(loadBalancerIdle)}. Write less than loadBalancerIdle.`,
        ]);
    }
    return problems;
}
