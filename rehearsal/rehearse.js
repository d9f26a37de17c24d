#!/usr/bin/env node
"use strict";

let command;
try {
    command = require("./bin/command");
} catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
    }
    process.stderr.write('rehearse: this checkout is not built yet. Run "npm ci" (or "npm start") at its top first.\n');
    process.exit(1);
}
void command.main(process.argv.slice(2));
