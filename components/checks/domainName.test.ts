import assert from "node:assert/strict";
import { domainNameProblem, isInZone, validationNames } from "./domainName";

describe("A DNS name", () => {
    it("is legal in lower-case letters, digits and hyphens", () => {
        for (const name of [
            "example.com",
            "a.b.example.com",
            "1-2.example.com",
            "xn--bcher-kva.example",
            `${"a".repeat(63)}.com`,
        ]) {
            assert.equal(domainNameProblem(name, "noWildcard"), undefined, name);
        }
        assert.equal(domainNameProblem("*.example.com", "wildcardAllowed"), undefined);
    });

    const fixes: [string, string][] = [
        ["WWW.Example.com", "www.example.com"],
        ["www.example.com.", "www.example.com"],
        ["https://www.example.com/", "www.example.com"],
        [" www.example.com", "www.example.com"],
        ["www.example.com:443", "www.example.com"],
        ["https://www.example.com:8443/path", "www.example.com"],
        ["bücher.example", "xn--bcher-kva.example"],
        ["*.Example.com", "*.example.com"],
    ];
    for (const [written, meant] of fixes) {
        it(`is said to be "${meant}" when "${written}" is written`, () => {
            assert.ok(domainNameProblem(written, "wildcardAllowed")?.endsWith(`Write "${meant}".`));
        });
    }

    const illegal = [
        "",
        "localhost",
        "-a.example.com",
        "a-.example.com",
        "a_b.example.com",
        "a..example.com",
        "www.*.com",
        `${"a".repeat(64)}.com`,
        "www example.com",
        "*",
        "*.com",
    ];
    for (const name of illegal) {
        it(`is never "${name.slice(0, 20)}"`, () => {
            assert.match(domainNameProblem(name, "wildcardAllowed") ?? "legal", /\b[Ww]rite,? /);
        });
    }

    it("is shown on one line", () => {
        assert.match(domainNameProblem("a\nb", "noWildcard") ?? "", /^is "a\\nb"; /);
    });

    it("has at most 253 characters", () => {
        const longest = `${"a".repeat(61)}.${`${"a".repeat(63)}.`.repeat(2)}${"a".repeat(59)}.com`;
        assert.equal(longest.length, 253);
        assert.equal(domainNameProblem(longest, "noWildcard"), undefined);
        assert.match(domainNameProblem(`a${longest}`, "noWildcard") ?? "", /has 254 characters/);
    });

    it("is no wildcard where one full name is needed", () => {
        assert.match(domainNameProblem("*.example.com", "noWildcard") ?? "", /Write one full name/);
    });

    it("lies in a zone by whole labels", () => {
        assert.equal(isInZone("www.example.com", "example.com"), true);
        assert.equal(isInZone("example.com", "example.com"), true);
        assert.equal(isInZone("www.notexample.com", "example.com"), false);
    });

    it("is validated together with its wildcard", () => {
        assert.deepEqual(validationNames(["a.example", "*.b.example", "b.example"]), ["a.example", "b.example"]);
    });
});
