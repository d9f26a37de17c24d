#!/usr/bin/env node
// Fails unless every job that this one needs succeeded. Jobs named on the command line may also have been skipped.
// Environment: NEEDS, the `needs` context of the job as JSON.
const mayBeSkipped = new Set(process.argv.slice(2));
const needs = Object.entries(JSON.parse(process.env.NEEDS || "{}"));

if (needs.length === 0) {
    console.error('usage: NEEDS=\'{"JOB": {"result": "success"}}\' all-passed.mjs [JOB_THAT_MAY_BE_SKIPPED ...]');
    process.exit(2);
}
for (const [job, { result }] of needs) {
    const passed = result === "success" || (result === "skipped" && mayBeSkipped.has(job));
    console.log(`${passed ? "ok    " : "not ok"}  ${job}: ${result}`);
    if (!passed) {
        process.exitCode = 1;
    }
}
