import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import type { ChildProcesses } from "./childProcesses";

/** A command, and the folder that it runs in. */
export interface Command {
    readonly command: string;
    readonly arguments: readonly string[];
    readonly directory: string;
}

/** `runtime.options` of Pulumi.yaml or PulumiPlugin.yaml. */
export type Options = Readonly<Record<string, unknown>>;

/** A generated SDK in a folder of the project, as `pulumi package add` puts it there. */
export interface LocalSdk {
    /** Relative to the program. */
    readonly path: string;
    readonly name: string;
}

/** What the host has to know of a language. */
export interface Language {
    run(request: RunRequest, engineAddress: string, processes: ChildProcesses): Promise<RunResponse>;
    /** The commands that install the packages of a program, one after another. */
    installation(program: string, options: Options): readonly Command[];
    /** Writes a generated SDK into the program's list of packages. @returns how programs import it. */
    link(program: string, sdk: LocalSdk, options: Options): Promise<string>;
}

/** The first folder within an SDK that holds a file of that name. */
export function folderWith(file: string, sdk: string): string | undefined {
    return ["", ...(existsSync(sdk) ? readdirSync(sdk) : [])].find((each) => existsSync(path.join(sdk, each, file)));
}

/** A text file; empty where it is missing. */
export function textOf(file: string): string {
    return existsSync(file) ? readFileSync(file, "utf8") : "";
}
