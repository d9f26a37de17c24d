import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { serveTraffic } from "../../rehearsal/traffic";
import { type Asked, Served } from "../hops/served";
import { RehearsedProject, root } from "./rehearsedProject";

const host = "www.dev.example.com";
const pack = ["--policy-pack", path.join(root, "policy")];

describe("pages, files and caches of a stack that was deployed under the pack, in traffic", function () {
    this.timeout(1_800_000);

    let project: RehearsedProject;
    let served: Served;
    let application: ReturnType<typeof createServer>;
    let asked: IncomingMessage[] = [];
    let failing: number | undefined;

    const up = async () => {
        const { output, errors } = await project.succeed("up", "--stack", "dev", "--yes", "--skip-preview", ...pack);
        return output + errors;
    };

    /** An application that tells every viewer something of its own, and forgets to forbid that this is kept. */
    const answer = (request: IncomingMessage, response: ServerResponse) => {
        asked.push(request);
        const own = `${request.url} for ${request.headers.cookie ?? request.headers.authorization ?? "nobody"}`;
        const allowed = request.headers.origin;
        response.writeHead(failing ?? 200, {
            "content-type": "text/plain",
            "set-cookie": `session=${asked.length}`,
            ...(request.url?.startsWith("/news/fresh") ? { "cache-control": "max-age=60" } : {}),
            ...(request.url?.startsWith("/news/private") ? { "cache-control": "private, no-store" } : {}),
            ...(allowed === undefined ? {} : { "access-control-allow-origin": allowed, vary: "Origin" }),
        });
        response.end(failing === undefined ? own : "stack trace of the application");
    };

    before(async () => {
        project = new RehearsedProject();
        const settings = {
            targetProtocol: "HTTP",
            redirectedDomainNames: ["dev.example.com"],
            cachedPaths: ["/assets/*"],
            cacheBehaviors: [
                { path: "/images/*", queryStrings: ["width"] },
                { path: "/search", queryStrings: ["*"] },
                { path: "/fonts/*", cors: true },
                { path: "/news/*", originCacheControl: true },
            ],
            staticFiles: { paths: ["/static/*"] },
            errorPages: { statusCodes: [403, 502, 503, 504], cachingMinTtl: 1 },
            redactedHeaders: ["x-api-key"],
            firewall: {
                blockedRules: ["AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY"],
                exceptions: [
                    { path: "/upload/*", ruleGroup: "AWSManagedRulesCommonRuleSet", rule: "SizeRestrictions_BODY" },
                    { path: "/raw", ruleGroup: "AWSManagedRulesSQLiRuleSet" },
                ],
            },
        };
        Object.entries(settings).forEach(([key, value]) => project.configure("dev", key, value));
        const said = await up();
        const found = [...said.matchAll(/\[(?:advisory|mandatory)\]\s+(?:\[severity: \w+\]\s+)?(\S+)/g)];
        // The application of this test speaks HTTP.
        assert.deepEqual([...new Set(found.map(([, rule]) => rule))], ["alb-target-https"], said);
        application = createServer(answer);
        await new Promise<void>((resolve) => application.listen(0, "127.0.0.1", resolve));
        const problems: string[] = [];
        const traffic = await serveTraffic({
            account: path.join(project.folder, ".rehearsal", "account"),
            forMinutes: 30,
            target: { port: (application.address() as AddressInfo).port },
            report: (problem) => problems.push(problem),
        });
        served = Served.of(traffic, problems);
    });

    beforeEach(() => {
        asked = [];
        failing = undefined;
    });

    after(async () => {
        await served?.traffic.close();
        application?.closeAllConnections();
        application?.close();
        project.remove();
    });

    const ask = ({ headers, ...options }: Asked = {}) =>
        served.ask({
            port: served.port(443, host),
            servername: host,
            ...options,
            headers: { host, "user-agent": "test", ...headers },
        });

    it("finds nothing to change in a second update", async () => {
        await project.succeed("up", "--stack", "dev", "--yes", "--expect-no-changes", ...pack);
    });

    for (const cached of ["/assets/a", "/images/a?width=1", "/search?q=1", "/fonts/a", "/news/fresh/a"]) {
        it(`shows nobody on ${cached} what was made for another`, async () => {
            const first = await ask({ path: cached, headers: { cookie: "session=alice" } });
            const second = await ask({ path: cached, headers: { cookie: "session=bob", authorization: "Bearer bob" } });
            assert.deepEqual([first.body, second.body], Array(2).fill(`${cached} for nobody`));
            assert.deepEqual([first.headers["set-cookie"], second.headers["set-cookie"]], [undefined, undefined]);
            assert.equal(second.headers["x-cache"], "Hit from cloudfront");
            assert.equal(asked.length, 1);
            assert.deepEqual(
                Object.keys(asked[0]?.headers ?? {}).filter((name) =>
                    /cookie|authoriz|forwarded-host|client-ip/.test(name),
                ),
                [],
            );
        });
    }

    it("keeps apart what a query string makes another, and ignores every other", async () => {
        const bodies = async (...paths: string[]) => {
            const answers = [];
            for (const each of paths) {
                answers.push((await ask({ path: each })).body.replace(" for nobody", ""));
            }
            return answers;
        };
        assert.deepEqual(await bodies("/images/b?width=1&utm=1", "/images/b?width=2", "/images/b?utm=2&width=1"), [
            "/images/b?width=1",
            "/images/b?width=2",
            "/images/b?width=1",
        ]);
        assert.deepEqual(await bodies("/search?a=1", "/search?a=2"), ["/search?a=1", "/search?a=2"]);
        assert.deepEqual(await bodies("/assets/b?a=1", "/assets/b?a=2"), ["/assets/b", "/assets/b"]);
    });

    it("gives each origin the response that was made for it", async () => {
        for (const origin of ["https://a.example", "https://b.example"]) {
            const { headers } = await ask({ path: "/fonts/b", headers: { origin } });
            assert.equal(headers["access-control-allow-origin"], origin);
        }
        const again = await ask({ path: "/fonts/b", headers: { origin: "https://a.example" } });
        assert.deepEqual(
            [again.headers["x-cache"], again.headers["access-control-allow-origin"]],
            ["Hit from cloudfront", "https://a.example"],
        );
        const preflight = { origin: "https://a.example", "access-control-request-method": "PUT" };
        await ask({ path: "/fonts/b", method: "OPTIONS", headers: preflight });
        assert.equal(asked.at(-1)?.headers["access-control-request-method"], "PUT");
    });

    it("keeps where the origin decides only what it allows", async () => {
        for (const each of ["/news/silent", "/news/private"]) {
            await ask({ path: each });
            assert.equal((await ask({ path: each })).headers["x-cache"], "Miss from cloudfront", each);
        }
        await ask({ path: "/news/fresh/b" });
        assert.equal((await ask({ path: "/news/fresh/b" })).headers["x-cache"], "Hit from cloudfront");
    });

    it("shows the page, and nothing of the application, with the status of the error", async () => {
        failing = 503;
        const { status, body, headers } = await ask({ path: "/orders" });
        assert.equal(status, 503);
        assert.match(body, /This site is temporarily unavailable/);
        assert.equal(headers["content-type"], "text/html; charset=utf-8");
        failing = 500;
        const own = await ask({ path: "/orders/2" });
        assert.deepEqual([own.status, own.body], [500, "stack trace of the application"]);
        failing = undefined;
        assert.equal((await ask({ path: "/orders/3" })).status, 200);
    });

    it("shows the page where the firewall blocks, when 403 is among the codes", async () => {
        const { status, body } = await ask({ path: `/?q=${"a".repeat(3000)}` });
        assert.equal(status, 403);
        assert.match(body, /This site is temporarily unavailable/);
        assert.deepEqual(asked, []);
    });

    it("blocks by a rule with an exception everywhere but there, and by the group's other rules there too", async () => {
        const send = async (each: string, body: string) => (await ask({ method: "POST", path: each, body })).status;
        const large = "a".repeat(9000);
        const script = "<script>alert(1)</script>";
        assert.equal(await send("/upload/a", large), 200);
        for (const each of ["/orders", "/upload/../orders", "/upload/%2e%2e/orders", "/uploads/a"]) {
            assert.equal(await send(each, large), 403, each);
        }
        assert.equal(await send("/upload/a", script), 403);
        assert.deepEqual(
            [await send("/raw", "id=1 union select a"), await send("/orders", "id=1 union select a")],
            [200, 403],
        );
    });

    it("says of a file that is missing that it is, not that it is forbidden, and asks no target", async () => {
        assert.equal((await ask({ path: "/static/none.js" })).status, 404);
        assert.equal((await ask({ path: "/error-pages/none.svg" })).status, 404);
        assert.deepEqual(asked, []);
    });

    it("shows everybody the page during maintenance, and after it the site", async () => {
        project.configure("dev", "maintenance", true);
        await up();
        await until(503);
        for (const [method, each] of [
            ["GET", "/orders"],
            ["POST", "/orders"],
            ["GET", "/assets/a"],
            ["GET", "/static/none.js"],
        ] as const) {
            const { status, body, headers } = await ask({ method, path: each });
            assert.deepEqual([status, headers["retry-after"], headers["cache-control"]], [503, "300", "no-store"]);
            assert.match(body, /This site is temporarily unavailable/);
        }
        assert.equal((await ask({ method: "HEAD" })).status, 503);
        const redirected = await ask({
            port: served.port(443, "dev.example.com"),
            servername: "dev.example.com",
            headers: { host: "dev.example.com" },
        });
        assert.equal(redirected.status, 301);
        assert.equal((await ask({ path: "/error-pages/error.html" })).status, 200);
        assert.deepEqual(asked, []);
        project.configure("dev", "maintenance", false);
        await up();
        await until(200);
    });

    /** What is served follows the account within moments. */
    async function until(status: number): Promise<void> {
        for (let tries = 0; tries < 100 && (await ask({ path: "/orders/4" })).status !== status; tries++) {
            await wait(50);
        }
        assert.equal((await ask({ path: "/orders/4" })).status, status);
        asked = [];
    }
});
