#!/usr/bin/env node
"use strict";

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
});
