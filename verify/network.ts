import { connect, type Socket } from "node:net";

/** What a wire tap of a rehearsal saw on one hop. */
export interface WireEvidence {
    readonly hop: string;
    readonly to: string;
    readonly connections: number;
    readonly tlsConnections: number;
    readonly plaintextConnections: number;
    readonly bytes: number;
    readonly tlsRecords: number;
    readonly markerInClear?: boolean;
    readonly truncated: boolean;
}

/** Where the ports of names are on this machine. */
export type HostMap = Readonly<
    Record<
        string,
        Readonly<Record<number, { readonly address: string; readonly port: number; readonly from?: string }>>
    >
>;

/**
 * A network that stands in for the internet. Without one, names are looked up in DNS and certificates are checked
 * against the authorities that Node knows (Mozilla's list, and those of NODE_EXTRA_CA_CERTS).
 */
export interface Network {
    /** What this network is, for the report. */
    readonly description: string;
    /** For each name the ports that answer; any other name does not exist, any other port is closed. */
    readonly hosts: HostMap;
    /** Types of the DNS records of each name. */
    readonly records?: Readonly<Record<string, readonly string[]>>;
    /** The same for a caller that has an address of CloudFront but is another customer's distribution. */
    readonly hostsFromCloudFront?: HostMap;
    /** PEM of the authorities to trust instead of Node's. */
    readonly certificateAuthority?: string;
    /** What taps on the hops behind the edge saw so far, and whether they read the marker in clear. */
    wire?(marker?: string): readonly WireEvidence[] | Promise<readonly WireEvidence[]>;
}

/** Where a probe calls from. */
export type Standpoint = "outside" | "CloudFront";

/** Why no connection came about. */
export class Unreachable extends Error {
    constructor(
        message: string,
        /** `closed`: an address exists but nothing answers. `unknown name`: there is no address. */
        readonly kind: "closed" | "unknown name",
    ) {
        super(message);
    }
}

/** Opens a TCP connection to a port of a name. */
export async function dial(
    network: Network | undefined,
    name: string,
    port: number,
    timeout: number,
    standpoint: Standpoint = "outside",
): Promise<Socket> {
    const place =
        network === undefined ? { address: name, port, from: undefined } : placeOf(network, name, port, standpoint);
    return new Promise((resolve, reject) => {
        const socket = connect({ host: place.address, port: place.port, localAddress: place.from });
        const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${timeout / 1000} s`)), timeout);
        socket.once("error", (error: NodeJS.ErrnoException) => {
            clearTimeout(timer);
            const unknown = error.code === "ENOTFOUND" || error.code === "ENODATA";
            reject(
                new Unreachable(
                    unknown ? `${name} has no address` : describe(error),
                    unknown ? "unknown name" : "closed",
                ),
            );
        });
        socket.once("connect", () => {
            clearTimeout(timer);
            socket.removeAllListeners("error");
            socket.on("error", () => socket.destroy());
            resolve(socket);
        });
    });
}

function placeOf(
    network: Network,
    name: string,
    port: number,
    standpoint: Standpoint,
): { address: string; port: number; from?: string } {
    const host = (standpoint === "outside" ? network.hosts : (network.hostsFromCloudFront ?? {}))[name.toLowerCase()];
    if (host === undefined) {
        throw new Unreachable(`${name} has no address`, "unknown name");
    }
    const place = host[port];
    if (place === undefined) {
        throw new Unreachable(`nothing listens on port ${port}`, "closed");
    }
    return place;
}

/** An error of a connection in words that a reader without Node's vocabulary understands. */
export function describe(error: NodeJS.ErrnoException): string {
    switch (error.code) {
        case "ENOTFOUND":
            return "the name has no address";
        case "ECONNREFUSED":
            return "connection refused";
        case "ECONNRESET":
        case "EPIPE":
            return "connection ended by the other side before an answer";
        case "EHOSTUNREACH":
        case "ENETUNREACH":
            return "no route to the address";
        case undefined:
        default:
            return error.message.replace(/^(write|read) /, "").split("\n")[0] ?? "";
    }
}
