import assert from "node:assert/strict";
import { readDnsRecords } from "./dnsRecords";

describe("rehearse seed --dns-record", () => {
    it("reads name, type and value", () => {
        assert.deepEqual(
            readDnsRecords([
                "WWW.example.org. CNAME d111.cloudfront.net",
                "  example.org   ALIAS d111.cloudfront.net.  ",
                "*.example.org CNAME d111.cloudfront.net",
                'example.org CAA 0 issue "amazon.com"',
            ]),
            [
                { name: "www.example.org", type: "CNAME", value: "d111.cloudfront.net" },
                { name: "example.org", type: "ALIAS", value: "d111.cloudfront.net." },
                { name: "*.example.org", type: "CNAME", value: "d111.cloudfront.net" },
                { name: "example.org", type: "CAA", value: '0 issue "amazon.com"' },
            ],
        );
    });

    it("refuses every record that is none, at once", () => {
        const wrong = [
            "www.example.org",
            "www.example.org A 192.0.2.1",
            "www CNAME a.example.org",
            "www.example.org CNAME a b",
            "example.org CAA amazon.com",
        ];
        assert.throws(
            () => readDnsRecords(["www.example.org CNAME a.example.org", ...wrong]),
            (error: Error) => {
                assert.deepEqual(
                    error.message
                        .split("\n")
                        .map((line) => /^"(.*)" is not a DNS record\. Write its name/.exec(line)?.[1]),
                    wrong,
                );
                return true;
            },
        );
    });
});
