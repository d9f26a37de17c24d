/**
 * The data plane of the rehearsal: real TLS traffic through what was deployed into an account on this machine.
 *
 * ```ts
 * const traffic = await serveTraffic({ account: deployedStack(root, stack).account, forMinutes: 2 });
 * try {
 *     const report = await verify({ outputs: deployedStack(root, stack).outputs, network: traffic.network });
 *     console.log(table(report, { color: process.stdout.isTTY, width: process.stdout.columns }));
 * } finally {
 *     await traffic.close();
 * }
 * ```
 *
 * It serves what the account says, follows it when it changes, and knows nothing of the program that was deployed. What
 * is modelled, and what is not, stands in README.md beside this file.
 */
export { type DeployedResource } from "./deployedAccount";
export { guardServer, listen, type Listening } from "./listening";
export { serveTraffic, type Traffic, type TrafficArgs } from "./serveTraffic";
export { type TrafficNetwork } from "./serving";
export { type TapTarget } from "./wireTap";
