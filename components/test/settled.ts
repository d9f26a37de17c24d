import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";

/** The value of an input, or the error by which everything that waits for it fails. */
export async function settled<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    const output = pulumi.output(input);
    assert.ok(isPromising(output));
    return output.promise();
}

/** The SDK's typings hide the promise. */
function isPromising<T>(output: pulumi.Output<T>): output is pulumi.Output<T> & { promise(): Promise<T> } {
    return "promise" in output;
}
