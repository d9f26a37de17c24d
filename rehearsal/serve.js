#!/usr/bin/env node
"use strict";

let traffic;
try {
    traffic = require("./bin/traffic");
} catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
    }
    process.stderr.write('serve: this checkout is not built yet. Run "npm ci" (or "npm start") at its top first.\n');
    process.exit(1);
}
traffic.serveCommand(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
