import assert from "node:assert/strict";
import { cachedLoginsProblems, meet } from "./cachedLogins";
import { oidcLogin as authenticateOidc } from "../test/oidcLogin";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";

const base: EncryptedEdgeArgs = {
    hostedZoneName: "example.com",
    domainNames: ["www.example.com"],
    vpcId: "vpc-1",
    cachedPaths: ["/assets/*"],
};
const places = (more: Partial<EncryptedEdgeArgs>) => cachedLoginsProblems({ ...base, ...more }).map(([place]) => place);
const assets = { name: "assets", priority: 1, paths: ["/assets/*"] };
const login = { name: "admin", priority: 5, authenticateOidc };

describe("a cached path and a login", () => {
    it("go together where no rule with a login takes the path", () => {
        assert.deepEqual(places({}), []);
        assert.deepEqual(places({ routes: [{ ...login, paths: ["/admin/*"] }] }), []);
        assert.deepEqual(places({ authenticateOidc, routes: [assets] }), []);
        assert.deepEqual(places({ authenticateOidc, routes: [{ ...assets, paths: ["/a*"] }] }), []);
        assert.deepEqual(places({ routes: [assets, { ...login, paths: ["/assets/secret/*"] }] }), []);
        const allow = { ...authenticateOidc, onUnauthenticatedRequest: "allow" };
        assert.deepEqual(places({ authenticateOidc: allow }), []);
    });

    it("do not where one may", () => {
        const wrong: Partial<EncryptedEdgeArgs>[] = [
            { authenticateOidc },
            { authenticateOidc, routes: [{ ...assets, paths: ["/assets/pictures/*"] }] },
            { authenticateOidc, routes: [{ ...assets, hosts: ["static.example.com"] }] },
            { routes: [{ ...login, paths: ["/assets/secret/*"] }] },
            { routes: [{ ...login, paths: ["/*.png"] }] },
            {
                routes: [
                    { ...assets, priority: 9 },
                    { ...login, paths: ["/assets/secret/*"] },
                ],
            },
        ];
        for (const more of wrong) {
            assert.deepEqual(places(more), ["cachedPaths[0]"], JSON.stringify(more));
        }
        assert.deepEqual(places({ authenticateOidc, cachedPaths: [], cacheBehaviors: [{ path: "/news/*" }] }), [
            "cacheBehaviors[0].path",
        ]);
    });

    it("says where, and what to write instead", () => {
        const [[, reason] = []] = cachedLoginsProblems({ ...base, routes: [{ ...login, paths: ["/assets/?/*"] }] });
        assert.match(
            String(reason),
            /^is "\/assets\/\*", but the route "admin" has a login,.*no cookies.*give it a route/,
        );
    });

    for (const [one, other, wanted] of [
        ["/a/*", "/a/b", true],
        ["/a/*", "/b/*", false],
        ["*.png", "/a/*", true],
        ["/a?", "/a", false],
        ["/a*b", "/ac*", true],
        ["", "*", true],
        ["*".repeat(120) + "x", "/" + "*a".repeat(120), false],
    ] as const) {
        it(`${one.slice(0, 9)} and ${other.slice(0, 9)} ${wanted ? "meet" : "do not meet"}`, () => {
            assert.equal(meet(one, other), wanted);
            assert.equal(meet(other, one), wanted);
        });
    }
});
