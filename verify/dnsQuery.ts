import { type Answer, decode, encode, RECURSION_DESIRED, type RecordType } from "dns-packet";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { getServers } from "node:dns";
import { bounded } from "./bounded";

/** What a name server said: records, or that there are none. Anything else it said is an error, and no missing record. */
export interface DnsAnswer {
    /** True if the name does not exist at all (NXDOMAIN). */
    readonly unknownName: boolean;
    readonly records: readonly Answer[];
}

/** Types that are asked for; HTTPS by its number, under the name that the DNS library gives to what it does not know. */
export const recordTypes = { A: "A", AAAA: "AAAA", CAA: "CAA", NS: "NS", HTTPS: "UNKNOWN_65" as RecordType } as const;

/** Milliseconds after which a question is put again. */
const askAgain = 700;
/** How many of the configured name servers are asked, one after the other. */
const serversAsked = 3;

/** Asks the system's name servers, the next one when one does not answer. */
export async function queryDns(
    name: string,
    type: keyof typeof recordTypes,
    timeout: number,
    servers: readonly string[] = getServers(),
): Promise<DnsAnswer> {
    const asked = servers.slice(0, serversAsked);
    let problem = new Error("this machine has no name server configured");
    for (const server of asked) {
        try {
            return await askServer(name, type, timeout / asked.length, server);
        } catch (error) {
            problem = error as Error;
        }
    }
    throw problem;
}

/** Names of the response codes (RFC 1035 4.1.1) that tell nothing about a record. */
const failures: Readonly<Record<string, string>> = {
    FORMERR: "did not understand the question (FORMERR)",
    SERVFAIL: "could not find out (SERVFAIL)",
    NOTIMP: "does not answer such questions (NOTIMP)",
    REFUSED: "refuses to answer (REFUSED)",
};

async function askServer(
    name: string,
    type: keyof typeof recordTypes,
    timeout: number,
    server: string,
): Promise<DnsAnswer> {
    const { address, port } = splitServer(server);
    const id = randomInt(65_536);
    return bounded(timeout, `name server ${address} did not answer within ${timeout / 1000} s`, (resolve, reject) => {
        const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
        socket.on("error", (error: NodeJS.ErrnoException) =>
            reject(new Error(`name server ${address} cannot be reached (${error.code ?? error.message})`)),
        );
        socket.on("message", (message) => {
            const answer = attemptDecode(message);
            if (answer?.id !== id) {
                return;
            }
            const code = (answer as { readonly rcode?: string }).rcode ?? "NOERROR";
            if (code !== "NOERROR" && code !== "NXDOMAIN") {
                reject(new Error(`name server ${address} ${failures[code] ?? `answered ${code}`}`));
            } else if (answer.flag_tc) {
                reject(new Error(`the answer of name server ${address} was cut short`));
            } else {
                const records = (answer.answers ?? []).filter((one) => one.type === recordTypes[type]);
                resolve({ unknownName: code === "NXDOMAIN", records });
            }
        });
        const question = encode({
            type: "query",
            id,
            flags: RECURSION_DESIRED,
            questions: [{ type: recordTypes[type], name }],
        });
        // UDP loses packets, so the question is put again; the id stays, and the first answer counts.
        const ask = () => socket.send(question, port, address);
        const again = setInterval(ask, askAgain);
        ask();
        return () => {
            clearInterval(again);
            socket.close();
        };
    });
}

/** A record of type HTTPS (RFC 9460 2.2), as far as a browser needs it to start with TLS. */
export interface HttpsRecord {
    /** 0 is an alias: it names another record and is no service itself. */
    readonly priority: number;
    readonly targetName: string;
    /** Protocols that are offered, such as h2 and h3. */
    readonly alpn: readonly string[];
}

/** Reads the data of an HTTPS record, or says undefined if it is malformed. */
export function readHttpsRecord(data: Buffer): HttpsRecord | undefined {
    const labels: string[] = [];
    let at = 2;
    for (let length = data[at]; length !== 0; length = data[at]) {
        if (length === undefined || length > 63 || at + 1 + length >= data.length) {
            return undefined;
        }
        labels.push(data.toString("latin1", at + 1, at + 1 + length));
        at += 1 + length;
    }
    const alpn: string[] = [];
    for (at++; at + 4 <= data.length;) {
        const [key, length] = [data.readUInt16BE(at), data.readUInt16BE(at + 2)];
        const value = data.subarray(at + 4, at + 4 + length);
        if (value.length !== length) {
            return undefined;
        }
        if (key === 1) {
            for (let start = 0; start < value.length; start += 1 + (value[start] ?? 0)) {
                alpn.push(value.toString("latin1", start + 1, start + 1 + (value[start] ?? 0)));
            }
        }
        at += 4 + length;
    }
    return at === data.length
        ? { priority: data.readUInt16BE(0), targetName: labels.length === 0 ? "." : labels.join("."), alpn }
        : undefined;
}

function attemptDecode(message: Buffer): ReturnType<typeof decode> | undefined {
    try {
        return decode(message);
    } catch {
        return undefined;
    }
}

/** A server as Node lists it: an address, with `:port` or `[address]:port` where the port is not 53. */
function splitServer(server: string): { address: string; port: number } {
    const parts = /^\[(.+)\]:(\d+)$/.exec(server) ?? /^([^:]+):(\d+)$/.exec(server);
    return { address: parts?.[1] ?? server, port: Number(parts?.[2] ?? 53) };
}
