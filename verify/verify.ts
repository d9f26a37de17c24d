import { hostname } from "node:os";
import { NameLookup } from "./addresses";
import { Pace } from "./bounded";
import { compare } from "./comparison";
import { nameProbes } from "./nameProbes";
import type { Network } from "./network";
import { originProbes } from "./originProbes";
import { ownVersion } from "./ownVersion";
import { findingOf, Port, type Probe, type ProbeContext } from "./probe";
import type { Configuration, Finding, Report, Subject } from "./report";
import { normalTarget, type Target, targetFromOutputs } from "./target";
import { hopVerdicts, overall, summaryOf } from "./verdicts";
import { viewerProbes } from "./viewerProbes";
import { wireProbes } from "./wireProbes";

export interface VerifyArgs {
    /** Outputs of the stack, as `pulumi stack output --json` prints them; read by {@link targetFromOutputs}. */
    readonly outputs?: unknown;
    /** The names themselves, instead of outputs. Default: what {@link network} serves. */
    readonly target?: Target;
    /** Network to probe. Default: the internet, with DNS and the authorities that Node trusts. */
    readonly network?: Network;
    /** Path that the application answers without a login. Default `/`. */
    readonly path?: string;
    /** Seconds for one exchange. Default 10. A run takes less than a minute, whatever this is and whatever hangs. */
    readonly timeoutSeconds?: number;
    /** Least max-age of Strict-Transport-Security, in seconds. Default 86400, a day; hstspreload.org demands 31536000. */
    readonly strictTransportSecurityMaxAge?: number;
    /** Days for which certificates must still be valid. Default 15: ACM renews 45 days before the end, so less means that renewal fails. */
    readonly certificateDays?: number;
    /** What is probed, for the report. */
    readonly subject?: Subject;
    /** What the policy pack says of the stack's state; see {@link judgeState}. */
    readonly configuration?: Configuration;
    /** An earlier report to compare with. */
    readonly before?: Report;
    /** Is told how many of all probes are done. */
    readonly progress?: (done: number, all: number) => void;
}

/** Milliseconds for a whole run. What was not seen by then is said not to have been seen. */
const wholeRun = 55_000;
/** Exchanges that are open at once: enough to be quick, few enough to disturb nobody and no rate limit. */
const atOnce = 16;

/**
 * Probes a deployed edge from outside, hop by hop.
 *
 * @throws TargetProblems if the outputs do not say what to probe
 */
export async function verify(args: VerifyArgs): Promise<Report> {
    const { network } = args;
    const target = normalTarget(
        args.target ?? (args.outputs === undefined ? network?.target : undefined) ?? targetFromOutputs(args.outputs),
    );
    const pace = new Pace(1000 * (args.timeoutSeconds ?? 10), wholeRun, atOnce);
    const context: ProbeContext = {
        target,
        network,
        pace,
        names: new NameLookup(pace),
        callers: new Set(),
        path: args.path ?? "/",
        strictTransportSecurityMaxAge: args.strictTransportSecurityMaxAge ?? 86_400,
        certificateDays: args.certificateDays ?? 15,
    };
    const startedAt = new Date().toISOString();
    const findings = await runAll(probesOf(context), pace, args.progress ?? (() => undefined));
    return {
        schemaVersion: 1,
        verdict: overall(findings, args.configuration),
        summary: summaryOf(findings, args.configuration),
        subject: args.subject ?? {},
        network: network?.description ?? "the internet",
        rehearsed: network !== undefined,
        names: [
            ...target.domainNames,
            ...[target.originDomainName, target.loadBalancerDnsName].filter((name) => name !== undefined),
        ],
        startedAt,
        finishedAt: new Date().toISOString(),
        prober: {
            version: ownVersion(),
            machine: hostname(),
            addresses: [...context.callers].sort(),
            node: process.version,
            openssl: process.versions.openssl,
        },
        demands: {
            path: context.path,
            timeoutSeconds: pace.timeout / 1000,
            strictTransportSecurityMaxAge: context.strictTransportSecurityMaxAge,
            certificateDays: context.certificateDays,
        },
        hops: hopVerdicts(findings, args.configuration),
        findings,
        ...(args.configuration === undefined ? {} : { configuration: args.configuration }),
        ...(args.before === undefined ? {} : { comparison: compare(args.before, findings) }),
    };
}

function probesOf(context: ProbeContext): Probe[] {
    const ports = context.target.domainNames.map((name) => new Port(context, name, 443));
    const [first] = ports;
    const edge = first ?? new Port(context, "", 443);
    return [
        ...ports.flatMap((port) => [
            ...nameProbes(context, port.name, port),
            ...viewerProbes(context, port.name, port),
        ]),
        ...originProbes(context, { secure: edge, plain: new Port(context, edge.name, 80) }),
        ...wireProbes(context, edge),
    ];
}

async function runAll(
    probes: readonly Probe[],
    pace: Pace,
    progress: (done: number, all: number) => void,
): Promise<Finding[]> {
    let done = 0;
    return Promise.all(
        probes.map(async (probe) => {
            const finding = await findingOf(probe, pace);
            progress(++done, probes.length);
            return finding;
        }),
    );
}
