import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";

import { evaluate } from "../judging";
import { readState } from "../graph";
import { rules } from "../rules";
import { ForeignProject, type PolicyEvent } from "./foreignProject";

const said = (events: readonly PolicyEvent[]) =>
    events
        .map((event) => [event.policyName, event.enforcementLevel, event.resourceUrn?.split("::").at(-1)].join(" "))
        .sort();

const mandatory = (events: readonly PolicyEvent[]) => said(events).filter((line) => line.includes(" mandatory "));

const openBalancer = "alb-no-public-ingress mandatory open";
const plainOrigin = "cloudfront-origin-https-only mandatory cdn";

describe("the packed pack in somebody else's project, with the real engine", () => {
    let project: ForeignProject;

    before(async function () {
        this.timeout(900_000);
        project = await ForeignProject.make();
        await project.program("good", "nodejs", "good.js");
        await project.program("bad", "nodejs", "bad.js");
    });
    after(() => project?.remove());

    it("lets a good stack pass, from preview to up", async () => {
        const preview = await project.run("good", "preview");
        assert.equal(preview.code, 0, preview.output);
        assert.deepEqual(mandatory(preview.events), []);
        const up = await project.run("good", "up", "--yes", "--skip-preview");
        assert.equal(up.code, 0, up.output);
        assert.deepEqual(mandatory(up.events), []);
        // The pack did look: what it advises about the distribution is there.
        assert.ok(said(up.events).includes("cloudfront-web-acl advisory cdn"), up.output);
    }).timeout(240_000);

    it("stops a bad stack in the preview, although no id is known, and without a secret in what it says", async () => {
        const { code, output, events } = await project.run("bad", "preview");
        assert.notEqual(code, 0);
        assert.deepEqual(mandatory(events), [openBalancer, plainOrigin], output);
        assert.match(output, /::\/0/);
        assert.match(output, /"match-viewer"/);
        assert.ok(!output.includes("hush-hush"));
    }).timeout(240_000);

    it("stops a bad resource in an update before it is created", async () => {
        const { code, output } = await project.run("bad", "up", "--yes", "--skip-preview");
        assert.notEqual(code, 0);
        assert.match(output, /cloudfront-origin-https-only/);
        const exported = path.join(project.folder, "stopped.json");
        await project.pulumi(path.join(project.folder, "bad"), "stack", "export", "--file", exported);
        const state = readState(readFileSync(exported, "utf8"));
        const created = state.kind === "state" ? state.resources.map((resource) => resource.type) : [];
        assert.ok(!created.includes("aws:cloudfront/distribution:Distribution"), created.join());
    }).timeout(240_000);

    it("stops a stack in Python whose load balancer is open in two halves", async function () {
        this.timeout(400_000);
        const answer = await project.previewPython();
        if (answer === undefined) {
            return this.skip();
        }
        assert.equal(answer.code, 1, answer.output);
        assert.match(answer.output, /\[mandatory\].*alb-no-public-ingress/);
        assert.match(answer.output, /0\.0\.0\.0\/1.*128\.0\.0\.0\/1/);
    });

    it("says of an exported state, without login, what it says directly", async () => {
        // Deployed without the pack, as most stacks are that it first meets.
        const folder = path.join(project.folder, "bad");
        const deployed = await project.pulumi(folder, "up", "--yes", "--skip-preview");
        assert.equal(deployed.code, 0, deployed.output);
        const file = path.join(project.folder, "state.json");
        await project.pulumi(folder, "stack", "export", "--file", file);
        const { code, output } = await project.pulumi(
            project.folder,
            ...["policy", "analyze", "--policy-pack", "node_modules/@encrypted-edge/policy", "--file", file, "--json"],
        );
        assert.notEqual(code, 0);
        const events = output
            .split("\n")
            .filter((line) => line.startsWith("{"))
            .flatMap((line) => (JSON.parse(line) as { policyEvent?: PolicyEvent }).policyEvent ?? []);
        assert.deepEqual(mandatory(events), [openBalancer, plainOrigin], output);
        const state = readState(readFileSync(file, "utf8"));
        assert.equal(state.kind, "state");
        const direct = evaluate(rules, state.kind === "state" ? state.resources : []);
        assert.deepEqual(
            direct.map((result) => [result.rule, result.level, result.urn?.split("::").at(-1)].join(" ")).sort(),
            said(events),
        );
        // And the messages are the same word for word.
        const messages = events.map((event) => event.message.split("\n").slice(1).join("\n")).sort();
        assert.deepEqual(messages, direct.map((result) => result.message).sort());
        // The same verdicts in an update of what is there.
        const up = await project.run("bad", "preview", "--refresh=false");
        assert.deepEqual(mandatory(up.events), mandatory(events));
    }).timeout(240_000);

    it("refuses a misspelt configuration before anything is looked at", async () => {
        const file = path.join(project.folder, "config.json");
        const rule = { enforcementLevel: "advisory", exemptons: [] };
        await writeFile(
            file,
            JSON.stringify({
                "alb-no-public-ingres": "disabled",
                "cloudfront-web-acl": rule,
                "cloudfront-viewer-tls-version": { securityPolicies: ["TLSv1.2_2012"] },
            }),
        );
        const { code, output, events } = await project.run("good", "preview", "--policy-pack-config", file);
        assert.notEqual(code, 0);
        assert.match(
            output,
            /"alb-no-public-ingres" is not a rule of this pack\. Did you mean "alb-no-public-ingress"\?/,
        );
        assert.match(
            output,
            /cloudfront-web-acl\.exemptons is not a setting of this rule\. Did you mean "exemptions"\?/,
        );
        assert.match(output, /securityPolicies\[0\] is "TLSv1\.2_2012", .* Did you mean "TLSv1\.2_2018"\?/);
        assert.ok(!/\bat .*\.js:\d+/.test(output), output);
        assert.deepEqual(events, []);
    }).timeout(240_000);

    it("applies levels and exemptions of a configuration file", async () => {
        const file = path.join(project.folder, "config.json");
        const exemption = { urn: "*Distribution::cdn", reason: "Moves in May", expires: "2999-12-31" };
        const unused = { ...exemption, urn: "*Distribution::gone" };
        await writeFile(
            file,
            JSON.stringify({
                "alb-no-public-ingress": "disabled",
                "cloudfront-origin-https-only": { exemptions: [exemption, unused] },
            }),
        );
        const { code, output, events } = await project.run("bad", "preview", "--policy-pack-config", file);
        assert.equal(code, 0, output);
        assert.deepEqual(mandatory(events), []);
        assert.ok(said(events).includes("cloudfront-origin-https-only advisory cdn"));
        assert.match(output, /Exempted until 2999-12-31: Moves in May/);
        assert.match(output, /"\*Distribution::gone" \(Moves in May, until 2999-12-31\) matches nothing/);
    }).timeout(240_000);
});
