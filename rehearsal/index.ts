/** The rehearsal as a library: the real Pulumi engine against an AWS on this machine. */
export { openAccount } from "./aws/account";
export { deployedStack, describeStack, MistakeError, rehearse, timeline, type Timeline } from "./command";
export { locateCli, rehearsalEnvironment, rehearsalPaths } from "./engine";
export { serveTraffic, type Traffic, type TrafficNetwork } from "./traffic";
