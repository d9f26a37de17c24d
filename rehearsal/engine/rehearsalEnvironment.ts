import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { installPlugins } from "./plugins";
import { type RehearsalPaths, rehearsalPaths } from "./rehearsalPaths";
import { userCache } from "./userCache";

/** Variables of Pulumi's that change how the engine works on this machine, and not where it deploys to. */
const kept =
    /^PULUMI_(EXPERIMENTAL|PARALLEL|PARALLEL_\w+|DEBUG_\w+|ENABLE_\w+|ERROR_OUTPUT_STRING|NODEJS_\w+|DISABLE_RESOURCE_REFERENCES)$/;

/** Names by which a user's own cloud, login or stack would reach the rehearsal. */
const foreign = /^(PULUMI_|AWS_)/;

/**
 * The environment in which the CLI rehearses a project: own home, state, plugins and AWS; nothing of the user's
 * accounts. Makes the project's `.rehearsal` folder where it is missing.
 * @param projectDirectory the directory that holds Pulumi.yaml.
 */
export function rehearsalEnvironment(
    projectDirectory: string,
    environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
    const paths = rehearsalPaths(projectDirectory);
    prepare(paths);
    installPlugins(projectDirectory, path.join(paths.home, "plugins"));
    const own = Object.fromEntries(
        Object.entries(environment).filter(([name]) => !foreign.test(name) || kept.test(name)),
    );
    return {
        ...own,
        PULUMI_HOME: paths.home,
        PULUMI_BACKEND_URL: pathToFileURL(paths.backend).href,
        PULUMI_CONFIG_PASSPHRASE_FILE: paths.passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
        NODE_OPTIONS:
            `${own.NODE_OPTIONS ?? ""} --require ${JSON.stringify(path.join(__dirname, "inspectErrors.js"))}`.trim(),
        // From Node 22 on, modules are compiled once for all runs.
        NODE_COMPILE_CACHE: own.NODE_COMPILE_CACHE ?? path.join(userCache(environment), "node"),
        REHEARSAL_ACCOUNT: paths.account,
        REHEARSAL_CACHE: userCache(environment),
        REHEARSAL_NODE: process.execPath,
        REHEARSAL_LANGUAGE_HOST: path.join(__dirname, "languageHost", "main.js"),
    };
}

function prepare(paths: RehearsalPaths): void {
    for (const directory of [paths.home, paths.backend, paths.account, paths.stackFiles]) {
        mkdirSync(directory, { recursive: true });
    }
    const ignore = path.join(paths.root, ".gitignore");
    if (!existsSync(ignore)) {
        writeFileSync(ignore, "*\n");
    }
    makePassphrase(paths.passphrase);
}

/** A passphrase that was made stays, also against a second rehearsal that starts at the same moment. */
function makePassphrase(file: string): void {
    try {
        writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    }
}
