/**
 * The data plane of the rehearsal: real TLS traffic through what was deployed into an account on this machine.
 *
 * ```ts
 * const traffic = await serveTraffic({ account: openAccount(directory).records() });
 * try {
 *     const report = await verify({ outputs, network: traffic.network });
 * } finally {
 *     await traffic.close();
 * }
 * ```
 *
 * It serves what the account says and knows nothing of the program that was deployed. What is modelled, and what is
 * not, stands in README.md beside this file.
 */
export { type AccountRecord } from "./deployedAccount";
export { serveTraffic, type Traffic, type TrafficArgs, type TrafficNetwork } from "./serveTraffic";
export { type TapEvidence } from "./wireTap";
