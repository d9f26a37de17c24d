#!/usr/bin/env node
"use strict";

// Nothing seen yet: a process that ends before it has a verdict must not end well.
process.exitCode = 3;

let command;
try {
    ({ command } = require("./bin/command"));
} catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
    }
    process.stderr.write('verify-edge: this checkout is not built yet. Run "npm ci" at its top first.\n');
    process.exit(2);
}
command(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
    // A lookup that the system still waits for, or a connection that nobody closes, must not hold the process.
    process.stdout.write("", () => process.exit());
});
