import { hostname } from "node:os";
import { nameProbes } from "./nameProbes";
import type { Network } from "./network";
import { originProbes } from "./originProbes";
import { findingOf, type Probe, type ProbeContext } from "./probe";
import { type Finding, overall, type Report } from "./report";
import { type Target, targetFromOutputs } from "./target";
import { viewerProbes } from "./viewerProbes";
import { wireProbes } from "./wireProbes";

export interface VerifyArgs {
    /** Outputs of the stack, as `pulumi stack output --json` prints them; read by {@link targetFromOutputs}. */
    readonly outputs?: unknown;
    /** The names themselves, instead of outputs. */
    readonly target?: Target;
    /** Network to probe. Default: the internet, with DNS and the authorities that Node trusts. */
    readonly network?: Network;
    /** Path that the application answers without a login. Default `/`. */
    readonly path?: string;
    /** Seconds for one exchange. Default 10. A run takes at most some ten times as long. */
    readonly timeoutSeconds?: number;
    /** Least max-age of Strict-Transport-Security, in seconds. Default 86400, a day; hstspreload.org demands 31536000. */
    readonly strictTransportSecurityMaxAge?: number;
    /** Days for which certificates must still be valid. Default 15: ACM renews 45 days before the end, so less means that renewal fails. */
    readonly certificateDays?: number;
    /** Is told how many of all probes are done. */
    readonly progress?: (done: number, all: number) => void;
}

/** How many probes run at once: enough to be quick, few enough to disturb nobody and no rate limit. */
const atOnce = 4;

/**
 * Probes a deployed edge from outside, hop by hop.
 *
 * @throws TargetProblems if the outputs do not say what to probe
 */
export async function verify(args: VerifyArgs): Promise<Report> {
    const target = args.target ?? targetFromOutputs(args.outputs);
    const { network } = args;
    const context: ProbeContext = {
        target,
        network,
        path: args.path ?? "/",
        timeout: 1000 * (args.timeoutSeconds ?? 10),
        strictTransportSecurityMaxAge: args.strictTransportSecurityMaxAge ?? 86_400,
        certificateDays: args.certificateDays ?? 15,
    };
    const startedAt = new Date().toISOString();
    const probes = [
        ...target.domainNames.flatMap((name) => [...nameProbes(context, name), ...viewerProbes(context, name)]),
        ...originProbes(context),
        ...wireProbes(context),
    ];
    const findings = await runAll(probes, args.progress ?? (() => undefined));
    return {
        verdict: overall(findings),
        network: network?.description ?? "the internet",
        rehearsed: network !== undefined,
        names: [
            ...target.domainNames,
            ...[target.originDomainName, target.loadBalancerDnsName].filter((name) => name !== undefined),
        ],
        startedAt,
        finishedAt: new Date().toISOString(),
        from: { machine: hostname(), node: process.version, openssl: process.versions.openssl },
        findings,
    };
}

async function runAll(probes: readonly Probe[], progress: (done: number, all: number) => void): Promise<Finding[]> {
    const findings = new Array<Finding>(probes.length);
    let [next, done] = [0, 0];
    const work = async () => {
        for (let index = next++; index < probes.length; index = next++) {
            const probe = probes[index];
            if (probe !== undefined) {
                findings[index] = await findingOf(probe);
                progress(++done, probes.length);
            }
        }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return findings;
}
