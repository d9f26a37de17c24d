// Takes the types out of this program's TypeScript when it is loaded, as sucrase/register does, and keeps the result: with
// nothing changed since the last run, neither the compiler is loaded nor anything compiled.
const { createHash, randomUUID } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const cache = path.join(__dirname, "..", "node_modules", ".cache", "encrypted-edge", "stripped-types");
const { version } = require("sucrase/package.json");

require.extensions[".ts"] = (module, filename) => {
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
