import type { InnerProblem } from "./argumentSpec";
import { arnProblem } from "./existingProblems";
import { integerProblem, shown } from "./valueProblems";

export function loadBalancerArnProblem(arn: unknown): string | undefined {
    return arnProblem(arn, {
        pattern: /^arn:aws[\w-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[\w-]+\/[0-9a-f]+$/,
        what: "the ARN of an Application Load Balancer",
        example: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/site/50dc6c495c0c9188",
    });
}

export function targetGroupArnProblem(arn: unknown): string | undefined {
    return arnProblem(arn, {
        pattern: /^arn:aws[\w-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[\w-]+\/[0-9a-f]+$/,
        what: "the ARN of a target group",
        example: "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/site/73e2d6bc24d8a067",
    });
}

/** Source: CloudFront API reference, CustomOriginConfig (HTTPSPort); port 80 is left out, where HTTP is expected. */
export function originPortProblem(port: unknown): string | undefined {
    return port === 443
        ? undefined
        : Number.isSafeInteger(port) && Number(port) < 1024
          ? `is ${shown(port)} (port); CloudFront can use 443, and 1024 to 65535. Write 8443.`
          : integerProblem(port, 1024, 65535, "port");
}

/** What AWS says of the load balancer. */
interface Found {
    readonly loadBalancerType: string;
    readonly internal: boolean;
    readonly vpcId: string;
    readonly securityGroups: readonly string[];
    readonly ipAddressType: string;
}

/** What is wrong with a load balancer that exists, as AWS describes it. */
export function foundLoadBalancerProblems(
    { loadBalancerType, internal, vpcId, securityGroups, ipAddressType }: Found,
    wanted: { readonly vpcId: string; readonly securityGroupId: string },
): InnerProblem[] {
    const problems: InnerProblem[] = [];
    if (loadBalancerType !== "application") {
        problems.push([
            "existingLoadBalancer.arn",
            `is a load balancer of type "${loadBalancerType}"; only an Application Load Balancer can check the secret header. Write the ARN of one.`,
        ]);
    }
    if (internal) {
        problems.push([
            "existingLoadBalancer.arn",
            "is an internal load balancer, which CloudFront cannot reach over the internet. Write the ARN of an internet-facing one.",
        ]);
    }
    if (ipAddressType === "dualstack-without-public-ipv4") {
        problems.push([
            "existingLoadBalancer.arn",
            `is a load balancer of the IP address type "${ipAddressType}", but CloudFront reaches an existing one over IPv4. Set it to "dualstack", or write the ARN of another.`,
        ]);
    }
    if (vpcId !== wanted.vpcId) {
        problems.push(["vpcId", `is "${wanted.vpcId}", but the load balancer is in "${vpcId}". Write "${vpcId}".`]);
    }
    if (!securityGroups.includes(wanted.securityGroupId)) {
        problems.push([
            "existingLoadBalancer.securityGroupId",
            `is "${wanted.securityGroupId}", which the load balancer does not have. Write one of ${securityGroups.map((id) => `"${id}"`).join(", ")}, or add it to the load balancer.`,
        ]);
    }
    return problems;
}
