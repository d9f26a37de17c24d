#!/usr/bin/env node
"use strict";

// A reader such as "head" that has seen enough ends this process as it ends any other: by a broken pipe.
process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") {
        throw error;
    }
    process.exit(128 + 13);
});

// Node 22 keeps what it compiles, so that the next start needs not compile it again.
require("node:module").enableCompileCache?.();

let main;
try {
    ({ main } = require("./bundle/cli"));
} catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
    }
    const [, missing = ""] = /'(.+?)'/.exec(error.message) ?? [];
    process.stderr.write(
        missing.startsWith(".")
            ? 'encrypted-edge-policy: this checkout is not compiled yet. Run "npm ci" at its top first.\n'
            : `encrypted-edge-policy: the package ${missing} is missing from node_modules. Run "npm ci", or "npm install".\n`,
    );
    process.exit(2);
}
main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
});
