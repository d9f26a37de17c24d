import type { IssuedCertificate } from "./certificateAuthority";
import type { DeployedAccount } from "./deployedAccount";

/** What distributions and load balancers need to know of the rest of the rehearsal. */
export interface SharedSurroundings {
    readonly account: DeployedAccount;
    /** Certificate issued for an ACM certificate's ARN. */
    readonly certificate: (arn: unknown) => IssuedCertificate | undefined;
    /** Tells people what went wrong. */
    readonly report: (problem: string) => void;
}

/** What a load balancer needs to know. */
export interface LoadBalancerSurroundings extends SharedSurroundings {
    /** Port behind which the targets of a target group answer; undefined where it has none. */
    readonly targetPort: (targetGroupArn: string) => Promise<number | undefined>;
}
