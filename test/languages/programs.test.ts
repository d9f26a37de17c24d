import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Consumer, missing, root } from "./consumer";

interface Program {
    readonly language: string;
    readonly example: string;
    readonly file: string;
    /** Arguments that are wrong, and behind which words of the program they go. */
    readonly wrong: string;
    readonly after: string;
    readonly output: string;
    /** The section of docs/languages.md that says how its SDK is generated; without one it is the package itself. */
    readonly generatedBy?: string;
    /** What Pulumi's SDK of the language says behind the mistakes, as docs/languages.md warns. */
    readonly trace?: RegExp;
    /** Why it cannot be tried here. */
    readonly lacks: string | undefined;
}

const programs: readonly Program[] = [
    {
        language: "TypeScript",
        example: "ten-lines",
        file: "index.ts",
        after: "domainNames, vpcId, subnetIds",
        wrong: ', targetPort: 70000, firewall: { mode: "count", blockedCountries: ["Germany"] }',
        output: "targetGroupArn",
        lacks: undefined,
    },
    {
        language: "Python",
        example: "python",
        file: "__main__.py",
        after: '    subnet_ids=config.require_object("subnetIds"),\n',
        wrong: '    target_port=70000,\n    firewall={"mode": "count", "blocked_countries": ["Germany"]},\n',
        output: "target_group_arn",
        generatedBy: "Python",
        lacks: missing("python3", "-m", "venv", "--help"),
    },
    {
        language: "Go",
        example: "go",
        file: "main.go",
        after: "			SubnetIds:      pulumi.ToStringArray(subnetIds),\n",
        wrong: '			TargetPort: pulumi.IntRef(70000),\n			Firewall:   &encryptededge.FirewallArgs{BlockedCountries: []string{"Germany"}},\n',
        output: "targetGroupArn",
        generatedBy: "Python",
        lacks: missing("go", "version"),
    },
    {
        language: "Java",
        example: "java",
        file: "src/main/java/myproject/App.java",
        after: '                .subnetIds(config.requireObject("subnetIds", String[].class))\n',
        wrong: '                .targetPort(70000)\n                .firewall(com.encryptededge.encryptededge.inputs.FirewallArgs.builder().blockedCountries("Germany").build())\n',
        output: "targetGroupArn",
        generatedBy: "Java",
        trace: /SEVERE: Running program .* failed with an unhandled exception/,
        lacks: missing("javac", "-version") ?? missing("mvn", "--version"),
    },
];

for (const { language, example, file, after: place, wrong, output, generatedBy, trace, lacks } of programs) {
    describe(`the component from a program in ${language}${lacks === undefined ? "" : `: not tried, ${lacks}`}`, function () {
        // Installs the language's SDK, and builds the CLI and its generators where none can be found.
        this.timeout("30m");
        let consumer: Consumer;
        let folder: string;

        before(async function () {
            if (lacks !== undefined) {
                this.skip();
            }
            consumer = new Consumer();
            folder = consumer.example(example);
            if (generatedBy !== undefined) {
                await consumer.addPackage(generatedBy);
            }
        });

        after(() => consumer?.remove());

        it("is deployed under the pack and every hop is encrypted", async () => {
            const pack = path.join(root, "policy");
            const up = ["up", "--stack", "dev", "--yes", "--skip-preview", "--policy-pack", pack];
            assert.match((await consumer.succeed(folder, ...up)).output, /encrypted-edge:index:EncryptedEdge site/);
            const outputs = JSON.parse((await consumer.succeed(folder, "stack", "output", "--json")).output) as object;
            assert.deepEqual(Object.keys(outputs).sort(), [output, "url"]);
            assert.equal((await consumer.probe(folder)).verdict, "pass");
        });

        if (generatedBy !== undefined) {
            it("is installed in a fresh clone by one command", async () => {
                await consumer.succeed(folder, "install");
            });
        }

        it("changes nothing when it is previewed again", async () => {
            const preview = await consumer.rehearse(folder, "preview", "--stack", "dev", "--expect-no-changes");
            assert.equal(preview.code, 0, preview.output + preview.errors);
        });

        it("gets every mistake at once, in the words of the component", async () => {
            const program = path.join(folder, file);
            const written = fs.readFileSync(program, "utf8");
            assert.ok(written.includes(place));
            fs.writeFileSync(program, written.replace(place, place + wrong));
            const answer = await consumer.rehearse(folder, "preview", "--stack", "dev");
            fs.writeFileSync(program, written);
            assert.notEqual(answer.code, 0);
            const said = answer.output + answer.errors;
            assert.match(said, /targetPort.*70000 \(port\); a whole number from 1 to 65535 is allowed/);
            assert.match(said, /firewall\.blockedCountries\[0\]/);
            assert.doesNotMatch(said, /site-packages|node_modules\/@pulumi|goroutine/);
            assert.match(said, trace ?? /^/);
        });
    });
}
