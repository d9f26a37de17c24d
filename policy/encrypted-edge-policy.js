#!/usr/bin/env node
"use strict";

/**
 * Node.js 20 optimizes a function once it has run 66 KB of bytecode three times. Few audits take long enough for that to
 * pay: with six times as much, one of 10,000 resources takes a third less processor time. From Node.js 22 on, V8 has a
 * quicker compiler before that one, and another flag. Set before the bundle is loaded, for V8 takes no script that it
 * compiled with other flags.
 */
if (process.version.startsWith("v20.")) {
    require("node:v8").setFlagsFromString("--interrupt-budget=400000");
}

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
