"use strict";

const { loadCompiled } = require("./compiledBundle");
const { loadLater } = require("./loadLater");

// The SDK reads installed packages with it when it writes a function into a program, which no policy does: two thirds of
// the files that a pack loads, and a tenth of what a short preview costs.
loadLater("@npmcli/arborist", "@pulumi/policy", "@pulumi/pulumi");

// What the engine starts for every preview and every update: compiling the rules is a quarter of what they add to it.
const {
    exports: { afterStack },
    keep,
} = loadCompiled(require.resolve("./bundle/pack"));

afterStack(keep);

module.exports = { afterStack };
