import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { installedPackage } from "@encrypted-edge/common";
import { keepWritten } from "./keepWritten";

/** The providers of the rehearsal: package of the SDK, and the compiled provider that answers for it. */
const providers = [
    { name: "aws", sdk: "@pulumi/aws", program: path.join("aws", "provider.js") },
    { name: "random", sdk: "@pulumi/random", program: path.join("random", "provider.js") },
];

const compiled = path.join(__dirname, "..");

/** Newer than every version that the SDK of another language than Node's asks for. */
const anyVersion = "999.0.0";

/**
 * Puts the rehearsal's providers into a Pulumi home, under the versions of the SDKs that the project has installed: the
 * engine asks for exactly those. A program in another language asks for the version of an SDK that npm knows nothing
 * of: its providers serve any, and the engine takes the newest one that it finds. Executables start faster than plugins
 * with a runtime: no language host in between.
 * @returns the environment in which the engine finds them.
 */
export function installPlugins(projectDirectory: string, directory: string, runtime: string): NodeJS.ProcessEnv {
    const isNode = runtime === "nodejs" || runtime === "bun";
    for (const { name, sdk, program } of providers) {
        const copies = isNode ? copiesOf(sdk, projectDirectory) : [[anyVersion, projectDirectory] as const];
        for (const [version, from] of copies) {
            keepWritten(
                path.join(directory, `resource-${name}-v${version}`, `pulumi-resource-${name}`),
                [
                    "#!/bin/sh",
                    `export REHEARSAL_SDK_FROM=${quoted(from)} REHEARSAL_PLUGIN_VERSION=${version}`,
                    `exec "\${REHEARSAL_NODE:-node}" --require ${quoted(path.join(__dirname, "endWithParent.js"))} \\`,
                    `    ${quoted(path.join(compiled, program))} "$@"`,
                    "",
                ].join("\n"),
                { mode: 0o755 },
            );
        }
    }
    return isNode ? {} : { PULUMI_ENABLE_LEGACY_PLUGIN_SEARCH: "true" };
}

/**
 * The versions of an SDK that a program loads, each with a folder from which it is found: its own, and those that
 * packages such as @pulumi/awsx bring along in a node_modules of theirs. The rehearsal's where there is none.
 */
function copiesOf(sdk: string, projectDirectory: string): Map<string, string> {
    const copies = new Map<string, string>();
    const own = installedPackage(sdk, projectDirectory);
    if (own !== undefined) {
        const modules = own.folder.slice(0, -sdk.length - 1);
        for (const from of packagesIn(modules)) {
            if (existsSync(path.join(from, "node_modules", sdk, "package.json"))) {
                copies.set(installedPackage(sdk, from)?.version ?? "", from);
            }
        }
        // The last word is the program's own: of two copies of one version it is the one that is described.
        copies.set(own.version, projectDirectory);
    }
    const fallback = installedPackage(sdk, __dirname);
    if (copies.size === 0 && fallback !== undefined) {
        copies.set(fallback.version, __dirname);
    }
    return copies;
}

/** The folders of the packages in a node_modules. */
function packagesIn(modules: string): string[] {
    return readdirSync(modules)
        .filter((name) => !name.startsWith("."))
        .flatMap((name) =>
            name.startsWith("@")
                ? readdirSync(path.join(modules, name)).map((each) => path.join(modules, name, each))
                : [path.join(modules, name)],
        );
}

function quoted(word: string): string {
    return `'${word.replaceAll("'", `'\\''`)}'`;
}
