import assert from "node:assert/strict";
import * as path from "node:path";
import { logicalName, RehearsedProject, root } from "../rehearsal/rehearsedProject";
import { LiveProject } from "./liveProject";

/** The changes of a preview that AWS sees as another resource, or as none. */
async function lost(project: RehearsedProject): Promise<string[]> {
    const changes = await project.changes("dev");
    return changes
        .filter(({ op }) => /replace|delete/.test(op))
        .map(({ op, urn }) => `${op} ${logicalName(urn)}`)
        .sort();
}

describe("names of an edge that is protected from deletion, through the real engine under traffic", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let live: LiveProject;
    const www = "www.dev.example.com";

    before(async () => {
        const project = new RehearsedProject();
        live = await LiveProject.start(project, { deletionProtection: true, domainNames: [www] });
    });

    after(() => live.close());

    it("come to it from several zones", async () => {
        const names = [www, "shop.dev.example.com", "www.example.net", "example.net", "*.example.net"];
        assert.deepEqual(
            await live.change([www], { hostedZones: [{ name: "example.net" }], domainNames: names }),
            [200],
            live.served.problems.join("\n"),
        );
        for (const name of ["shop.dev.example.com", "www.example.net", "example.net"]) {
            assert.equal(await live.status(name), 200, name);
        }
    });

    it("go without a word to the state, and those that stay are served all the time", async () => {
        const stay = [www, "www.example.net"];
        live.project.configure("dev", "domainNames", stay);
        const dropped = ["*.example.net", "example.net", "shop.dev.example.com"];
        assert.deepEqual(
            await lost(live.project),
            [
                ...["a", "aaaa", "https"].flatMap((type) =>
                    dropped.map((name) => `delete edge-viewer-${type}-${name}`),
                ),
                "delete edge-viewer-validation-example.net",
                "delete edge-viewer-validation-shop.dev.example.com",
                "replace edge-viewer-certificate",
                "replace edge-viewer-validation",
            ].sort(),
        );
        assert.deepEqual(await live.change(stay, {}), [200], live.served.problems.join("\n"));
        assert.ok(!("shop.dev.example.com" in live.served.traffic.network.hosts));
    });

    it("come back, because their validation records have stayed, and another one is the first", async () => {
        assert.match(live.project.accountText(), /"_[0-9a-f]+\.shop\.dev\.example\.com\.?"/);
        const names = ["www.example.net", www, "shop.dev.example.com"];
        assert.deepEqual(
            await live.change([www, "www.example.net"], { domainNames: names }),
            [200],
            live.served.problems.join("\n"),
        );
        assert.equal(await live.status("shop.dev.example.com"), 200);
        assert.equal((await live.project.outputs("dev")).url, "https://www.example.net");
    });

    it("are replaced with the first one in one update, and the pack finds nothing", async () => {
        const left = ["shop.dev.example.com"];
        assert.deepEqual(await live.change(left, { domainNames: left }), [200], live.served.problems.join("\n"));
        const pack = ["--policy-pack", path.join(root, "policy")];
        const { output } = await live.project.succeed("preview", "--stack", "dev", ...pack);
        assert.match(output, /encrypted-edge@v/);
        assert.doesNotMatch(output, /\[(advisory|mandatory)\]/, output);
    });

    it("are kept, as everything is, when it is destroyed by mistake, even without a preview", async () => {
        const before = live.project.accountText();
        for (const how of [["--skip-preview"], ["--skip-preview", "--exclude-protected"]]) {
            await live.project.rehearse("destroy", "--stack", "dev", "--yes", ...how);
            assert.equal(live.project.accountText(), before, how.join(" "));
        }
        assert.equal(await live.status("shop.dev.example.com"), 200);
    });
});
