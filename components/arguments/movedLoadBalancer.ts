import type { InnerProblem } from "../checks/index";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";

/** What is wrong with a next load balancer beside the other arguments, each of which is right by itself. */
export function movedLoadBalancerProblems(args: EncryptedEdgeArgs): InnerProblem[] {
    const { nextLoadBalancer, nextTargets, routes, loadBalancerScheme, existingLoadBalancer } = args;
    const problems: InnerProblem[] = [];
    if (existingLoadBalancer && loadBalancerScheme === "internal") {
        problems.push([
            "loadBalancerScheme",
            'is "internal", but the load balancer of existingLoadBalancer is internet-facing. Leave one of them out.',
        ]);
    }
    if (nextLoadBalancer === undefined || nextLoadBalancer === null) {
        return problems;
    }
    if (existingLoadBalancer) {
        problems.push([
            "nextLoadBalancer",
            "is given together with existingLoadBalancer, which the component does not create. Leave one of them out.",
        ]);
    }
    if (args.blueGreenEnabled) {
        problems.push([
            "blueGreenEnabled",
            "is given together with nextLoadBalancer. Amazon ECS and CodeDeploy know one listener only: write false until the move is over.",
        ]);
    }
    const serving = loadBalancerScheme ?? "internet-facing";
    if ((nextLoadBalancer.scheme ?? "internal") === serving) {
        const other = serving === "internal" ? "internet-facing" : "internal";
        problems.push([
            "nextLoadBalancer.scheme",
            `is "${serving}", which loadBalancerScheme is already. Leave nextLoadBalancer out, or write "${other}".`,
        ]);
    }
    if (nextTargets !== undefined && nextTargets !== null) {
        problems.push([
            "nextTargets",
            "is given together with nextLoadBalancer. Finish one move, then begin the other.",
        ]);
    }
    if ((routes ?? []).length > 0) {
        problems.push([
            "routes",
            "are given together with nextLoadBalancer, and their target groups can belong to one load balancer only. Create an EdgeRoute for each, and a second one for nextListenerArn.",
        ]);
    }
    return problems;
}
