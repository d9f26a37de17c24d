import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Consumer, root } from "./consumer";

describe("the component from a program in YAML", function () {
    // It may build the CLI and the language host from source where none can be found.
    this.timeout("30m");
    let consumer: Consumer;
    let folder: string;
    const program = () => path.join(folder, "Pulumi.yaml");

    before(() => {
        consumer = new Consumer();
        folder = consumer.example("yaml");
    });

    after(() => consumer.remove());

    it("is deployed under the pack, and every hop of it is encrypted", async () => {
        const pack = path.join(root, "policy");
        const up = ["up", "--stack", "dev", "--yes", "--skip-preview", "--policy-pack", pack];
        const { output } = await consumer.succeed(folder, ...up);
        assert.match(output, /encrypted-edge:index:EncryptedEdge site/);
        const outputs = JSON.parse((await consumer.succeed(folder, "stack", "output", "--json")).output) as object;
        assert.deepEqual(Object.keys(outputs).sort(), ["targetGroupArn", "url"]);
        const report = await consumer.probe(folder);
        assert.equal(report.verdict, "pass");
    });

    it("changes nothing when it is previewed again", async () => {
        const preview = await consumer.rehearse(folder, "preview", "--stack", "dev", "--expect-no-changes");
        assert.equal(preview.code, 0, preview.output + preview.errors);
    });

    it("is told in a preview of names that another stack has, and has them no less itself", async () => {
        const [own, other] = ["dev", "other"].map((stack) => path.join(folder, `Pulumi.${stack}.yaml`));
        fs.copyFileSync(own ?? "", other ?? "");
        const { code, output, errors } = await consumer.rehearse(folder, "up", "--stack", "other", "--yes");
        assert.notEqual(code, 0, output);
        const said = output + errors;
        assert.match(said, /2 names are taken/);
        assert.doesNotMatch(said, / created/);
        assert.match(said, /originDomainName is "origin\.example\.com", for which the hosted zone/);
        assert.doesNotMatch(said, /\bat .*\.js:\d+/);
    });

    it("gets every mistake at once, in the words of the component", async () => {
        const written = fs.readFileSync(program(), "utf8");
        const wrong = "targetPort: 70000\n      firewall: { mode: count, blockedCountries: [Germany] }";
        fs.writeFileSync(program(), written.replace("subnetIds: ${subnetIds}\n", `$&      ${wrong}\n`));
        const { code, output, errors } = await consumer.rehearse(folder, "preview", "--stack", "dev");
        fs.writeFileSync(program(), written);
        assert.notEqual(code, 0);
        const said = output + errors;
        assert.match(said, /targetPort.*70000 \(port\); a whole number from 1 to 65535 is allowed/);
        assert.match(said, /firewall\.blockedCountries\[0\]/);
        assert.doesNotMatch(said, /\bat .*\.js:\d+/);
    });

    it("is told of a misspelt argument before anything runs, by the schema", async () => {
        const written = fs.readFileSync(program(), "utf8");
        fs.writeFileSync(program(), written.replace("domainNames:", "domainName:"));
        const { code, output, errors } = await consumer.rehearse(folder, "preview", "--stack", "dev");
        fs.writeFileSync(program(), written);
        assert.notEqual(code, 0);
        assert.match(output + errors, /domainNames: Missing required property 'domainNames'/);
    });
});
