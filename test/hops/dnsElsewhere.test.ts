import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type Change, RehearsedProject, root } from "../rehearsal/rehearsedProject";
import { LiveProject } from "./liveProject";

interface DnsRecord {
    readonly name: string;
    readonly type: string;
    readonly value: string;
}

describe("an edge whose DNS is not Route 53, through the real engine", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let project: RehearsedProject;
    let live: LiveProject | undefined;
    const pack = ["--policy-pack", path.join(root, "policy")];

    before(() => {
        project = new RehearsedProject();
        const configuration = {
            hostedZoneName: "example.org",
            dnsRecordsEnabled: false,
            domainNames: ["www.example.org", "example.org"],
            originDomainName: "origin.example.org",
            rateLimit: 2_000_000_000,
            deletionProtection: true,
        };
        for (const [key, value] of Object.entries(configuration)) {
            project.configure("dev", key, value);
        }
    });

    after(async () => {
        await live?.served.traffic.close();
        project.remove();
    });

    /** Makes records as their owner does at another DNS provider. */
    async function make(records: readonly DnsRecord[]): Promise<void> {
        const options = records.flatMap(({ name, type, value }) => ["--dns-record", `${name} ${type} ${value}`]);
        await project.succeed("seed", ...options);
    }

    async function recordsOf(output: "validationRecords" | "dnsRecords"): Promise<DnsRecord[]> {
        return Object.values((await project.outputs("dev"))[output] as Record<string, DnsRecord>);
    }

    it("is previewed without anything of Route 53", async () => {
        const changes: Change[] = await project.changes("dev");
        assert.ok(changes.length > 30);
        assert.deepEqual(
            changes.filter(({ urn }) => /route53/.test(urn)),
            [],
        );
    });

    it("says which record ACM waits for, and loses nothing", async () => {
        const { code, output, errors } = await project.rehearse("up", "--stack", "dev", "--yes", "--skip-preview");
        assert.notEqual(code, 0);
        assert.match(output + errors, /has the CNAME record _[0-9a-f]{32}\.(www\.|origin\.)?example\.org/);
        const state = await project.succeed("stack", "export", "--stack", "dev");
        assert.match(state.output, /edge-viewer-certificate/);
    });

    it("requests the certificates alone in a first step, with the records as an output", async () => {
        await project.succeed(
            "up",
            "--stack",
            "dev",
            "--yes",
            "--skip-preview",
            "--target",
            "**edge-viewer-certificate",
            "--target",
            "**edge-origin-certificate",
        );
        const records = await recordsOf("validationRecords");
        assert.deepEqual(
            records.map(({ name, type, value }) => [
                name.replace(/^_[0-9a-f]{32}\./, ""),
                type,
                value.replace(/^_[0-9a-f]{32}\.[0-9a-f]{10}\./, ""),
            ]),
            ["example.org", "origin.example.org", "www.example.org"].map((name) => [
                name,
                "CNAME",
                "acm-validations.aws",
            ]),
        );
        await make(records);
    });

    it("comes up in the second one, and passes the pack without a finding", async () => {
        const { output } = await project.succeed("up", "--stack", "dev", "--yes", "--skip-preview", ...pack);
        assert.match(output, /encrypted-edge@v/);
        assert.doesNotMatch(output, /\[(advisory|mandatory)\]/, output);
        const outputs = await project.outputs("dev");
        assert.deepEqual(await recordsOf("dnsRecords"), [
            { name: "example.org", type: "ALIAS", value: outputs.distributionDomainName },
            { name: "origin.example.org", type: "CNAME", value: outputs.loadBalancerDnsName },
            { name: "www.example.org", type: "CNAME", value: outputs.distributionDomainName },
        ]);
    });

    it("serves viewers once its records are there", async () => {
        await make(await recordsOf("dnsRecords"));
        live = await LiveProject.serve(project);
        assert.deepEqual([await live.status("www.example.org"), await live.status("example.org")], [200, 200]);
    });

    it("gets a further name whose records were asked for beforehand, without a request refused", async () => {
        const update = ["up", "--stack", "dev", "--yes", "--skip-preview"];
        const file = path.join(project.folder, "index.ts");
        const program = readFileSync(file, "utf8");
        const answers = await live?.answersDuring(["www.example.org"], async () => {
            // ACM asks for one record for a name, whichever certificate of the account it is for.
            writeFileSync(
                file,
                `import { Certificate } from "@pulumi/aws/acm";\n${program}
                const coming = new Certificate("coming", { domainName: "shop.example.org", validationMethod: "DNS" });
                export const comingRecords = coming.domainValidationOptions;`,
            );
            await project.succeed(...update);
            const options = (await project.outputs("dev")).comingRecords as Record<string, string>[];
            await make(
                options.map(
                    ({
                        resourceRecordName: name = "",
                        resourceRecordType: type = "",
                        resourceRecordValue: value = "",
                    }) => ({
                        name,
                        type,
                        value,
                    }),
                ),
            );
            writeFileSync(file, program);
            project.configure("dev", "domainNames", ["www.example.org", "example.org", "shop.example.org"]);
            await project.succeed(...update);
            await make(await recordsOf("dnsRecords"));
        });
        assert.deepEqual(answers, [200], live?.served.problems.join("\n"));
        assert.equal(await live?.status("shop.example.org"), 200);
    });
});
