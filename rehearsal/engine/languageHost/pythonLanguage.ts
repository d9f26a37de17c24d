import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { folderWith, type Language, type Options, textOf } from "./language";
import { runToEnd, settingsOf } from "./programSettings";

/** Beside this source; compiled, it runs from `bin/engine/languageHost`. */
function executor(): string {
    const room = path.join(__dirname, "..", "..");
    const sources = path.basename(room) === "bin" ? path.join(room, "..", "engine", "languageHost") : __dirname;
    return path.join(sources, "runProgram.py");
}

/** The folder of the virtual environment that Pulumi.yaml names; undefined where it names none. */
function virtualEnvironment(program: string, { virtualenv }: Options): string | undefined {
    return typeof virtualenv === "string" && virtualenv !== "" ? path.resolve(program, virtualenv) : undefined;
}

const pythonOf = (environment: string | undefined): string =>
    environment === undefined ? "python3" : path.join(environment, "bin", "python");

/**
 * Tools for packages beside pip, which keep an environment of the program's themselves. Source: Pulumi docs, "Python".
 */
const tools: Readonly<Record<string, { run: string[]; install: string[]; add: string[] }>> = {
    poetry: { run: ["run", "python"], install: ["install", "--no-ansi"], add: ["add", "--lock"] },
    // uv takes a folder within the project for a member of its workspace otherwise.
    uv: { run: ["run", "python"], install: ["sync"], add: ["add", "--no-sync", "--no-workspace"] },
};

/** The tool that Pulumi.yaml names for the program's packages; pip where it names none. */
const toolchainOf = ({ toolchain }: Options): string => (typeof toolchain === "string" ? toolchain : "pip");

/** Python, as `runtime: python` in Pulumi.yaml asks for. */
export const python: Language = {
    async run(request, engineAddress, processes) {
        const { directory, entryPoint, options, environment } = settingsOf(request, engineAddress);
        const toolchain = toolchainOf(options);
        const tool = tools[toolchain];
        if (tool === undefined && toolchain !== "pip") {
            const error = `The rehearsal's own host for Python knows the toolchains pip, ${Object.keys(tools).join(" and ")}, not ${JSON.stringify(toolchain)}. Install the Pulumi CLI, whose host may know it: https://www.pulumi.com/docs/install/`;
            return new RunResponse().setError(error);
        }
        const command = tool === undefined ? pythonOf(virtualEnvironment(directory, options)) : toolchain;
        if (path.isAbsolute(command) && !existsSync(command)) {
            return new RunResponse().setError(
                `There is no Python in ${path.dirname(command)}, which Pulumi.yaml names as virtual environment. Run "rehearse install" first.`,
            );
        }
        const words = [...(tool?.run ?? []), "-u", executor(), entryPoint, ...request.getArgsList()];
        return runToEnd(processes, command, words, { cwd: request.getPwd(), env: environment });
    },

    installation(program, options) {
        const toolchain = toolchainOf(options);
        const tool = tools[toolchain];
        if (tool !== undefined) {
            return [{ command: toolchain, arguments: tool.install, directory: program }];
        }
        const environment = virtualEnvironment(program, options);
        const isMissing = environment !== undefined && !existsSync(pythonOf(environment));
        const create = { command: "python3", arguments: ["-m", "venv", environment ?? ""], directory: program };
        const pip = ["-m", "pip", "install", "--disable-pip-version-check", "-r", "requirements.txt"];
        return [...(isMissing ? [create] : []), { command: pythonOf(environment), arguments: pip, directory: program }];
    },

    async link(program, sdk, options) {
        const file = path.join(program, "requirements.txt");
        const written = textOf(file);
        const line = `./${sdk.path}`;
        const toolchain = toolchainOf(options);
        const tool = tools[toolchain];
        // Until the first install these tools read requirements.txt as well.
        if (tool !== undefined && existsSync(path.join(program, "pyproject.toml"))) {
            await promisify(execFile)(toolchain, [...tool.add, line], { cwd: program });
        } else if (!written.split("\n").includes(line)) {
            const end = written === "" || written.endsWith("\n") ? "" : "\n";
            writeFileSync(file, `${written}${end}${line}\n`);
        }
        const module = folderWith("__init__.py", path.join(program, sdk.path)) ?? sdk.name.replaceAll("-", "_");
        return `You can now import the SDK in your program:\n\n  import ${module}\n`;
    },
};
