import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { lock } from "proper-lockfile";
import { goIn, modulesOf } from "./buildCli";
import { elapsed, type OnProgress } from "./elapsed";

/** The version of github.com/pulumi/pulumi-yaml in engine/yaml/go.mod. */
export const yamlVersion = "1.25.0";

const mainPackage = "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml";

/**
 * Puts the official language host for YAML beside a CLI that was built, once: official CLIs bring it along.
 * @throws when Go is missing, or when the build fails.
 */
export async function buildYamlHost(cli: string, environment: NodeJS.ProcessEnv, progress: OnProgress): Promise<void> {
    const host = path.join(path.dirname(cli), "pulumi-language-yaml");
    if (existsSync(host)) {
        return;
    }
    const start = Date.now();
    const ticking = setInterval(
        () => progress(`Building Pulumi's language host for YAML ${yamlVersion}, once, ${elapsed(start)}`),
        1000,
    );
    const release = await lock(path.dirname(cli), {
        lockfilePath: `${host}.lock`,
        stale: 20_000,
        retries: { forever: true, minTimeout: 1000, maxTimeout: 1000 },
    });
    const unfinished = `${host}.unfinished`;
    try {
        if (!existsSync(host)) {
            rmSync(unfinished, { recursive: true, force: true });
            mkdirSync(unfinished, { recursive: true });
            for (const file of ["go.mod", "go.sum"]) {
                copyFileSync(path.join(modulesOf("yaml"), file), path.join(unfinished, file));
            }
            const output = path.join(unfinished, "pulumi-language-yaml");
            const build = ["build", "-trimpath", "-ldflags", "-s -w", "-o", output, mainPackage];
            await goIn(unfinished, environment)(build, () => undefined);
            renameSync(output, host);
        }
    } catch (error) {
        throw (error as NodeJS.ErrnoException).code === "ENOENT"
            ? new Error(
                  "Programs in YAML need Pulumi's language host for YAML. Install the Pulumi CLI, which brings it along (https://www.pulumi.com/docs/install/), or Go, so that it can be built (https://go.dev/doc/install).",
              )
            : error;
    } finally {
        clearInterval(ticking);
        rmSync(unfinished, { recursive: true, force: true });
        await release();
    }
}
