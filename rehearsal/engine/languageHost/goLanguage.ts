import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { type Language, textOf } from "./language";
import { runToEnd, settingsOf } from "./programSettings";

/** Go, as `runtime: go` in Pulumi.yaml asks for: the program is compiled, then run. */
export const go: Language = {
    async run(request, engineAddress, processes) {
        const { directory, entryPoint, options, environment } = settingsOf(request, engineAddress);
        const folder = mkdtempSync(path.join(tmpdir(), "pulumi-go-"));
        try {
            const isBuilt = typeof options.binary === "string" && options.binary !== "";
            const program = isBuilt ? path.resolve(directory, String(options.binary)) : path.join(folder, "program");
            if (!isBuilt) {
                const words = ["build", "-o", program, `./${path.relative(directory, entryPoint)}`];
                const built = await runToEnd(processes, "go", words, { cwd: directory });
                if (built.getError() !== "") {
                    return new RunResponse().setError(`The program does not compile; see above. ${built.getError()}`);
                }
                if (built.getBail()) {
                    return built;
                }
            }
            const place = { cwd: request.getPwd(), env: environment };
            return await runToEnd(processes, program, request.getArgsList(), place);
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    },

    installation(program) {
        return [{ command: "go", arguments: ["mod", "tidy"], directory: program }];
    },

    async link(program, sdk) {
        const module = /^module (\S+)/m.exec(textOf(path.join(program, sdk.path, "go.mod")))?.[1];
        if (module === undefined) {
            throw new Error(`${path.join(sdk.path, "go.mod")} names no module: generate the SDK again.`);
        }
        const edit = ["mod", "edit", `-replace=${module}=./${sdk.path}`, `-require=${module}@v0.0.0`];
        await promisify(execFile)("go", edit, { cwd: program });
        return `You can now import the SDK in your program, with the names of its packages behind:\n\n  ${module}\n`;
    },
};
