#!/usr/bin/env node
"use strict";

// A reader such as "head" that has seen enough ends this process as it ends any other: by a broken pipe.
process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") {
        throw error;
    }
    process.exit(128 + 13);
});

// What was compiled once is kept, so that the next start needs not compile it again: by Node 22 itself, in Node 20 by us.
const { enableCompileCache } = require("node:module");
enableCompileCache?.();

let main;
let keep;
try {
    if (enableCompileCache === undefined) {
        const { loadCompiled } = require("./compiledBundle");
        ({
            exports: { main },
            keep,
        } = loadCompiled(require.resolve("./bundle/cli")));
    } else {
        ({ main } = require("./bundle/cli"));
    }
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
    keep?.();
});
