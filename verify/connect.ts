import { connect, type Socket } from "node:net";
import type { Address } from "./addresses";
import { bounded, OutOfTime } from "./bounded";

/** Why no TCP connection came about. */
export class NoConnection extends Error {
    constructor(
        message: string,
        /**
         * `closed`: the network says so. `refused`: the other side answered with a reset. `silent`: nobody answered.
         * `unknown`: this side could not even try, so it says nothing about the other.
         */
        readonly kind: "closed" | "refused" | "silent" | "unknown",
    ) {
        super(message);
    }
}

/** Opens a TCP connection. Rejects with NoConnection and nothing else. */
export async function dial({ door, closed, family, port }: Address, timeout: number): Promise<Socket> {
    if (door === undefined) {
        throw new NoConnection(
            closed ?? `nothing is known of port ${port}`,
            closed === undefined ? "unknown" : "closed",
        );
    }
    const late = `no answer within ${timeout / 1000} s`;
    try {
        return await bounded<Socket>(timeout, late, (resolve, reject) => {
            const socket = connect({ host: door.address, port: door.port, localAddress: door.from });
            let connected = false;
            socket.on("error", (error) => {
                socket.destroy();
                reject(error);
            });
            socket.on("close", () => reject(new NoConnection("the connection ended before it came about", "unknown")));
            socket.once("connect", () => {
                connected = true;
                resolve(socket);
            });
            return () => {
                if (!connected) {
                    socket.destroy();
                }
            };
        });
    } catch (error) {
        throw noConnection(error as NodeJS.ErrnoException, family);
    }
}

function noConnection(error: NodeJS.ErrnoException, family: 4 | 6): NoConnection {
    if (error instanceof NoConnection) {
        return error;
    }
    if (error instanceof OutOfTime || error.code === "ETIMEDOUT") {
        return new NoConnection(error instanceof OutOfTime ? error.message : "no answer", "silent");
    }
    switch (error.code) {
        case "ECONNREFUSED":
        case "ECONNRESET":
            return new NoConnection("connection refused", "refused");
        case "ENETUNREACH":
        case "EADDRNOTAVAIL":
        case "EAFNOSUPPORT":
            return new NoConnection(`this machine has no IPv${family} to the internet`, "unknown");
        case "EHOSTUNREACH":
            return new NoConnection("no route to the address", "unknown");
        case "EACCES":
        case "EPERM":
            return new NoConnection("this machine does not let the connection out", "unknown");
        case undefined:
        default:
            return new NoConnection(`no connection (${error.code ?? error.message})`, "unknown");
    }
}
