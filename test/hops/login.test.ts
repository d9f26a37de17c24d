import assert from "node:assert/strict";
import { Served, viewer } from "./served";
import { set } from "./account";

const authenticateOidc = {
    issuer: "https://login.example.com",
    authorizationEndpoint: "https://login.example.com/authorize",
    clientId: "site",
    scope: "openid email",
};
const forward = { type: "forward", targetGroupArn: "arn:targetGroup" };
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";

describe("a login at the load balancer", () => {
    let served: Served | undefined;

    afterEach(() => served?.traffic.close());

    const start = async (
        change: {
            readonly hostForwarded?: boolean;
            readonly wayOut?: boolean;
            readonly unauthenticated?: string;
            readonly cached?: string;
        } = {},
    ) => {
        const { hostForwarded = true, wayOut = true, unauthenticated, cached } = change;
        served = await Served.start(({ rule, distribution, originCertificate }) => {
            const login = { ...authenticateOidc, onUnauthenticatedRequest: unauthenticated };
            set(rule, "actions", [{ type: "authenticate-oidc", authenticateOidc: login }, forward]);
            if (hostForwarded) {
                set(distribution, "defaultCacheBehavior.originRequestPolicyId", allViewer);
                set(originCertificate, "subjectAlternativeNames", ["origin.example.com", viewer]);
            }
            if (cached !== undefined) {
                const { defaultCacheBehavior } = distribution.properties as { defaultCacheBehavior: object };
                set(distribution, "orderedCacheBehaviors", [
                    {
                        ...defaultCacheBehavior,
                        pathPattern: cached,
                        originRequestPolicyId: undefined,
                        allowedMethods: ["GET", "HEAD", "OPTIONS"],
                        cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
                    },
                ]);
            }
            return wayOut
                ? [
                      {
                          type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
                          id: "way-out",
                          properties: {
                              securityGroupId: "toTargets",
                              cidrIpv4: "0.0.0.0/0",
                              ipProtocol: "tcp",
                              fromPort: 443,
                              toPort: 443,
                          },
                      },
                  ]
                : [];
        });
        return served;
    };

    const sentTo = async (edge: Served) => {
        const { status, headers } = await edge.ask({ path: "/admin?page=2" });
        assert.equal(status, 302);
        return new URL(String(headers.location));
    };

    it("sends viewers to the provider and lets them in when they come back", async () => {
        const edge = await start();
        const provider = await sentTo(edge);
        assert.equal(`${provider.origin}${provider.pathname}`, authenticateOidc.authorizationEndpoint);
        assert.equal(provider.searchParams.get("redirect_uri"), `https://${viewer}/oauth2/idpresponse`);
        assert.equal(provider.searchParams.get("scope"), "openid email");
        const state = provider.searchParams.get("state") ?? "";
        const back = await edge.ask({ path: `/oauth2/idpresponse?code=1&state=${state}` });
        assert.deepEqual([back.status, back.headers.location], [302, `https://${viewer}/admin?page=2`]);
        const [cookie = ""] = back.headers["set-cookie"] ?? [];
        assert.match(cookie, /^AWSELBAuthSessionCookie-0=.*; HttpOnly; Secure/);
        const headers = { cookie: cookie.replace(/;.*/, ""), "x-amzn-oidc-identity": "forged" };
        const answer = await edge.ask({ path: "/admin?page=2", headers });
        assert.equal(answer.status, 200);
        const seen = (JSON.parse(answer.body) as { headers: Record<string, string> }).headers;
        // The stand-in shows no values that may be secret; the forged one has another length.
        assert.equal(seen["x-amzn-oidc-identity"], `(${"rehearsed-viewer".length} characters, not shown)`);
    });

    it("is never passed by a cache: on a cached path nobody is logged in, and nobody sees what another viewer may", async () => {
        const edge = await start({ cached: "/admin/*" });
        const state = (await sentTo(edge)).searchParams.get("state") ?? "";
        const back = await edge.ask({ path: `/oauth2/idpresponse?code=1&state=${state}` });
        const cookie = (back.headers["set-cookie"]?.[0] ?? "").replace(/;.*/, "");
        const headers = { cookie, authorization: "Bearer mine" };
        assert.equal((await edge.ask({ path: "/account", headers })).status, 200);
        for (const more of [headers, {}, headers]) {
            const answer = await edge.ask({ path: "/admin/report", headers: more });
            assert.equal(answer.status, 302);
            assert.equal(answer.headers["set-cookie"], undefined);
            assert.doesNotMatch(answer.body, /rehearsed-viewer|Bearer/);
        }
    });

    it("leads viewers to the origin's name where Host is not forwarded", async () => {
        const provider = await sentTo(await start({ hostForwarded: false }));
        assert.equal(provider.searchParams.get("redirect_uri"), "https://origin.example.com/oauth2/idpresponse");
    });

    it("fails where the load balancer has no way out to the provider", async () => {
        const edge = await start({ wayOut: false });
        const state = (await sentTo(edge)).searchParams.get("state") ?? "";
        assert.equal((await edge.ask({ path: `/oauth2/idpresponse?code=1&state=${state}` })).status, 500);
        assert.match(edge.problems.join("\n"), /do not let it out to the provider on port 443/);
    });

    it("answers 401 to a state that it never sent, and where it is told to deny", async () => {
        const edge = await start({ unauthenticated: "deny" });
        assert.equal((await edge.ask({ path: "/oauth2/idpresponse?code=1&state=x" })).status, 401);
        assert.equal((await edge.ask()).status, 401);
    });

    it("lets viewers through without a name where it is told to allow, whatever they claim", async () => {
        const edge = await start({ unauthenticated: "allow" });
        const { status, body } = await edge.ask({ headers: { "x-amzn-oidc-identity": "forged" } });
        assert.equal(status, 200);
        const seen = (JSON.parse(body) as { headers: Record<string, string> }).headers;
        assert.equal(seen["x-amzn-oidc-identity"], undefined);
    });
});
