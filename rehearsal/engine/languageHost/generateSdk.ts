import { spawn } from "node:child_process";
import { GeneratePackageResponse, type GeneratePackageRequest } from "@pulumi/pulumi/proto/language_pb";
import type { OwnLanguage } from "../languageShims";

/**
 * Writes a package's SDK by the CLI's own generators, which are built beside it for the commands that need them.
 * @throws when the generator is missing, or says what is wrong with the schema.
 */
export async function generateSdk(
    request: GeneratePackageRequest,
    language: OwnLanguage,
): Promise<GeneratePackageResponse> {
    const generator = process.env.REHEARSAL_SDK_GENERATOR;
    if (generator === undefined) {
        throw new Error('This Pulumi CLI generates no SDKs outside a rehearsal: start it with "rehearse".');
    }
    const child = spawn(generator, [language, request.getDirectory(), request.getLoaderTarget()], {
        stdio: ["pipe", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    // One that ends before it has read everything says why on its standard error.
    child.stdin.on("error", () => undefined);
    child.stdin.end(request.getSchema());
    await new Promise<void>((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(errors.trim()))));
    });
    return new GeneratePackageResponse();
}
