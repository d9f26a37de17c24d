import * as path from "node:path";
import { openAccount } from "./account";
import { userCache } from "../engine/userCache";
import { AwsProvider } from "./resources";
import { serve, Typings } from "../provider";

/** Run by the engine in place of the official `aws` provider; REHEARSAL_ACCOUNT says where the account lies. */
const directory = process.env.REHEARSAL_ACCOUNT;
if (directory === undefined || directory === "") {
    process.stderr.write("This AWS provider serves rehearsals only: start it through the rehearse command.\n");
    process.exit(1);
}
const typings = new Typings({
    packageName: "@pulumi/aws",
    projectDirectory: process.cwd(),
    cacheDirectory: path.join(userCache(), "typings"),
});
serve(new AwsProvider(openAccount(directory), typings));
