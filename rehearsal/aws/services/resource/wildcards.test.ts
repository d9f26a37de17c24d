import assert from "node:assert/strict";
import fc from "fast-check";
import { coversName, matchesWildcard } from "./wildcards";

describe("an AWS pattern", () => {
    it("matches what the same regular expression matches", () => {
        const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
        const value = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
        fc.assert(
            fc.property(pattern, value, (one, other) => {
                const expression = new RegExp(`^${one.replaceAll("*", ".*").replaceAll("?", ".")}$`);
                assert.equal(matchesWildcard(one, other), expression.test(other));
            }),
            { numRuns: 5000 },
        );
    });

    it("takes no characters but * and ? as special", () => {
        assert.equal(matchesWildcard("a.c", "abc"), false);
        assert.equal(matchesWildcard("/images/*.jpg", "/images/a/b.jpg"), true);
        assert.equal(matchesWildcard("/Images/*", "/images/a"), false);
    });
});

describe("a certificate's names", () => {
    it("cover a name exactly, or by one label under a wildcard", () => {
        const names = ["example.com", "*.Example.com"];
        const covered = ["example.com", "www.example.com", "WWW.EXAMPLE.COM", "a.b.example.com", "example.org", "com"];
        assert.deepEqual(
            covered.filter((name) => coversName(names, name)),
            ["example.com", "www.example.com", "WWW.EXAMPLE.COM"],
        );
    });
});
