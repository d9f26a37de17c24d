#!/usr/bin/env node
"use strict";

let main;
try {
    ({ main } = require("./bin/command/main"));
} catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
    }
    const [, missing = ""] = /'(.+?)'/.exec(error.message) ?? [];
    process.stderr.write(
        missing.startsWith(".")
            ? 'rehearse: this checkout is not compiled yet. Run "npm ci" (or "npm start") at its top first.\n'
            : `rehearse: the package ${missing} is missing from node_modules. Run "npm ci" at the top of this checkout.\n`,
    );
    process.exit(2);
}
main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
