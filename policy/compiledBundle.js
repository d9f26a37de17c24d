"use strict";

const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");
const { readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const path = require("node:path");
const { Script } = require("node:vm");

/**
 * Loads a bundle as `require` does, with what V8 made of it in an earlier run: compiling it is a quarter of a short
 * run. Node 22 does this by itself (`module.enableCompileCache`); this is for Node 20.
 *
 * @returns its exports, and `keep`, which keeps what this run has compiled for the next one
 */
function loadCompiled(file) {
    const source = readFileSync(file, "utf8");
    // Beside the bundle: whoever may write there may change the bundle itself.
    const cache = `${file.slice(0, -path.extname(file).length)}.cache`;
    const cachedData = readCache(cache, source);
    const script = new Script(wrap(source), { filename: file, cachedData });
    const loaded = { exports: {} };
    script.runInThisContext()(loaded.exports, createRequire(file), loaded, file, path.dirname(file));
    const isCached = cachedData !== undefined && script.cachedDataRejected !== true;
    const keep = () => {
        if (!isCached) {
            writeCache(cache, source, script.createCachedData());
        }
    };
    return { exports: loaded.exports, keep };
}

/** V8 itself checks its version and flags, but neither the source nor the bytes. */
function digestOf(source, data) {
    return createHash("sha256").update(source).update(data).digest();
}

const digestLength = 32;

function readCache(cache, source) {
    try {
        const content = readFileSync(cache);
        const data = content.subarray(digestLength);
        return digestOf(source, data).equals(content.subarray(0, digestLength)) ? data : undefined;
    } catch {
        return undefined;
    }
}

/** Never fails: where nothing may be written, each run compiles anew. */
function writeCache(cache, source, data) {
    const unfinished = `${cache}.${process.pid}`;
    try {
        writeFileSync(unfinished, Buffer.concat([digestOf(source, data), data]));
        renameSync(unfinished, cache);
    } catch {
        try {
            rmSync(unfinished, { force: true });
        } catch {
            // It could not be written in the first place.
        }
    }
}

module.exports = { loadCompiled };
