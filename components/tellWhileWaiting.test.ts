import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "./dnsRecord";
import { tellWhileWaiting } from "./tellWhileWaiting";

const record = (name: string) => ({ name: `_a.${name}`, type: "CNAME", value: `_b.${name}.acm-validations.aws` });

describe("An update that waits for records outside Route 53", () => {
    const said: string[] = [];
    const { info } = pulumi.log;

    before(() => {
        Object.defineProperty(pulumi.log, "info", { value: (message: string) => said.push(message), writable: true });
    });

    after(() => {
        Object.defineProperty(pulumi.log, "info", { value: info, writable: true });
    });

    async function told(issued: Promise<string>, preview = false): Promise<string[]> {
        said.length = 0;
        await pulumi.runtime.setMocks(
            { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
            "project",
            "stack",
            preview,
        );
        const resource = new pulumi.ComponentResource("a:b:C", "c");
        const records = pulumi.output<{ [name: string]: DnsRecord }>({
            "a.example.org": record("a.example.org"),
            "b.example.org": record("b.example.org"),
        });
        tellWhileWaiting(resource, records, pulumi.output(issued), 30, 20);
        await wait(200);
        return [...said];
    }

    it("prints what somebody has to make, and for how long it waits", async () => {
        assert.deepEqual(await told(new Promise(() => undefined)), [
            [
                "Waiting up to 30 minutes for ACM to issue the certificate. Create these records at your DNS provider, without a proxy in front, and keep them: ACM renews nothing without.",
                "  _a.a.example.org CNAME _b.a.example.org.acm-validations.aws",
                "  _a.b.example.org CNAME _b.b.example.org.acm-validations.aws",
            ].join("\n"),
        ]);
    });

    it("says nothing where the certificate is there already, and in a preview", async () => {
        assert.deepEqual(await told(Promise.resolve("arn")), []);
        assert.deepEqual(await told(new Promise(() => undefined), true), []);
    });
});
