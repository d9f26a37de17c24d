import type { Address } from "../addresses";
import { bounded } from "../bounded";
import { dial } from "../connect";
import { clientHello, type Offer } from "./clientHello";
import { readServerReply, type ServerReply } from "./serverReply";

/** Longest beginning of an answer that is read: a ServerHello with its certificates is far shorter. */
const longestReply = 64 * 1024;

/** A server that left without a word. */
export class LeftInSilence extends Error {}

/** Sends one ClientHello and reads what the server makes of it, up to its ServerHello or its alert. */
export async function sendHello(address: Address, offer: Offer, timeout: number): Promise<ServerReply> {
    const socket = await dial(address, timeout);
    return bounded(timeout, `no answer to the handshake within ${timeout / 1000} s`, (resolve, reject) => {
        let received = Buffer.alloc(0);
        socket.on("data", (chunk: Buffer) => {
            received = Buffer.concat([received, chunk]);
            const reply = readServerReply(received);
            if (reply.kind !== "incomplete") {
                resolve(reply);
            } else if (received.length > longestReply) {
                reject(new Error("the answer is not a handshake"));
            }
        });
        const left = () => reject(new LeftInSilence("the connection was ended without an alert"));
        socket.on("error", left);
        socket.on("end", left);
        socket.on("close", left);
        socket.write(clientHello(address.name, offer));
        return () => socket.destroy();
    });
}
