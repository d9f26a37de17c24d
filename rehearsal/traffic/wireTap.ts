import type { WireEvidence } from "@encrypted-edge/verify";
import { connect, createServer, type Socket } from "node:net";
import { listen, type Listening, longestSilence } from "./listening";

// Enough for a day of probing, small enough for any machine; per hop.
const keptBytes = 16 * 1024 * 1024;

export interface TapTarget {
    /** Default: this machine. */
    readonly host?: string;
    readonly port: number;
}

/**
 * A relay that sits on the wire of one hop, as someone listening there would, and knows no key.
 * It passes every byte on unchanged, from the caller's own source address where the system allows it.
 */
export class WireTap {
    readonly #seen: Buffer[] = [];
    #kept = 0;
    #bytes = 0;
    #tlsRecords = 0;
    /** The two directions of each connection that is open. */
    readonly #open = new Set<readonly RecordFraming[]>();
    readonly #ended = { connections: 0, plaintext: 0, silent: 0 };
    #listening: Listening | undefined;

    private constructor(
        readonly hop: string,
        readonly to: string,
    ) {}

    /**
     * @param target where the hop leads to, asked for each connection
     * @param allowed called for each connection; false drops it before a byte has passed
     * @param host address of loopback at which the hop begins
     */
    static async open(
        hop: string,
        to: string,
        target: () => TapTarget,
        allowed: (source: string) => boolean = () => true,
        host: "127.0.0.1" | "::1" = "127.0.0.1",
    ) {
        const tap = new WireTap(hop, to);
        const server = createServer({ allowHalfOpen: true }, (caller) => tap.#relay(caller, target(), allowed));
        tap.#listening = await listen(server, host);
        return tap;
    }

    /** Port on this machine at which the hop begins; known still after the tap has ended. */
    get port(): number {
        return this.#listening?.port ?? 0;
    }

    evidence(marker?: string): WireEvidence {
        const open = [...this.#open];
        const connections = this.#ended.connections + open.length;
        const plaintext = this.#ended.plaintext + open.filter(isPlaintext).length;
        const silent = this.#ended.silent + open.filter(isSilent).length;
        return {
            hop: this.hop,
            to: this.to,
            connections,
            tlsConnections: connections - plaintext - silent,
            plaintextConnections: plaintext,
            bytes: this.#bytes,
            tlsRecords: this.#tlsRecords,
            markerInClear: marker === undefined ? undefined : Buffer.concat(this.#seen).includes(marker),
            truncated: this.#bytes > this.#kept,
        };
    }

    /** Takes no more connections; those that there are go on. What it saw can still be asked for. */
    retire(): void {
        this.#listening?.retire();
    }

    async close(): Promise<void> {
        await this.#listening?.close();
    }

    #relay(caller: Socket, { host = "127.0.0.1", port }: TapTarget, allowed: (source: string) => boolean): void {
        guard(caller);
        const source = caller.remoteAddress ?? "";
        if (!allowed(source)) {
            // A security group drops the SYN and the caller runs into its timeout. A listening socket cannot do
            // that on loopback: the nearest is to end the connection before anything was read or written.
            caller.destroy();
            return;
        }
        const server = connect({
            host,
            port,
            allowHalfOpen: true,
            // macOS has no loopback address but 127.0.0.1; there every caller has that one.
            localAddress:
                process.platform === "linux" && source.startsWith("127.") && host === "127.0.0.1" ? source : undefined,
        });
        guard(server);
        const ways = [new RecordFraming(), new RecordFraming()] as const;
        this.#open.add(ways);
        this.#pass(caller, server, ways[0]);
        this.#pass(server, caller, ways[1]);
        const end = () => {
            // Of a connection that is over only the verdict is kept, however many there are.
            if (caller.destroyed && server.destroyed && this.#open.delete(ways)) {
                this.#ended.connections++;
                this.#ended.plaintext += isPlaintext(ways) ? 1 : 0;
                this.#ended.silent += isSilent(ways) ? 1 : 0;
            }
        };
        caller.on("close", end);
        server.on("close", end);
    }

    #pass(from: Socket, to: Socket, framing: RecordFraming): void {
        from.on("data", (chunk: Buffer) => {
            this.#tlsRecords += framing.read(chunk);
            this.#bytes += chunk.length;
            if (this.#kept + chunk.length <= keptBytes) {
                this.#kept += chunk.length;
                this.#seen.push(chunk);
            }
        });
        from.pipe(to);
        from.on("close", () => to.destroy());
    }
}

function guard(socket: Socket): void {
    socket.on("error", () => socket.destroy());
    socket.setTimeout(2 * longestSilence, () => socket.destroy());
}

function isPlaintext(ways: readonly RecordFraming[]): boolean {
    return ways.some((way) => way.broken);
}

function isSilent(ways: readonly RecordFraming[]): boolean {
    return ways.every((way) => way.bytes === 0);
}

/** Follows the framing of TLS records (RFC 8446 5.1) through one direction of a connection. */
export class RecordFraming {
    /** True once a byte was seen where only a TLS record may begin. */
    broken = false;
    bytes = 0;
    #begins = true;
    #header = Buffer.alloc(0);
    #remaining = 0;

    /** Returns how many records began in this chunk. */
    read(chunk: Buffer): number {
        this.bytes += chunk.length;
        let records = 0;
        let position = 0;
        while (!this.broken && position < chunk.length) {
            if (this.#remaining > 0) {
                const taken = Math.min(this.#remaining, chunk.length - position);
                this.#remaining -= taken;
                position += taken;
                continue;
            }
            const taken = chunk.subarray(position, position + 5 - this.#header.length);
            this.#header = Buffer.concat([this.#header, taken]);
            position += taken.length;
            const old = this.#begins && isSsl2Hello(this.#header);
            this.broken = !old && !isRecordHeader(this.#header);
            if (!this.broken && this.#header.length === 5) {
                this.#remaining = old ? (this.#header.readUInt16BE(0) & 0x7fff) - 3 : this.#header.readUInt16BE(3);
                this.#header = Buffer.alloc(0);
                this.#begins = false;
                records += old ? 0 : 1;
            }
        }
        return records;
    }
}

/** Who offers SSL 2.0 has said nothing yet; who speaks it answers without a record of TLS. */
function isSsl2Hello(header: Buffer): boolean {
    const [first = 0, , type = 1, major = 0, minor = 2] = header;
    return (first & 0x80) !== 0 && type === 1 && major === 0 && minor === 2;
}

function isRecordHeader(header: Buffer): boolean {
    const [type, major, minor] = header;
    return (
        type !== undefined &&
        type >= 20 &&
        type <= 24 &&
        (major === undefined || major === 3) &&
        (minor === undefined || minor <= 4) &&
        (header.length < 5 || header.readUInt16BE(3) <= 16_384 + 2048)
    );
}
