/**
 * Probes a deployed encrypted edge from outside, rehearsed or real, and writes the evidence.
 *
 * ```ts
 * const report = await verify({ outputs, network: traffic.network }); // without network: the internet
 * console.log(table(report, { color: process.stdout.isTTY }));
 * process.exitCode = exitCodeOf(report.verdict);
 * ```
 */
export { type JudgedState, judgeState } from "./configuration";
export { exitCodeOf } from "./exitCode";
export { junit } from "./junit";
export { html } from "./page";
export {
    type ClosedDoor,
    type Door,
    type Host,
    type HostMap,
    type Network,
    type OpenDoor,
    type WireEvidence,
} from "./network";
export {
    type AddressFinding,
    type Finding,
    type Hop,
    hops,
    type Change,
    type Comparison,
    type Configuration,
    type Demands,
    type HopVerdict,
    json,
    type PolicyResult,
    type Prober,
    type Report,
    type Subject,
    type Verdict,
} from "./report";
export { table, type TableOptions } from "./table";
export { isDnsName, outputNames, type Target, targetFromOutputs, TargetProblems } from "./target";
export { verify, type VerifyArgs } from "./verify";
