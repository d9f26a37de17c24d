import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { oldestVersion, pinnedVersion, versionOf } from "./cliVersion";
import { elapsed, type OnProgress, tellWhile } from "./elapsed";
import { buildOnce, type Go } from "./goBuild";
import { writeLanguageShims } from "./languageShims";
import { userCache } from "./userCache";

/** The main package of the CLI in its Go modules. */
const mainPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/** Where the CLI lies once it is built. */
export function builtCli(environment: NodeJS.ProcessEnv): string {
    return path.join(userCache(environment), `pulumi-v${pinnedVersion}`, "pulumi");
}

/**
 * Builds the CLI from its Go modules, once for this user; a second builder waits for the first.
 * @throws when Go is missing, or when the build fails.
 */
export async function buildCli(environment: NodeJS.ProcessEnv, progress: OnProgress): Promise<string> {
    const cli = builtCli(environment);
    const finished = path.dirname(cli);
    mkdirSync(userCache(environment), { recursive: true });
    const start = Date.now();
    let doing = "Waiting for another rehearsal that is building the Pulumi CLI";
    const building = buildOnce({
        built: finished,
        isCurrent: () => existsSync(cli),
        what: "the Pulumi CLI",
        modules: "cli",
        environment,
        withoutGo,
        make: async (go, unfinished) => {
            await compile(go, path.join(unfinished, "pulumi"), (step) => (doing = step));
            writeLanguageShims(unfinished);
            rmSync(finished, { recursive: true, force: true });
            renameSync(unfinished, finished);
            progress(`Built the Pulumi CLI ${pinnedVersion} in ${elapsed(start)}; kept in ${finished}`);
        },
    });
    await tellWhile(progress, () => doing, building);
    return cli;
}

async function compile(go: Go, output: string, onStep: OnProgress): Promise<void> {
    const building = `Building the Pulumi CLI ${pinnedVersion}, once`;
    let [downloads, compiled] = [0, 0];
    onStep("Preparing to build the Pulumi CLI from its Go modules");
    const listing = await go(["list", "-deps", mainPackage], (line) => {
        if (line.startsWith("go: downloading")) {
            downloads += 1;
            onStep(`${building}: downloading Go modules (${downloads})`);
        }
    });
    const packages = listing.trim().split("\n").length;
    const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`;
    await go(["build", "-v", "-trimpath", "-ldflags", `-s -w ${version}`, "-o", output, mainPackage], () => {
        compiled += 1;
        onStep(`${building}: compiled ${compiled} of at most ${packages} Go packages`);
    });
    const built = await versionOf(output);
    if (built !== pinnedVersion) {
        throw new Error(
            `The Pulumi CLI was built, but says that it is ${built ?? "nothing that runs"}, not ${pinnedVersion}.`,
        );
    }
}

const withoutGo = `There is no Pulumi CLI on this machine, and it could not be downloaded or built. Do one of these, then try again:
  1. install the Pulumi CLI, ${oldestVersion} or a newer 3.x, so that "pulumi" and "pulumi-language-nodejs" are on PATH: https://www.pulumi.com/docs/install/
  2. allow the npm launcher to download it ("npx pulumi version" must work): the download was refused or did not finish
  3. install Go 1.21 or newer, so that the CLI can be built from its published modules: https://go.dev/doc/install`;
