import assert from "node:assert/strict";
import { decode, encode, type RecordType } from "dns-packet";
import { createSocket, type Socket } from "node:dgram";
import { queryDns, readHttpsRecord } from "./dnsQuery";
import { httpsRecords, judgeHttpsRecords } from "./nameProbes";

describe("a question to a name server", () => {
    const servers: Socket[] = [];

    afterEach(() => {
        for (const server of servers.splice(0)) {
            server.close();
        }
    });

    /** Answers every question with these HTTPS records, or with a response code; silent for undefined. */
    async function nameServer(answer: readonly Buffer[] | number | undefined): Promise<string> {
        const server = createSocket("udp4");
        servers.push(server);
        server.on("message", (message, from) => {
            const query = decode(message);
            const [question] = query.questions ?? [];
            if (answer === undefined) {
                return;
            }
            // Garbage and an answer to somebody else's question come first.
            server.send(Buffer.from([1, 2, 3]), from.port, from.address);
            for (const id of [(Number(query.id) + 1) % 65_536, Number(query.id)]) {
                const records = typeof answer === "number" || id !== query.id ? [] : answer;
                const answers = records.map((data) => ({
                    type: "UNKNOWN_65" as RecordType,
                    name: question?.name ?? "",
                    ttl: 60,
                    data,
                }));
                const flags = typeof answer === "number" ? answer : 0;
                server.send(
                    encode({ type: "response", id, flags, questions: query.questions, answers: answers as never }),
                    from.port,
                    from.address,
                );
            }
        });
        await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
        return `127.0.0.1:${server.address().port}`;
    }

    // Priority 1, target ".", alpn h2 and h3.
    const service = Buffer.from([0, 1, 0, 0, 1, 0, 6, 2, 104, 50, 2, 104, 51]);
    const aliasToNothing = Buffer.from([0, 0, 0]);
    const aliasToName = Buffer.from([0, 0, 1, 97, 0]);
    const malformed = Buffer.from([0, 1, 9, 97]);

    const records: readonly (readonly [string, readonly Buffer[], string, RegExp])[] = [
        ["a service", [service], "pass", /1 HTTPS record, protocols: h2, h3/],
        ["none", [], "warn", /no HTTPS record/],
        ['an alias to "."', [aliasToNothing], "warn", /there is no service/],
        ["an alias to a name", [aliasToName], "warn", /alias to a that/],
        ["something malformed", [malformed], "warn", /malformed/],
        ["a service beside an alias", [aliasToName, service], "pass", /1 HTTPS record/],
    ];
    for (const [what, answer, verdict, seen] of records) {
        it(`finds ${what}`, async () => {
            const found = await httpsRecords("www.example.com", 2000, [await nameServer(answer)]);
            const conclusion = judgeHttpsRecords(found);
            assert.equal(conclusion.verdict, verdict);
            assert.match(conclusion.seen, seen);
        });
    }

    const failures: readonly (readonly [string, number, RegExp])[] = [
        ["SERVFAIL", 2, /could not find out \(SERVFAIL\)/],
        ["REFUSED", 5, /refuses to answer/],
    ];
    for (const [what, code, words] of failures) {
        it(`takes ${what} for no missing record`, async () => {
            await assert.rejects(queryDns("www.example.com", "HTTPS", 1000, [await nameServer(code)]), words);
        });
    }

    it("takes NXDOMAIN for a name that does not exist", async () => {
        const answer = await queryDns("www.example.com", "A", 1000, [await nameServer(3)]);
        assert.deepEqual(answer, { unknownName: true, records: [] });
    });

    it("goes to the next server when one is silent or fails, within the one time that it has", async () => {
        const all = [await nameServer(undefined), await nameServer(2), await nameServer([service])];
        const begun = Date.now();
        assert.equal((await httpsRecords("www.example.com", 900, all)).length, 1);
        const silent = [await nameServer(undefined), await nameServer(undefined), await nameServer(undefined)];
        await assert.rejects(httpsRecords("www.example.com", 600, silent), /did not answer within 0\.2 s/);
        assert.ok(Date.now() - begun < 3000);
    });

    it("reads of a record what a browser reads, and nothing of one that is cut short", () => {
        assert.deepEqual(readHttpsRecord(service), { priority: 1, targetName: ".", alpn: ["h2", "h3"] });
        for (let length = 0; length < service.length; length++) {
            const cut = readHttpsRecord(service.subarray(0, length));
            assert.ok(cut === undefined || cut.alpn.length === 0, `${length} bytes`);
        }
    });
});
