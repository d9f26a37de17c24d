import * as pulumi from "@pulumi/pulumi";

/** The value of an input, or the error by which everything that waits for it fails; the SDK's typings hide the promise. */
export function settled<T>(input: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
    return (pulumi.output(input) as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise();
}
