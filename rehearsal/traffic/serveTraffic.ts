import { openAccount } from "../aws/account";
import { DeployedAccount, type DeployedResource } from "./deployedAccount";
import { followAccount } from "./followAccount";
import { Serving, type TrafficNetwork } from "./serving";
import type { TapTarget } from "./wireTap";

export interface TrafficArgs {
    /**
     * Directory of the account, as `rehearsalPaths(project).account` names it: what is served follows it, change by
     * change. Or its records, which stay as they are.
     */
    readonly account: string | readonly DeployedResource[];
    /** Minutes after which everything ends by itself. Default 10; at least 0.01, at most 120. */
    readonly forMinutes?: number;
    /**
     * Your own application, which then answers for every target group in place of a stand-in; over TLS where the target
     * group's protocol is HTTPS. Default: a stand-in that shows what reached it.
     */
    readonly target?: TapTarget;
    /**
     * Is told, in a sentence, why a request was refused or failed inside. Default: nobody is told. No secrets in it.
     */
    readonly report?: (problem: string) => void;
    /** Is called each time when another state of the account is served as a whole. Default: nobody is told. */
    readonly changed?: () => void;
}

export interface Traffic {
    /** As it is now. */
    readonly network: TrafficNetwork;
    /** What of this very account is not modelled and so was not rehearsed. */
    readonly notModelled: readonly string[];
    /** Settles when everything has ended, by `close` or by itself. */
    readonly closed: Promise<void>;
    close(): Promise<void>;
}

/**
 * Serves the account's distributions, load balancers and targets on ephemeral ports of loopback.
 *
 * @throws Error if the account holds a value that AWS does not have, such as an unknown security policy
 */
export async function serveTraffic(args: TrafficArgs): Promise<Traffic> {
    const minutes = args.forMinutes ?? 10;
    if (!(minutes >= 0.01 && minutes <= 120)) {
        throw new Error(
            `forMinutes is ${minutes}: give a number from 0.01 to 120, the minutes after which serving ends by itself.`,
        );
    }
    const report = args.report ?? (() => undefined);
    const source = typeof args.account === "string" ? openAccount(args.account) : args.account;
    const records = "list" in source ? source.list() : source;
    const served = await Serving.start({ account: new DeployedAccount(records), report, target: args.target });
    const follow = async (changed: readonly DeployedResource[]) => {
        await served.follow(changed);
        args.changed?.();
    };
    // What has changed while the first state was being started is served right after it.
    const stop =
        "list" in source ? followAccount(source, records, (changed) => void follow(changed), report) : () => undefined;
    let ended = () => undefined as void;
    const closed = new Promise<void>((resolve) => (ended = resolve));
    const close = async () => {
        clearTimeout(timer);
        stop();
        await served.stop();
        ended();
    };
    const timer = setTimeout(() => void close(), minutes * 60_000);
    return {
        get network() {
            return served.network;
        },
        get notModelled() {
            return served.notModelled;
        },
        closed,
        close,
    };
}
