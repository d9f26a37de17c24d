import assert from "node:assert/strict";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { refuseExistingRecords } from "./existingRecords";
import { settled } from "./test/settled";

interface Held {
    readonly name: string;
    readonly type: string;
}

/** What a preview says of records, of which the stack has those that are named, in a zone that holds others. */
async function said(
    own: readonly (readonly [domainName: string, type: string])[],
    { has = [], holds, preview = true }: { has?: string[]; holds: Held[] | Error; preview?: boolean },
): Promise<{ message: string; asked: string[] }> {
    const asked: string[] = [];
    await pulumi.runtime.setMocks(
        {
            newResource: ({ name, inputs }) => ({
                id: has.includes(name) || !preview ? `${name}-id` : undefined,
                state: inputs as object,
            }),
            call: ({ inputs }: { inputs: { nameRegex: string } }) => {
                asked.push(inputs.nameRegex);
                if (holds instanceof Error) {
                    throw holds;
                }
                const pattern = new RegExp(inputs.nameRegex);
                return { resourceRecordSets: holds.filter(({ name }) => pattern.test(name)) };
            },
        },
        "project",
        "stack",
        preview,
    );
    const records = own.map(([domainName, type]) => {
        const aliases = [{ name: "d111111abcdef8.cloudfront.net", zoneId: "Z2", evaluateTargetHealth: false }];
        const record = new route53.Record(`${type} ${domainName}`, { zoneId: "Z1", name: domainName, type, aliases });
        return { domainName, type, zoneId: "Z1", record };
    });
    const names = [...new Set(own.map(([domainName]) => domainName))];
    const namedBy = new Map(
        names.map((one, index) => [one, { propertyPath: `domainNames[${index}]`, advice: "Write another." }] as const),
    );
    try {
        await Promise.all(refuseExistingRecords("edge", records, namedBy, {}).map((one) => settled(one)));
        return { message: "", asked };
    } catch (error) {
        // The stand-in's own errors have no message.
        return { message: (error as Error).message || "failed", asked };
    }
}

const www = [
    ["www.example.com", "A"],
    ["www.example.com", "AAAA"],
] as const;

describe("Records that a zone holds already", () => {
    it("are refused in a preview, with the types that stand in the way", async () => {
        const { message } = await said(www, { holds: [{ name: "www.example.com.", type: "A" }] });
        assert.equal(
            message,
            'EncryptedEdge "edge" cannot be built; one name is taken:\n' +
                '  - domainNames[0] is "www.example.com", for which the hosted zone Z1 already holds a record (A) that is not this stack\'s. Write another.',
        );
    });

    it("are all told at once, a wildcard and a CNAME too", async () => {
        const own = [...www, ["*.example.com", "A"], ["example.com", "A"]] as const;
        const { message } = await said(own, {
            holds: [
                { name: "\\052.example.com.", type: "A" },
                { name: "www.example.com.", type: "CNAME" },
                { name: "example.com.", type: "NS" },
                { name: "wwwXexample.com.", type: "A" },
            ],
        });
        assert.match(message, /2 names are taken/);
        assert.match(message, /domainNames\[0\] is "www\.example\.com", .* \(A, AAAA\)/);
        assert.match(message, /domainNames\[1\] is "\*\.example\.com", .* \(A\)/);
    });

    it("of another type or name are left alone", async () => {
        const holds = [
            { name: "www.example.com.", type: "TXT" },
            { name: "a.www.example.com.", type: "A" },
        ];
        assert.equal((await said(www, { holds })).message, "");
    });

    it("are not looked for where the stack has them itself, nor in an update", async () => {
        const holds = [{ name: "www.example.com.", type: "A" }];
        assert.deepEqual(await said(www, { holds, has: ["A www.example.com", "AAAA www.example.com"] }), {
            message: "",
            asked: [],
        });
        assert.deepEqual(await said(www, { holds, preview: false }), { message: "", asked: [] });
        // One that the stack does not have yet is looked for beside one that it has.
        const { message, asked } = await said(www, { holds, has: ["A www.example.com"] });
        assert.deepEqual([message, asked.length], ["", 1]);
    });

    it("are left to AWS where the caller may not list them, which is said", async () => {
        const notes: string[] = [];
        const { info } = pulumi.log;
        (pulumi.log as { info: unknown }).info = (note: string) => Promise.resolve(void notes.push(note));
        try {
            const { message, asked } = await said(www, { holds: new Error("AccessDenied") });
            assert.deepEqual([message, asked.length], ["", 1]);
        } finally {
            (pulumi.log as { info: unknown }).info = info;
        }
        assert.deepEqual(notes, [
            "Cannot tell whether the hosted zone Z1 holds records of other stacks, because listing them needs route53:ListResourceRecordSets. If a name is taken, AWS refuses its record during the update.",
        ]);
    });
});
