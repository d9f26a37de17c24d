"use strict";

const { loadCompiled } = require("./compiledBundle");

// What the engine starts for every preview and every update: compiling the rules is a quarter of what they add to it.
const { exports: pack, keep } = loadCompiled(require.resolve("./bundle/pack"));

pack.afterStack(keep);

module.exports = pack;
