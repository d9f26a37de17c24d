import { execFile } from "node:child_process";
import { promisify } from "node:util";
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
    const running = promisify(execFile)(generator, [language, request.getDirectory(), request.getLoaderTarget()]);
    // One that ends before it has read everything says why on its standard error.
    running.child.stdin?.on("error", () => undefined).end(request.getSchema());
    await running.catch((error: Error & { stderr?: string }) => {
        throw new Error(error.stderr?.trim() || error.message);
    });
    return new GeneratePackageResponse();
}
