// Makes a package ready to be packed, in its folder: compiles it afresh, so that a tarball holds the code of these very
// sources and nothing that an older build left behind.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const folder = process.cwd();
const require = createRequire(path.join(folder, "package.json"));

let compiler;
try {
    compiler = require.resolve("typescript/bin/tsc");
} catch {
    console.error("The packages of the lock file are missing. Run npm ci at the top of the repository first.");
    process.exit(1);
}
for (const made of ["bin", "bundle"]) {
    rmSync(path.join(folder, made), { recursive: true, force: true });
}
const { status } = spawnSync(process.execPath, [compiler, "--build", folder], { stdio: ["ignore", 2, 2] });
if (status !== 0 || !existsSync(path.join(folder, "bin"))) {
    console.error(`${path.basename(folder)} did not compile; see above.`);
    process.exit(1);
}
const bundler = path.join(folder, "bundle.mjs");
if (existsSync(bundler) && spawnSync(process.execPath, [bundler], { stdio: ["ignore", 2, 2] }).status !== 0) {
    console.error(`${path.basename(folder)} was not bundled; see above.`);
    process.exit(1);
}
