import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { refusePart } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { OutputsOf } from "./outputsOf";

/**
 * Name of the header in which CloudFront proves to the load balancer that it is this distribution. CloudFront overwrites
 * what a viewer sends under it.
 */
export const originSecretHeaderName = "X-Origin-Verify";

/** The arguments of OriginSecret. */
export interface OriginSecretArgs {
    /** Number of the secret that CloudFront sends, 1 or more. The ones before and after it are accepted as well. */
    generation: number;
}

/**
 * The values of the secret header. Each generation is a separate resource with its own name, so the current value stays
 * the same when it becomes the previous one.
 */
export class OriginSecret extends pulumi.ComponentResource {
    /** The value that CloudFront sends; a secret. */
    public readonly current!: pulumi.Output<string>;

    /**
     * The values that the load balancer accepts, a secret: the current one, the previous one (from the second generation
     * on) and the next one. Services of other stacks are deployed later: they know the next value before CloudFront
     * sends it. A listener rule may hold five values. Source: Elastic Load Balancing user guide, "Quotas for your
     * Application Load Balancers".
     */
    public readonly accepted!: pulumi.Output<string[]>;

    constructor(name: string, args: OriginSecretArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("OriginSecret", name, args, { generation: argumentSpecs.originSecretGeneration });
        super("encrypted-edge:index:OriginSecret", name, {}, opts);

        // Lower case and digits: the load balancer compares without regard to case and reads * and ? as wildcards.
        // No RandomBytes, RandomString or RandomId: their ids are their values, and Pulumi encrypts no id.
        const value = (generation: number) =>
            pulumi.secret(
                new random.RandomPassword(
                    `${name}-origin-secret-${generation}`,
                    { length: 64, upper: false, special: false },
                    { parent: this },
                ).result,
            );
        const current = value(args.generation);
        const previous = args.generation > 1 ? [value(args.generation - 1)] : [];
        const accepted = pulumi.all([current, ...previous, value(args.generation + 1)]);

        const outputs: OutputsOf<OriginSecret> = { current, accepted };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}
