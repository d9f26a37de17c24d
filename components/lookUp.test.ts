import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";
import { settled } from "./test/settled";

/** How the AWS provider says that nothing was found. */
const notFound =
    "invocation of aws:route53/getZone:getZone returned an error: invoking aws:route53/getZone:getZone: 1 error occurred:\n\t* no matching Route 53 Hosted Zone found\n\n";

/** The error by which everything that waits for the output fails. */
async function failure(output: pulumi.Output<unknown>): Promise<Error> {
    try {
        await settled(output);
    } catch (error) {
        assert.ok(error instanceof Error);
        return error;
    }
    return assert.fail("The look-up did not fail");
}

describe("A look-up", () => {
    it("hands on what was found", async () => {
        const found = lookUp("The hosted zone", "Create it.", Promise.resolve({ zoneId: "Z1" }));
        assert.equal(await new Promise((resolve) => found.zoneId.apply(resolve)), "Z1");
    });

    it("that fails says what was looked up, the provider's own words and what to do", async () => {
        const error = await failure(lookUp("The hosted zone", "Create it.", Promise.reject(new Error(notFound))));
        assert.equal(
            error.message,
            "The hosted zone could not be looked up: no matching Route 53 Hosted Zone found. Create it.",
        );
    });

    it("shows several errors in one line", async () => {
        const two = "invoking aws:ec2/getVpc:getVpc: 2 errors occurred:\n\t* no VPC\n\t* no access\n\n";
        const { message } = await failure(lookUp("The VPC", "Name one.", Promise.reject(new Error(two))));
        assert.equal(message, "The VPC could not be looked up: no VPC no access. Name one.");
    });

    it("that fails is printed without a stack trace, and without the properties that waited for it", async () => {
        const error = await failure(lookUp("The hosted zone", "Create it.", Promise.reject(new Error("not there"))));
        error.message = `error serializing property "zoneId": ${error.message}`;
        assert.equal(error.message, "The hosted zone could not be looked up: not there. Create it.");
        assert.ok(pulumi.RunError.isInstance(error));
        assert.equal(error.stack, undefined);
    });
});
