import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { builtCli } from "./buildCli";
import { builtTool, sdkGenerator } from "./goTools";
import { installPlugins } from "./plugins";
import { type RehearsalPaths, rehearsalPaths } from "./rehearsalPaths";
import { userCache } from "./userCache";

/**
 * Variables of Pulumi's that change how the engine works on this machine, and the region: a program deploys to that
 * where the stack file names none, and it is nobody's account.
 */
const kept =
    /^AWS_(DEFAULT_)?REGION$|^PULUMI_(EXPERIMENTAL|PARALLEL|PARALLEL_\w+|DEBUG_\w+|ENABLE_\w+|ERROR_OUTPUT_STRING|NODEJS_\w+|DISABLE_RESOURCE_REFERENCES)$/;

/** Names by which a user's own cloud, login or stack would reach the rehearsal. */
const foreign = /^(PULUMI_|AWS_)/;

/**
 * The environment in which the CLI rehearses a project: own home, state, plugins and AWS; nothing of the user's
 * accounts. Makes the project's `.rehearsal` folder where it is missing.
 * @param projectDirectory the directory that holds Pulumi.yaml.
 * @param runtime the language of the program, as Pulumi.yaml names it.
 */
export function rehearsalEnvironment(
    projectDirectory: string,
    environment: NodeJS.ProcessEnv = process.env,
    runtime = "nodejs",
): NodeJS.ProcessEnv {
    const paths = rehearsalPaths(projectDirectory);
    prepare(paths);
    const plugins = installPlugins(projectDirectory, path.join(paths.home, "plugins"), runtime);
    const own = Object.fromEntries(
        Object.entries(environment).filter(([name]) => !foreign.test(name) || kept.test(name)),
    );
    return {
        ...own,
        ...plugins,
        PULUMI_HOME: paths.home,
        PULUMI_BACKEND_URL: pathToFileURL(paths.backend).href,
        PULUMI_CONFIG_PASSPHRASE_FILE: paths.passphrase,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        NODE_OPTIONS:
            `${own.NODE_OPTIONS ?? ""} --require ${JSON.stringify(path.join(__dirname, "inspectErrors.js"))}`.trim(),
        // From Node 22 on, modules are compiled once for all runs.
        NODE_COMPILE_CACHE: own.NODE_COMPILE_CACHE ?? path.join(userCache(environment), "node"),
        REHEARSAL_ACCOUNT: paths.account,
        REHEARSAL_CACHE: userCache(environment),
        REHEARSAL_NODE: process.execPath,
        REHEARSAL_SDK_GENERATOR: builtTool(sdkGenerator, builtCli(environment)),
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
    makePassphrase(paths);
}

/** A passphrase that was made stays, also against a second rehearsal that starts at the same moment. */
function makePassphrase({ passphrase, stackFiles, root }: RehearsalPaths): void {
    if (existsSync(passphrase) && readFileSync(passphrase, "utf8").trim() !== "") {
        return;
    }
    const salted = readdirSync(stackFiles).filter((name) => holdsSalt(path.join(stackFiles, name)));
    if (salted.length > 0) {
        throw new Error(
            [
                `The passphrase of this rehearsal is lost: ${passphrase} is missing or empty. Secrets in the states of its stacks (${salted.join(", ")}) are encrypted with it.`,
                `Restore the file, or start over by deleting ${root}.`,
            ].join("\n"),
        );
    }
    rmSync(passphrase, { force: true });
    const unfinished = `${passphrase}.${process.pid}`;
    writeFileSync(unfinished, randomBytes(32).toString("hex"), { mode: 0o600 });
    try {
        // Unlike a rename, a link does not take the place of one that another process has made meanwhile.
        linkSync(unfinished, passphrase);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
            throw error;
        }
    } finally {
        rmSync(unfinished, { force: true });
    }
}

/** The engine writes a salt into a stack's file when it first encrypts for that stack. */
function holdsSalt(file: string): boolean {
    return /encryptionsalt/.test(readFileSync(file, "utf8"));
}
