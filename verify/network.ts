import type { Target } from "./target";

/** A port that answers, and where on this machine it is. */
export interface OpenDoor {
    readonly address: string;
    readonly port: number;
    /** Address to call from. */
    readonly from?: string;
    readonly closed?: undefined;
}

/** A port that is closed to the caller. A network says so; nobody has to guess it from an error. */
export interface ClosedDoor {
    /** What keeps it closed, in a sentence. */
    readonly closed: string;
    readonly address?: undefined;
    readonly port?: undefined;
    readonly from?: undefined;
}

export type Door = OpenDoor | ClosedDoor;

/**
 * The ports of one name, one door for each address of the name. `otherPorts` speaks for every port that is not listed;
 * without it nothing is known of them.
 */
export type Host = Readonly<Record<number, Door | readonly Door[]>> & { readonly otherPorts?: ClosedDoor };

/** The hosts of a network. A name that is not listed does not exist. */
export type HostMap = Readonly<Record<string, Host>>;

/** What a wire tap of a rehearsal saw on one hop. Counts and verdicts only: the bytes themselves are never given out. */
export interface WireEvidence {
    /** The hop, such as `CloudFront to load balancer`. */
    readonly hop: string;
    /** Where the hop leads, such as `origin.example.com:443`. */
    readonly to: string;
    readonly connections: number;
    /** Connections on which every byte, both ways, was framed as a TLS record. */
    readonly tlsConnections: number;
    /** Connections on which something else passed: plaintext. */
    readonly plaintextConnections: number;
    readonly bytes: number;
    /** TLS records seen. */
    readonly tlsRecords: number;
    /** Whether the marker that was asked for was read in clear; undefined if none was asked for. */
    readonly markerInClear?: boolean;
    /** True when more passed than the tap keeps, so that a marker may have been missed. */
    readonly truncated: boolean;
}

/**
 * A network that stands in for the internet. Without one, names are looked up in DNS and certificates are checked
 * against the authorities that Node knows (Mozilla's list, and those of NODE_EXTRA_CA_CERTS).
 */
export interface Network {
    /** What this network is, for the report. */
    readonly description: string;
    /** What anybody on the internet reaches. */
    readonly hosts: HostMap;
    /** Types of the DNS records of each name. */
    readonly records?: Readonly<Record<string, readonly string[]>>;
    /** The same for a caller that has an address of CloudFront but is another customer's distribution. */
    readonly hostsFromCloudFront?: HostMap;
    /** PEM of the authorities to trust instead of Node's. */
    readonly certificateAuthority?: string;
    /** What is served here, for a prober that is told nothing else. */
    readonly target?: Target;
    /** What of the firewall's managed rule groups is modelled here. Without it nobody can tell whether they block. */
    readonly modelledRuleGroups?: readonly string[];
    /** What taps on the hops behind the edge saw so far, and whether they read the marker in clear. */
    wire?(marker?: string): readonly WireEvidence[] | Promise<readonly WireEvidence[]>;
}

/** Where a probe calls from. */
export type Standpoint = "outside" | "CloudFront";

/** The hosts that a standpoint reaches. */
export function hostsFrom(network: Network, standpoint: Standpoint): HostMap {
    return standpoint === "outside" ? network.hosts : (network.hostsFromCloudFront ?? {});
}

/** The doors of a port, as far as a network knows them. */
export function doorsOf(host: Host, port: number): readonly Door[] {
    const listed = host[port] ?? host.otherPorts ?? [];
    return isDoor(listed) ? [listed] : listed;
}

/** Whether a door is closed. */
export function isClosed(door: Door): door is ClosedDoor {
    return door.closed !== undefined;
}

function isDoor(listed: Door | readonly Door[]): listed is Door {
    return !Array.isArray(listed);
}
