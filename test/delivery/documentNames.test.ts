import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { edgeNodes, routeNodes } from "../../components/transform/index";
import { deploy } from "../../components/test/deployment";
import { tokens } from "../../components/test/deployedEdge";
import * as pack from "../../policy/index";
import { modelledLine } from "../../rehearsal/command/modelled";
import { spansOf } from "./documentBlocks";
import { codesIn, rowsOf } from "./documentTables";
import { root } from "./packed";

const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");

/** The inline code of a document, without arguments of a call and values of a setting. */
const codes = (document: string) => spansOf(root, document).map(({ text }) => text);

function helpOf(...command: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...command, "--help"], {
        cwd: root,
        encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    // Without a terminal, as commander has it; lines to copy stay whole.
    const wide = stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("Example: "));
    assert.deepEqual(wide, [], `${command.join(" ")} --help`);
    return stdout;
}

const inOneLine = (text: string) => text.replaceAll("`", "").replace(/\s+/g, " ");

interface Typed {
    readonly properties?: object;
    readonly inputProperties?: object;
}

describe("the names in the documents", function () {
    this.timeout("1m");

    it("of arguments, outputs and keys are there", () => {
        const { resources, types } = JSON.parse(read("components/schema.json")) as Record<
            "resources" | "types",
            Readonly<Record<string, Typed>>
        >;
        const known = new Set([
            ...[...Object.values(resources), ...Object.values(types)].flatMap(
                ({ properties = {}, inputProperties = {} }) => [
                    ...Object.keys(properties),
                    ...Object.keys(inputProperties),
                ],
            ),
            ...Object.keys(edgeNodes),
            ...Object.keys(routeNodes),
            // Node's, the AWS provider's, and Kubernetes's and Amazon ECS's own words.
            ...["readFileSync", "dropInvalidHeaderFields", "productionListenerRule", "assignPublicIp", "groupIds"],
            ...["healthCheckGracePeriod", "healthCheckGracePeriodSeconds", "networkInterfaces", "securityGroups"],
            // What examples/eks exports, what a TargetGroupBinding and a NodeClass hold.
            ...["clusterName", "serviceRef", "apiVersion", "securityGroupSelectorTerms"],
        ]);
        assert.ok(known.size > 200);
        const pages = ["README.md", "component", "attach", "adopt-a-live-site", "first-deployment", "upgrade", "costs"];
        const named = pages
            .map((page) => (page.endsWith(".md") ? page : `docs/${page}.md`))
            .flatMap((page) => spansOf(root, page))
            .filter(({ text }) => /^[a-z]+[A-Z]\w*$/.test(text));
        assert.ok(named.length > 200);
        assert.deepEqual(
            named
                .filter(({ text }) => !known.has(text))
                .map(({ document, line, text }) => `${document}:${line}: ${text}`),
            [],
        );
    });

    it("of options are those of the commands", () => {
        const audit = helpOf("policy/encrypted-edge-policy.js", "audit");
        const commands: [string, string, readonly string[]][] = [
            ["docs/enforcement.md", audit, ["--policy-pack", "--policy-pack-config"]],
            ["verify/README.md", helpOf("verify/verify-edge.js"), []],
        ];
        for (const [document, help, others] of commands) {
            const options = codes(document).flatMap((code) => /^--[a-z-]+/.exec(code)?.[0] ?? []);
            assert.ok(options.length > 5, document);
            const unknown = options.filter((option) => !others.includes(option) && !help.includes(`  ${option} `));
            assert.deepEqual(
                unknown.filter((option) => !new RegExp(`^  ${option}$`, "m").test(help)),
                [],
                document,
            );
        }
        const shown = rowsOf("docs/enforcement.md", "| Output | For |").map(([output = ""]) => codesIn(output)[0]);
        const formats = [...audit.matchAll(/^ {2}(--\w+) \[file\]/gm)].map(([, format]) => format);
        assert.deepEqual(
            shown.flatMap((output = "") => output.split(" ")[0] || []).sort(),
            formats.sort(),
            "the table of outputs",
        );
    });

    it("of exit codes are those that the commands print of themselves", () => {
        const audit = inOneLine(helpOf("policy/encrypted-edge-policy.js", "audit")).split("Exit codes: ")[1] ?? "";
        const rows = rowsOf("docs/enforcement.md", "| Exit code | Meaning |");
        const table = inOneLine(rows.map((row) => row.join(" ")).join(" "));
        assert.equal(table, audit.slice(0, table.length));
        assert.match(audit.slice(table.length), /^ [A-Z]/, "the command has an exit code more");
        const [sentence] = /Exit code: [^.]*\./.exec(inOneLine(helpOf("verify/verify-edge.js"))) ?? [];
        assert.ok(sentence !== undefined && inOneLine(read("verify/README.md")).includes(sentence), sentence);
    });

    it("of probes are those of the prober", () => {
        const sources = fs
            .readdirSync(path.join(root, "verify"))
            .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
            .map((file) => read(`verify/${file}`));
        const probes = sources.flatMap((source) =>
            [...source.matchAll(/\bprobe: ["`]([a-z]+-[a-z0-9-]+)["`]/g)].map(([, probe = ""]) => probe),
        );
        const rows = rowsOf("verify/README.md", "| hop | probe | what must hold |");
        assert.deepEqual(rows.flatMap(([, probe = ""]) => codesIn(probe)).sort(), [...new Set(probes)].sort());
    });

    it("of the policy package's exports are exported", () => {
        const types = /export type \{([^}]+)\}/.exec(read("policy/index.ts"))?.[1] ?? "";
        const exported = [...Object.keys(pack), ...types.split(/[\s,]+/)];
        const named = rowsOf("policy/README.md", "| Export | What it is |").flatMap(([names = ""]) => codesIn(names));
        assert.ok(named.length > 10);
        assert.deepEqual(
            named.map((name) => name.replace(/\(.*/, "")).filter((name) => !exported.includes(name)),
            [],
        );
    });

    it("of variables are read by a workflow, an action or the GitLab component", () => {
        const files = [".github", "templates", "scripts/permissions", "bootstrap"].flatMap((folder) =>
            fs
                .readdirSync(path.join(root, folder), { recursive: true })
                .map(String)
                .filter((file) => /\.(yml|mjs|sh|ts)$/.test(file) && !/node_modules|\bbin\b/.test(file))
                .map((file) => read(path.join(folder, file))),
        );
        const named = codes("docs/delivery.md").filter((code) =>
            /^(PULUMI|AWS|AZURE|GOOGLE|DEPLOYMENTS)[A-Z_]*$/.test(code),
        );
        assert.ok(new Set(named).size > 8);
        assert.deepEqual(
            named.filter((name) => !files.some((text) => new RegExp(`\\b${name}\\b`).test(text))),
            [],
        );
    });

    it("of alarms are those that are made", async () => {
        const made = await deploy({ alarms: {} });
        const rows = rowsOf("docs/component.md", "| Alarm | Looks at | Begins at (argument) |");
        assert.deepEqual(
            rows.flatMap(([alarm = ""]) => codesIn(alarm)).sort(),
            made
                .all(tokens.alarm)
                .map(({ name }) => name.replace(/^edge-/, ""))
                .sort(),
        );
    });

    it("of the parts of an edge are classes of the component", () => {
        const parts = rowsOf("docs/component.md", "| Part | Resources | Region |").flatMap(([part = ""]) =>
            codesIn(part).filter((code) => /^[A-Z]\w+$/.test(code)),
        );
        assert.ok(parts.length > 10);
        const sources = fs
            .readdirSync(path.join(root, "components"))
            .filter((file) => file.endsWith(".ts"))
            .map((file) => read(`components/${file}`))
            .join("\n");
        assert.deepEqual(
            parts.filter((part) => !new RegExp(`^(?:export )?class ${part} `, "m").test(sources)),
            [],
        );
    });

    it("of folders in the rehearsal's rooms are there, all of them", () => {
        const rows = rowsOf("rehearsal/README.md", "| folder | holds |").flatMap(([folder = ""]) => codesIn(folder));
        const folders = foldersOf("rehearsal");
        assert.deepEqual([...new Set(rows.map((row) => row.replace(/\/$/, "")))].sort(), folders);
    });
});

describe("messages that documents quote", () => {
    it("are what the rehearsal says of types that it does not model", () => {
        const quoted = codes("rehearsal/README.md").find((code) => code.includes("resources are modelled"));
        const subject = (type: string, isModelled: boolean) => ({ type, name: type, urn: type, isModelled });
        const said = modelledLine([
            ...Array.from({ length: 52 }, () => subject("aws:lb/listener:Listener", true)),
            ...["aws:ecs/service:Service", "aws:ecs/service:Service", "aws:eks/cluster:Cluster"].map((type) =>
                subject(type, false),
            ),
        ]);
        assert.ok(quoted !== undefined && said?.startsWith(quoted.replace(/\.\.\.$/, "")), `${quoted}\n${said}`);
    });
});

/** The folders of a room that hold files of the repository. */
function foldersOf(room: string): string[] {
    const { stdout } = spawnSync("git", ["ls-files", room], { cwd: root, encoding: "utf8" });
    const folders = stdout
        .split("\n")
        .flatMap((file) => (file.split("/").length > 2 ? [file.split("/")[1] ?? ""] : []));
    return [...new Set(folders)].sort();
}
