"use strict";
// Loaded into every Node process of a measured preview. Notes how long the program takes from the start of its process
// until its modules are evaluated, and the policy pack from the start of its process until the engine has its port, and
// the processor time of each until then.
const { appendFileSync } = require("node:fs");
const Module = require("node:module");
const { performance } = require("node:perf_hooks");

const file = process.env.BENCHMARK_LOAD_TIMES;
const script = process.argv[1] ?? "";

function note(what) {
    const milliseconds = performance.now();
    const { user, system } = process.cpuUsage();
    appendFileSync(file, `${JSON.stringify({ what, milliseconds, cpuMilliseconds: (user + system) / 1000 })}\n`);
}

if (file !== undefined && /cmd[/\\]run[/\\]?(index\.js)?$/.test(script)) {
    const load = Module._load;
    Module._load = function (request, parent, ...rest) {
        const isProgram = /cmd[/\\]run[/\\]run\.js$/.test(parent?.filename ?? "") && /^([/\\]|[A-Z]:)/.test(request);
        const loaded = load.call(this, request, parent, ...rest);
        if (isProgram && !/node_modules/.test(request)) {
            note("program");
        }
        return loaded;
    };
} else if (file !== undefined && /cmd[/\\]run-policy-pack/.test(script)) {
    const write = process.stdout.write;
    process.stdout.write = function (...args) {
        process.stdout.write = write;
        note("pack");
        return write.apply(this, args);
    };
}
