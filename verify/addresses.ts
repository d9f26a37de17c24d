import { promises as dns } from "node:dns";
import { isIPv6 } from "node:net";
import { attempt, bounded, type Pace } from "./bounded";
import { queryDns } from "./dnsQuery";
import { doorsOf, type Host, hostsFrom, isClosed, type Network, type OpenDoor, type Standpoint } from "./network";

/** One address of a name, and the port of it that is probed. */
export interface Address {
    readonly name: string;
    readonly port: number;
    /** As a report names it. */
    readonly address: string;
    readonly family: 4 | 6;
    /** Where to dial. */
    readonly door: OpenDoor | undefined;
    /** Why the network says that it is closed. */
    readonly closed: string | undefined;
}

/** Everything that is known of a name's addresses. */
export interface Addresses {
    readonly addresses: readonly Address[];
    /** True if DNS said that the name does not exist, or that it has no address. Nothing else is a missing name. */
    readonly missing: boolean;
    /** Why the list may be incomplete. */
    readonly problems: readonly string[];
}

/** Most addresses of one name that are probed; CloudFront gives four of IPv4 and eight of IPv6. */
const mostAddresses = 16;

/** Finds the addresses of a name, on the internet or in the network that stands for it. */
export async function addressesOf(
    network: Network | undefined,
    names: NameLookup,
    { name, port, standpoint }: { readonly name: string; readonly port: number; readonly standpoint: Standpoint },
): Promise<Addresses> {
    if (network !== undefined) {
        return listedAddresses(hostsFrom(network, standpoint)[name.toLowerCase()], name, port);
    }
    const { found, missing, problems } = await names.lookUp(name);
    const left = found.length - mostAddresses;
    return {
        addresses: found.slice(0, mostAddresses).map((address) => ({
            name,
            port,
            address,
            family: isIPv6(address) ? 6 : 4,
            door: { address, port },
            closed: undefined,
        })),
        missing,
        problems: left > 0 ? [...problems, `${left} more addresses of ${name} were not probed`] : problems,
    };
}

function listedAddresses(host: Host | undefined, name: string, port: number): Addresses {
    if (host === undefined) {
        return { addresses: [], missing: true, problems: [] };
    }
    const addresses = doorsOf(host, port).map((door): Address =>
        isClosed(door)
            ? { name, port, address: name, family: 4, door: undefined, closed: door.closed }
            : { name, port, address: shown(door), family: isIPv6(door.address) ? 6 : 4, door, closed: undefined },
    );
    const problems = addresses.length === 0 ? [`the network does not say whether port ${port} of ${name} answers`] : [];
    return { addresses, missing: false, problems };
}

function shown({ address, port }: OpenDoor): string {
    return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** What DNS says of one name. */
interface LookedUp {
    readonly found: readonly string[];
    readonly missing: boolean;
    readonly problems: readonly string[];
}

/** The addresses of names, each looked up once, however many ports of it are probed. */
export class NameLookup {
    readonly #known = new Map<string, Promise<LookedUp>>();
    readonly #pace: Pace;

    constructor(pace: Pace) {
        this.#pace = pace;
    }

    lookUp(name: string): Promise<LookedUp> {
        const known = this.#known.get(name) ?? lookUp(name, this.#pace);
        this.#known.set(name, known);
        return known;
    }
}

/**
 * What the system would dial (getaddrinfo, with its hosts file), and both kinds of records asked for by themselves:
 * getaddrinfo keeps quiet about one kind that could not be found out when it has the other.
 */
async function lookUp(name: string, pace: Pace): Promise<LookedUp> {
    const patience = Math.min(pace.now, 5000);
    const late = `DNS did not answer within ${patience / 1000} s`;
    const records = await Promise.all(
        (["A", "AAAA"] as const).map(async (type) => ({
            type,
            answer: await attempt(() => queryDns(name, type, patience)),
        })),
    );
    // The system waits for name servers that do not answer for half a minute, and holds the process for as long.
    const alive = records.some(({ answer }) => !(answer instanceof Error));
    const looked = alive ? await attempt(() => systemLookup(name, patience, late)) : new Error(late);
    const asked = records.flatMap(({ answer }) =>
        answer instanceof Error ? [] : answer.records.map((one) => String((one as { data: unknown }).data)),
    );
    const found = [...new Set([...(looked instanceof Error ? [] : looked), ...asked])];
    const problems = records.flatMap(({ type, answer }) =>
        answer instanceof Error ? [`${type} records of ${name}: ${answer.message}`] : [],
    );
    const unknown = records.every(({ answer }) => !(answer instanceof Error) && answer.records.length === 0);
    if (found.length > 0 || !unknown) {
        return { found, missing: false, problems: found.length > 0 || problems.length > 0 ? problems : [late] };
    }
    // A resolver that knows no top-level domain knows nothing of the internet; its "does not exist" is worth nothing.
    const control = await attempt(() => queryDns("com", "NS", patience));
    return control instanceof Error || control.records.length === 0
        ? { found: [], missing: false, problems: [`this machine's DNS does not know the internet (not even "com")`] }
        : { found: [], missing: true, problems: [] };
}

async function systemLookup(name: string, patience: number, late: string): Promise<string[]> {
    return bounded(patience, late, (resolve, reject) => {
        dns.lookup(name, { all: true }).then(
            (all) => resolve(all.map(({ address }) => address)),
            (error: Error) => reject(error),
        );
        return () => undefined;
    });
}
