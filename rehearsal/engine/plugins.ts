import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { installedPackage, replaceFile } from "encrypted-edge-common";

/** The providers of the rehearsal: package of the SDK, and the compiled provider that answers for it. */
const providers = [
    { name: "aws", sdk: "@pulumi/aws", program: path.join("aws", "provider.js") },
    { name: "random", sdk: "@pulumi/random", program: path.join("random", "provider.js") },
];

const compiled = path.join(__dirname, "..");

/**
 * Puts the rehearsal's providers into a Pulumi home, under the versions of the SDKs that the project has installed:
 * the engine asks for exactly those. Executables start faster than plugins with a runtime: no language host in between.
 */
export function installPlugins(projectDirectory: string, directory: string): void {
    for (const { name, sdk, program } of providers) {
        const installed = installedPackage(sdk, projectDirectory) ?? installedPackage(sdk, __dirname);
        const folder = path.join(directory, `resource-${name}-v${installed?.version}`);
        write(
            path.join(folder, `pulumi-resource-${name}`),
            [
                "#!/bin/sh",
                `exec "\${REHEARSAL_NODE:-node}" --require ${quoted(path.join(__dirname, "endWithParent.js"))} \\`,
                `    ${quoted(path.join(compiled, program))} "$@"`,
                "",
            ].join("\n"),
        );
    }
}

/** Written beside and renamed: a second rehearsal of the project may be starting the same plugin. */
function write(file: string, content: string): void {
    if (existsSync(file) && readFileSync(file, "utf8") === content) {
        return;
    }
    replaceFile(file, content, { mode: 0o755 });
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
