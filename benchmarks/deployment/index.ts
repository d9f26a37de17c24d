/**
 * How long AWS takes for a first `up` and for a `destroy`, by AWS's durations of each type
 * (rehearsal/aws/facts/durationTable.json) and by what waits for what in the state that the real engine writes. Fails where a stack takes longer than the committed figures
 * say; writes benchmarks/results/deployment.md and .json with `--write`.
 *
 *     npm run benchmark:deployment [-- --write]
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { deployedStack, timeline, type Timeline } from "../../rehearsal";
import { makeOwnProject } from "../preview/projects";
import { type Figures, judge } from "./growth";

const repository = path.dirname(path.dirname(__dirname));
type DeployedResources = ReturnType<typeof deployedStack>["resources"];

const results = path.join(repository, "benchmarks", "results", "deployment");

function main(): void {
    const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });
    const directory = mkdtempSync(path.join(tmpdir(), "deployment-"));
    const figures: Record<string, Timeline> = {};
    try {
        makeOwnProject(repository, directory);
        cpSync(path.join(repository, "Pulumi.prod.yaml"), path.join(directory, "Pulumi.prod.yaml"));
        for (const stack of ["dev", "prod"]) {
            const resources = firstUp(directory, stack);
            figures[`first up of ${stack}`] = timeline(resources, 0);
            figures[`destroy of ${stack}`] = timeline([], Date.now(), { before: resources });
        }
        Object.entries(figures).forEach(([run, { seconds }]) => process.stderr.write(`${run}: ${seconds} s\n`));
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
    if (values.write) {
        writeFileSync(`${results}.json`, `${JSON.stringify(figures, undefined, 4)}\n`);
        writeFileSync(`${results}.md`, report(figures));
        return;
    }
    const committed = JSON.parse(readFileSync(`${results}.json`, "utf8")) as Figures;
    process.exitCode = judge(committed, figures, (sentence) => process.stderr.write(`${sentence}\n`));
}

function firstUp(directory: string, stack: string): DeployedResources {
    const words = ["up", "--yes", "--skip-preview", "--stack", stack];
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [path.join(repository, "rehearsal", "rehearse.js"), ...words],
        { cwd: directory, encoding: "utf8" },
    );
    if (status !== 0) {
        throw new Error(`rehearse ${words.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
    }
    return deployedStack(directory, stack).resources;
}

function report(figures: Figures): string {
    const sections = Object.entries(figures).map(([run, { seconds, path: steps }]) =>
        [
            `## ${run.charAt(0).toUpperCase()}${run.slice(1)}: ${seconds} s`,
            "",
            "| waits for the one above | seconds |",
            "| --- | ---: |",
            ...steps.map((step) => `| ${step.type} ${step.name} | ${step.seconds} |`),
        ].join("\n"),
    );
    return [
        "# The time on AWS",
        "What decides the time of a first `up` and of a `destroy`, from first to last; deletions go in layers, and the slowest of each is shown. `npm run benchmark:deployment` measures it again, and fails where it has grown; durations of types, with their sources: rehearsal/aws/facts/durationTable.json.",
        ...sections,
    ]
        .join("\n\n")
        .concat("\n");
}

main();
