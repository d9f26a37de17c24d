import { type Addresses, addressesOf, type NameLookup } from "./addresses";
import { attempt, bounded, once, type Pace } from "./bounded";
import { Endpoint, type Surroundings, whyNotReached } from "./endpoint";
import { inWords } from "./errorWords";
import { doorsOf, hostsFrom, isClosed, type Network, type Standpoint } from "./network";
import { listed, printable } from "./printable";
import type { AddressFinding, Finding, Hop, Verdict } from "./report";
import type { Target } from "./target";
import { worst } from "./verdicts";

/** What every probe is given. */
export interface ProbeContext extends Surroundings {
    readonly target: Target;
    readonly names: NameLookup;
    /** Seconds of Strict-Transport-Security that are demanded. */
    readonly strictTransportSecurityMaxAge: number;
    /** Days that a certificate must still be valid. */
    readonly certificateDays: number;
}

/** What a probe concludes; the rest of the finding is known before it runs. */
export interface Conclusion {
    readonly verdict: Verdict;
    readonly seen: string;
    readonly evidence?: Readonly<Record<string, string>>;
    readonly addresses?: readonly AddressFinding[];
}

/** One probe of one name. */
export interface Probe {
    readonly probe: string;
    readonly hop: Hop;
    readonly name: string;
    readonly expected: string;
    readonly source: string;
    readonly reproduce: string;
    readonly run: () => Promise<Conclusion>;
}

/** Runs a probe; one that fails itself, or takes longer than the whole run may, is a finding too, never a crash. */
export async function findingOf({ run, ...known }: Probe, pace: Pace): Promise<Finding> {
    const at = new Date().toISOString();
    const late = "the time for the whole run was over before this could be seen";
    const concluded = await attempt(() =>
        bounded<Conclusion>(pace.left, late, (resolve, reject) => {
            run().then(resolve, reject);
            return () => undefined;
        }),
    );
    const conclusion: Conclusion =
        concluded instanceof Error ? { verdict: "cannot tell", seen: inWords(concluded) } : concluded;
    const { verdict, seen, evidence = {}, addresses = [] } = conclusion;
    return {
        ...known,
        at,
        verdict,
        seen: printable(seen),
        evidence: Object.fromEntries(
            Object.entries(evidence).map(([name, value]) => [printable(name), printable(value, 2000)]),
        ),
        addresses: addresses.map((one) => ({ ...one, seen: printable(one.seen) })),
    };
}

/** One port of one name: all its addresses, found once. */
export class Port {
    readonly #find: () => Promise<{ readonly addresses: Addresses; readonly endpoints: readonly Endpoint[] }>;

    constructor(
        context: ProbeContext,
        readonly name: string,
        readonly port: number,
        standpoint: Standpoint = "outside",
    ) {
        this.#find = once(async () => {
            const addresses = await addressesOf(context.network, context.names, { name, port, standpoint });
            return {
                addresses,
                endpoints: addresses.addresses.map((one) => new Endpoint(one, context)),
            };
        });
    }

    async addresses(): Promise<Addresses> {
        return (await this.#find()).addresses;
    }

    async endpoints(): Promise<readonly Endpoint[]> {
        return (await this.#find()).endpoints;
    }

    /** The endpoints with which a connection came about. */
    async reached(): Promise<readonly Endpoint[]> {
        const endpoints = await this.endpoints();
        const reasons = await Promise.all(endpoints.map(whyNotReached));
        return endpoints.filter((_, index) => reasons[index] === undefined);
    }

    /** Why there is nothing to ask here, in a sentence. */
    async whyNothing(): Promise<string> {
        const { addresses, missing, problems } = await this.addresses();
        if (missing) {
            return `${this.name} has no address`;
        }
        const reasons = await Promise.all((await this.endpoints()).map(whyNotReached));
        const [first] = reasons.filter((one) => one !== undefined);
        return first !== undefined
            ? `no connection to port ${this.port}: ${first.message}`
            : addresses.length === 0
              ? problems.join("; ") || `no address of ${this.name} is known`
              : "nothing was asked";
    }

    /** Asks the same at every address that is reached; the worst answer counts, and each is named. */
    async atEach(judge: (endpoint: Endpoint) => Promise<Conclusion>): Promise<Conclusion> {
        return this.#at(await this.reached(), judge);
    }

    /** Asks at the first address of IPv4 and of IPv6 that is reached: for what would be impolite to ask at all. */
    async atFirstOfEachFamily(judge: (endpoint: Endpoint) => Promise<Conclusion>): Promise<Conclusion> {
        const reached = await this.reached();
        const first = (family: 4 | 6) => reached.find((one) => one.address.family === family);
        return this.#at(
            [first(4), first(6)].filter((one) => one !== undefined),
            judge,
        );
    }

    async #at(reached: readonly Endpoint[], judge: (endpoint: Endpoint) => Promise<Conclusion>): Promise<Conclusion> {
        if (reached.length === 0) {
            return { verdict: "cannot tell", seen: await this.whyNothing() };
        }
        return merged(
            await Promise.all(
                reached.map(async (endpoint) => {
                    const concluded = await attempt(() => judge(endpoint));
                    const conclusion: Conclusion =
                        concluded instanceof Error ? { verdict: "cannot tell", seen: inWords(concluded) } : concluded;
                    return { address: endpoint.address.address, conclusion };
                }),
            ),
        );
    }
}

/** The conclusion of many addresses. */
export function merged(
    each: readonly { readonly address: string; readonly conclusion: Conclusion }[],
    places = "addresses",
): Conclusion {
    const verdict = worst(each.map((one) => one.conclusion.verdict));
    const counting = each.filter((one) => one.conclusion.verdict === verdict);
    const seen = [...new Set(counting.map((one) => one.conclusion.seen))];
    const addresses = each.map(({ address, conclusion }) => ({
        address,
        verdict: conclusion.verdict,
        seen: conclusion.seen,
    }));
    const evidence = counting[0]?.conclusion.evidence;
    if (each.length === 1 || (seen.length === 1 && counting.length === each.length)) {
        const where = each.length === 1 ? "" : ` (the same at each of ${each.length} ${places})`;
        return { verdict, seen: `${seen[0] ?? ""}${where}`, evidence, addresses };
    }
    const named = seen.map((text) => {
        const at = counting.filter((one) => one.conclusion.seen === text).map((one) => one.address);
        return `at ${listed(at, 3)}: ${text}`;
    });
    return { verdict, seen: listed(named, 3, "; "), evidence, addresses };
}

/** A curl command for what a probe asked; on a rehearsed network with the way to it. */
export function curl(
    network: Network | undefined,
    url: string,
    options: { readonly more?: string; readonly standpoint?: Standpoint } = {},
): string {
    const { hostname, port, protocol } = new URL(url);
    const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
    const host = network === undefined ? undefined : hostsFrom(network, options.standpoint ?? "outside")[hostname];
    const [door] = host === undefined ? [] : doorsOf(host, number);
    const way = [
        ...(door === undefined || isClosed(door)
            ? []
            : [`--connect-to ${hostname}:${number}:${door.address}:${door.port}`]),
        ...(door === undefined || isClosed(door) || door.from === undefined ? [] : [`--interface ${door.from}`]),
        ...(network?.certificateAuthority === undefined || protocol === "http:" ? [] : ["--cacert ca.pem"]),
    ];
    return ["curl -sv -o /dev/null", ...way, ...(options.more === undefined ? [] : [options.more]), url].join(" ");
}
