#!/usr/bin/env node
// Formats, lints, type-checks and tests what changed since the branch left main (or since the commit given).
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).split("\n").filter(Boolean);
const succeeds = (...args) => spawnSync("git", args, { stdio: "ignore" }).status === 0;

const base = process.argv[2] ?? (succeeds("rev-parse", "--verify", "--quiet", "origin/main") ? "origin/main" : "main");
if (!succeeds("rev-parse", "--verify", "--quiet", `${base}^{commit}`)) {
    console.error(
        `'${base}' is not a commit of this repository. Give the one to compare with: npm run check -- COMMIT`,
    );
    process.exit(2);
}
const [fork] = git("merge-base", base, "HEAD");
const files = [...new Set([...git("diff", "--name-only", fork), ...git("ls-files", "--others", "--exclude-standard")])];
const changed = files.filter((file) => existsSync(file));
const code = changed.filter((file) => /\.(ts|js|cjs|mjs)$/.test(file));

/** Files whose tests live elsewhere. */
const testedBy = [
    [/^(\.github|templates|examples\/consumer)\//, "test/delivery"],
    [/^(bootstrap|scripts\/permissions)\//, "test/delivery"],
    [/^docs\//, "components"],
    [/^policy\/(docs\/|README)/, "policy/test"],
    [/^(index\.ts|Pulumi.*\.yaml)$/, "test/rehearsal"],
];

// A test that names no changed file may still cover one: a change runs every test of its room (its first two folders).
const rooms = new Set([
    ...code.map((file) => path.dirname(file).split("/").slice(0, 2).join("/")),
    ...changed.flatMap((file) => testedBy.filter(([pattern]) => pattern.test(file)).map(([, room]) => room)),
]);
const tests = git("ls-files", "--cached", "--others", "--exclude-standard", "*.test.ts").filter((test) =>
    [...rooms].some((room) => room !== "." && test.startsWith(`${room}/`)),
);

const steps = [
    ["prettier", "--write", "--ignore-unknown", ...changed],
    code.length > 0 && ["eslint", "--fix", "--no-warn-ignored", ...code],
    code.length > 0 && ["tsc", "--noEmit"],
    code.length > 0 && ["tsc", "--build", "tsconfig.build.json"],
    code.length > 0 && ["node", "policy/bundle.mjs"],
    tests.length > 0 && [
        "mocha",
        "--no-config",
        "--require",
        "./test/register.cjs",
        "--extension",
        "ts",
        "--timeout",
        "300000",
        ...tests,
    ],
].filter(Boolean);

if (changed.length === 0) {
    console.log(`Nothing changed since ${base}.`);
    process.exit(0);
}
for (const [command, ...args] of steps) {
    console.log(
        `> ${command} ${args.length > 6 ? `${args.slice(0, 3).join(" ")} ... (${args.length} arguments)` : args.join(" ")}`,
    );
    const [program, ...before] = command === "node" ? [process.execPath] : ["npx", "--no-install", command];
    const { status } = spawnSync(program, [...before, ...args], { stdio: "inherit" });
    if (status !== 0) {
        process.exit(status ?? 1);
    }
}
