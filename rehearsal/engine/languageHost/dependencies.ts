import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import {
    DependencyInfo,
    GetProgramDependenciesResponse,
    InstallDependenciesResponse,
    type GetProgramDependenciesRequest,
    type InstallDependenciesRequest,
} from "@pulumi/pulumi/proto/language_pb";

/** The package managers whose lock file decides, as in the official host; npm where there is none. */
const lockFiles: [string, string][] = [
    ["pnpm-lock.yaml", "pnpm"],
    ["yarn.lock", "yarn"],
    ["bun.lock", "bun"],
];

/** Runs `npm install` (or the package manager of the lock file) in a directory, for `pulumi install`. */
export function installDependencies(
    call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): void {
    const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
    const manager = lockFiles.find(([file]) => existsSync(path.join(directory, file)))?.[1] ?? "npm";
    const child = spawn(manager, ["install"], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => call.write(new InstallDependenciesResponse().setStdout(chunk)));
    child.stderr.on("data", (chunk: Buffer) => call.write(new InstallDependenciesResponse().setStderr(chunk)));
    call.on("cancelled", () => child.kill("SIGTERM"));
    child.on("error", (error) => {
        call.destroy(new Error(`"${manager} install" could not be started in ${directory}: ${error.message}`));
    });
    child.on("close", (code) => {
        if (code === 0) {
            call.end();
        } else {
            call.destroy(new Error(`"${manager} install" ended with exit code ${code} in ${directory}.`));
        }
    });
}

/** The packages that package.json names, with the versions that are installed, for `pulumi about`. */
export function programDependencies(request: GetProgramDependenciesRequest): GetProgramDependenciesResponse {
    const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
    const { dependencies = {}, devDependencies = {} } = packageFile(path.join(directory, "package.json"));
    return new GetProgramDependenciesResponse().setDependenciesList(
        Object.keys({ ...dependencies, ...devDependencies })
            .sort()
            .map((name) =>
                new DependencyInfo().setName(name).setVersion(installedVersion(directory, name) ?? "not installed"),
            ),
    );
}

interface PackageFile {
    version?: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
}

/** A package.json; empty where it is missing or cannot be read. */
export function packageFile(file: string): PackageFile {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as PackageFile;
    } catch {
        return {};
    }
}

function installedVersion(directory: string, name: string): string | undefined {
    const folders = createRequire(path.join(directory, "package.json")).resolve.paths(name) ?? [];
    const file = folders.map((folder) => path.join(folder, name, "package.json")).find((each) => existsSync(each));
    return file === undefined ? undefined : packageFile(file).version;
}
