import * as path from "node:path";
import { openAccount } from "./account";
import { AwsProvider } from "./resources";
import { serve, Typings } from "../provider";

/**
 * Run by the engine in place of the official `aws` provider. REHEARSAL_ACCOUNT and REHEARSAL_CACHE are where the account
 * and what is read from the SDK lie; from REHEARSAL_SDK_FROM on the SDK of this very version is found.
 */
const { REHEARSAL_ACCOUNT: directory, REHEARSAL_CACHE: cache, REHEARSAL_SDK_FROM: from } = process.env;
if (directory === undefined || directory === "") {
    process.stderr.write("This AWS provider serves rehearsals only: start it through the rehearse command.\n");
    process.exit(1);
}
const typings = new Typings({
    packageName: "@pulumi/aws",
    projectDirectory: from ?? process.cwd(),
    ...(cache === undefined ? {} : { cacheDirectory: path.join(cache, "typings") }),
});
serve(new AwsProvider(openAccount(directory), typings));
