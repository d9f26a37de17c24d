import assert from "node:assert/strict";
import { MistakeError } from "./mistake";
import { configuredHostedZones, hostedZoneNames } from "./hostedZones";

describe("rehearse: hosted zones of the account", () => {
    it("are the domain names under keys with zone in their name, of the project and of the stack", () => {
        const project = {
            hostedZoneName: { description: "x", default: "shop.example" },
            zones: { value: ["a.example"] },
        };
        const stack = {
            "shop:hostedZoneName": "Example.COM.",
            "shop:more": { dnsZone: "example.org", other: [{ zone: { name: "deep.example" } }] },
            "shop:privateZoneName": "internal.example",
            "shop:availabilityZone": "eu-central-1a",
            "shop:hostedZoneId": "Z0123456789ABCDEFGHIJ",
            "shop:timezone": "Europe/Berlin",
            "shop:domainName": "www.example.net",
        };
        assert.deepEqual(configuredHostedZones(project, stack), [
            "shop.example",
            "a.example",
            "example.com",
            "example.org",
            "deep.example",
        ]);
        assert.deepEqual(configuredHostedZones(undefined, null, "text"), []);
    });

    it("refuses what is no domain, all at once", () => {
        assert.deepEqual(hostedZoneNames(["Example.com.", "example.com", "a-b.co.uk"]), ["example.com", "a-b.co.uk"]);
        for (const wrong of [
            "com",
            "https://example.com",
            "a b.com",
            "-a.com",
            "",
            "a..com",
            `${"a".repeat(64)}.com`,
        ]) {
            assert.throws(() => hostedZoneNames([wrong]), MistakeError, wrong);
        }
        assert.throws(() => hostedZoneNames(["com", "ok.com", "*"]), /"com" is not[^]*"\*" is not/);
    });
});
