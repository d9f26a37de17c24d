#!/usr/bin/env node
"use strict";

// A reader such as "head" that has seen enough ends this process as it ends any other: by a broken pipe.
process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") {
        throw error;
    }
    process.exit(128 + 13);
});

// Nothing seen yet: a process that ends before it has a verdict must not end well.
process.exitCode = 3;

// A reader that has seen enough, such as head, closes the pipe.
process.stdout.on("error", () => process.exit());

let command;
try {
    ({ command } = require("./bin/command"));
} catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
    }
    const [, missing = ""] = /'(.+?)'/.exec(error.message) ?? [];
    process.stderr.write(
        missing.startsWith(".")
            ? 'verify-edge: this checkout is not compiled yet. Run "npm ci" at its top first.\n'
            : `verify-edge: the package ${missing} is missing from node_modules. Run "npm ci", or "npm install".\n`,
    );
    process.exit(2);
}
command(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
    // A lookup that the system still waits for, or a connection that nobody closes, must not hold the process.
    process.stdout.write("", () => process.exit());
});
