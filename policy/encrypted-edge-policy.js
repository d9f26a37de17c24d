#!/usr/bin/env node
"use strict";

let main;
let keep;
try {
    const { loadCompiled } = require("./compiledBundle");
    ({
        exports: { main },
        keep,
    } = loadCompiled(require.resolve("./bundle/cli")));
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
    keep();
});
