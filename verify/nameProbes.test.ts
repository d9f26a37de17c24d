import assert from "node:assert/strict";
import { decode, encode, type RecordType } from "dns-packet";
import { createSocket, type Socket } from "node:dgram";
import { countHttpsRecords } from "./nameProbes";

describe("the HTTPS record of a name", () => {
    let server: Socket;

    afterEach(() => server.close());

    /** A name server with so many HTTPS records for every name; silent for undefined. */
    async function nameServer(count: number | undefined): Promise<string> {
        server = createSocket("udp4");
        server.on("message", (message, from) => {
            const query = decode(message);
            const [question] = query.questions ?? [];
            assert.equal(message.readUInt16BE(message.length - 4), 65);
            if (count === undefined) {
                return;
            }
            // Garbage and an answer to somebody else's question come first.
            server.send(Buffer.from([1, 2, 3]), from.port, from.address);
            for (const id of [(Number(query.id) + 1) % 65_536, Number(query.id)]) {
                const answers = Array.from({ length: id === query.id ? count : 9 }, () => ({
                    type: "UNKNOWN_65" as RecordType,
                    name: question?.name ?? "",
                    ttl: 60,
                    data: Buffer.from([0, 1, 0]),
                }));
                server.send(
                    encode({ type: "response", id, questions: query.questions, answers: answers as never }),
                    from.port,
                    from.address,
                );
            }
        });
        await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
        return `127.0.0.1:${server.address().port}`;
    }

    it("is found where there is one", async () => {
        assert.equal(await countHttpsRecords("www.example.com", 2000, await nameServer(2)), 2);
    });

    it("is missing where there is none", async () => {
        assert.equal(await countHttpsRecords("www.example.com", 2000, await nameServer(0)), 0);
    });

    it("is unknown where nobody answers", async () => {
        await assert.rejects(
            countHttpsRecords("www.example.com", 100, await nameServer(undefined)),
            /did not answer within 0\.1 s/,
        );
    });
});
