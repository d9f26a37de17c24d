import { decode, encode, RECURSION_DESIRED, type RecordType } from "dns-packet";
import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { getServers, promises as dns } from "node:dns";
import { attempt } from "./handshakes";
import { describe } from "./network";
import type { Probe, ProbeContext } from "./probe";

/** What the DNS says of one name of the viewers. */
export function nameProbes({ network, timeout }: ProbeContext, name: string): Probe[] {
    const rehearsed = network !== undefined;
    const known = { hop: "names", name } as const;
    const inZone = rehearsed ? "once deployed for real: " : "";
    return [
        {
            ...known,
            probe: "name-address",
            expected: "the name has an address",
            source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-cloudfront-distribution.html",
            reproduce: `${inZone}dig ${name} A ${name} AAAA`,
            run: async () => {
                if (rehearsed) {
                    const types = (network.records?.[name] ?? []).filter((type) => type === "A" || type === "AAAA");
                    return types.length === 0
                        ? { verdict: "fail", seen: "no A and no AAAA record" }
                        : { verdict: "pass", seen: `${types.join(" and ")} in the rehearsed zone` };
                }
                const found = await attempt(() => dns.lookup(name, { all: true }));
                return found instanceof Error
                    ? { verdict: "fail", seen: describe(found) }
                    : { verdict: "pass", seen: found.map(({ address }) => address).join(", ") };
            },
        },
        {
            ...known,
            probe: "name-https-record",
            expected: "an HTTPS record, so that browsers start with TLS and never in plaintext",
            source: "https://www.rfc-editor.org/rfc/rfc9460",
            reproduce: `${inZone}dig ${name} TYPE65`,
            run: async () => {
                if (rehearsed) {
                    return network.records?.[name]?.includes("HTTPS")
                        ? { verdict: "pass", seen: "HTTPS in the rehearsed zone" }
                        : { verdict: "fail", seen: "no HTTPS record" };
                }
                const count = await attempt(() => countHttpsRecords(name, timeout));
                if (count instanceof Error) {
                    return { verdict: "cannot tell", seen: describe(count) };
                }
                return count > 0
                    ? { verdict: "pass", seen: `${count} HTTPS record(s)` }
                    : { verdict: "fail", seen: "no HTTPS record" };
            },
        },
    ];
}

/** Type 65 (RFC 9460), as the DNS library names what it does not know; Node's own resolver cannot ask for it. */
const httpsRecord = "UNKNOWN_65" as RecordType;

/** Asks the system's name server for records of type HTTPS. */
export async function countHttpsRecords(name: string, timeout: number, server = getServers()[0]): Promise<number> {
    if (server === undefined) {
        throw new Error("this machine has no name server configured");
    }
    const { address, port } = splitServer(server);
    const id = randomInt(65_536);
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    return new Promise((resolve, reject) => {
        const end = (result: () => void) => {
            clearTimeout(timer);
            socket.close();
            result();
        };
        const timer = setTimeout(
            () => end(() => reject(new Error(`name server ${address} did not answer within ${timeout / 1000} s`))),
            timeout,
        );
        socket.on("error", (error) => end(() => reject(error)));
        socket.on("message", (message) => {
            const answer = attemptDecode(message);
            if (answer?.id !== id) {
                return;
            }
            end(() => resolve((answer.answers ?? []).filter((one) => one.type === httpsRecord).length));
        });
        const question = encode({
            type: "query",
            id,
            flags: RECURSION_DESIRED,
            questions: [{ type: httpsRecord, name }],
        });
        socket.send(question, port, address);
    });
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
