// Takes the types out of this program's TypeScript when it is loaded, as sucrase/register does, and keeps the result: with
// nothing changed since the last run, neither the compiler is loaded nor anything compiled.
const { createHash, randomUUID } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { enableCompileCache } = require("node:module");
const path = require("node:path");

const caches = path.join(__dirname, "..", "node_modules", ".cache", "encrypted-edge");
const cache = path.join(caches, "stripped-types");
const { version } = require("sucrase/package.json");

// Keeps what V8 compiles as well, of Pulumi's SDK too. Node 22.8 and later have it; where nothing can be written, it does nothing.
enableCompileCache?.(path.join(caches, "compiled"));

let isFirst = true;
require.extensions[".ts"] = (module, filename) => {
    if (isFirst) {
        isFirst = false;
        // Pulumi takes several stacks for each resource, and a library of its SDK looks every line of them up in source
        // maps: a quarter of the program's start. Here lines stay where they are, and packages come without their sources.
        Error.prepareStackTrace = undefined;
    }
    module._compile(stripped(readFileSync(filename, "utf8"), filename), filename);
};

function stripped(source, filename) {
    const hash = createHash("sha256").update(`${version}\n${filename}\n${source}`).digest("hex");
    const kept = path.join(cache, `${hash}.js`);
    try {
        return readFileSync(kept, "utf8");
    } catch {
        // It is compiled for the first time, or the folder can't be read: both cost time and nothing else.
    }
    const { transform } = require("sucrase");
    const { code } = transform(source, { transforms: ["imports", "typescript"], filePath: filename });
    try {
        mkdirSync(cache, { recursive: true });
        const unfinished = `${kept}.${randomUUID()}`;
        writeFileSync(unfinished, code);
        renameSync(unfinished, kept);
    } catch {
        // A read-only installation compiles each time.
    }
    return code;
}
