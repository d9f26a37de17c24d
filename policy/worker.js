"use strict";

const { loadCompiled } = require("./compiledBundle");

const { exports: bundle, keep } = loadCompiled(require.resolve("./bundle/worker"));

/** What each thread of the audit runs. Kept after a state, because V8 compiles most functions at their first call. */
module.exports = (task) => bundle.default(task).finally(keep);
