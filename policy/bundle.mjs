// Joins the sources of the command line, of its threads and of the pack into one file each: a process that reads one
// file starts sooner than one that looks for a hundred and fifty, and a function that is called by its name answers
// sooner than one that is called through the exports of its module. Packages stay outside but a few small ones that
// every run needs.
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const folder = import.meta.dirname;
const common = path.join(path.dirname(folder), "common", "index.ts");

await build({
    entryPoints: { cli: "cli.ts", worker: "audit/worker.ts", pack: "pack.ts" },
    absWorkingDir: folder,
    outdir: path.join(folder, "bundle"),
    bundle: true,
    platform: "node",
    target: "node20.20",
    // A script that V8 has kept from an earlier run imports nothing (compiledBundle.js).
    supported: { "dynamic-import": false },
    logLevel: "warning",
    plugins: [
        {
            name: "what is inside",
            setup({ onLoad, onResolve }) {
                // A file that few runs need is loaded by createRequire, which esbuild does not follow.
                onLoad({ filter: /\.ts$/ }, ({ path: file }) => ({
                    loader: "ts",
                    contents: readFileSync(file, "utf8")
                        .replace(/\bload\("(\.[^"]+)"\)/g, 'require("$1")')
                        .replaceAll("createRequire(__filename)", "require"),
                }));
                onResolve({ filter: /^@encrypted-edge\/common$/ }, () => ({ path: common }));
                const inside = new Set(["fastest-levenshtein", "ipaddr.js"]);
                onResolve({ filter: /^[^.]/ }, ({ path: name, kind }) =>
                    kind === "entry-point" || inside.has(name) ? undefined : { path: name, external: true },
                );
                // A thread starts at a file of its own, which loads its bundle as it was compiled before.
                onResolve({ filter: /^\./ }, ({ path: name, kind }) =>
                    kind === "require-resolve" ? { path: `../${path.basename(name)}.js`, external: true } : undefined,
                );
            },
        },
    ],
});
