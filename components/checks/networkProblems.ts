import type { Check, Given, InnerProblem } from "./argumentSpec";
import { idProblem, isDeferred, itemProblems, listOf, listProblem, shown } from "./valueProblems";

/** The check of an id such as `vpc-0123456789abcdef0`. */
export function id(prefix: string): Check {
    return (value) => idProblem(value, prefix);
}

export function zoneIdProblem(hostedZoneId: unknown): string | undefined {
    const legal = typeof hostedZoneId === "string" && /^Z[A-Z0-9]{1,31}$/.test(hostedZoneId);
    return legal || isDeferred(hostedZoneId)
        ? undefined
        : `is ${shown(hostedZoneId)}; a hosted zone's id is a Z and up to 31 capital letters and digits. Write, for example, "Z0123456789ABCDEFGHIJ".`;
}

/** The subnets of a load balancer that is made; one that exists has its own. */
export function subnetIdsProblems(
    subnetIds: unknown,
    { existingLoadBalancer }: Given,
): string | undefined | readonly InnerProblem[] {
    if (subnetIds === undefined && existingLoadBalancer !== undefined) {
        return undefined;
    }
    if (subnetIds === undefined) {
        return "is missing. Write the ids of at least two subnets in different Availability Zones.";
    }
    if (isDeferred(subnetIds)) {
        return undefined;
    }
    const list = listOf(subnetIds);
    if (list === undefined) {
        return listProblem(subnetIds, 'subnet-0123456789abcdef0", "subnet-0fedcba9876543210');
    }
    const tooShort: InnerProblem[] =
        list.length < 2
            ? [
                  [
                      "",
                      `has ${list.length === 1 ? "one subnet" : "no subnet"}; a load balancer needs at least two. Add a subnet in another Availability Zone.`,
                  ],
              ]
            : [];
    return [...tooShort, ...itemProblems(list, (subnetId) => idProblem(subnetId ?? undefined, "subnet"))];
}

export function topicArnProblem(arn: unknown): string | undefined {
    return topicProblem(arn, "[a-z0-9-]+", "eu-central-1", "");
}

export function edgeTopicArnProblem(arn: unknown): string | undefined {
    return topicProblem(arn, "us-east-1", "us-east-1", " in us-east-1, where CloudFront reports its metrics");
}

function topicProblem(arn: unknown, regions: string, exampleRegion: string, where: string): string | undefined {
    const legal =
        typeof arn === "string" && new RegExp(`^arn:aws[\\w-]*:sns:${regions}:\\d{12}:[\\w-]{1,256}$`).test(arn);
    return legal || isDeferred(arn)
        ? undefined
        : `is ${shown(arn)}; it is the ARN of an SNS topic${where}. Write, for example, "arn:aws:sns:${exampleRegion}:111122223333:alarms".`;
}
