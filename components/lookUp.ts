import * as pulumi from "@pulumi/pulumi";

/**
 * What AWS knows of something that exists already. A failure is reported once, as a sentence: everything that waits for
 * the answer fails with it, and otherwise the SDK would print a stack trace and the path of each property that waits.
 *
 * @param subject What is looked up, as the start of a sentence, for example `Hosted zone "example.com"`.
 * @param advice What to do if it does not exist, as a sentence.
 * @param answer The look-up, under way.
 */
export function lookUp<Answer>(
    subject: string,
    advice: string,
    answer: Promise<Answer>,
): pulumi.Output<pulumi.Unwrap<Answer>> {
    return pulumi.output(
        answer.catch((error: unknown) => {
            throw lookUpError(`${subject} could not be looked up: ${cause(error)}. ${advice}`);
        }),
    );
}

/** Without a stack Pulumi prints the message alone; the SDK puts the name of each property that waits before it. */
export function lookUpError(message: string): pulumi.RunError {
    const error = new pulumi.RunError(message);
    error.stack = undefined;
    return Object.defineProperty(error, "message", { get: () => message, set: () => undefined });
}

/** The provider's own words, without the call's name before them and the list of one entry around them. */
function cause(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error);
    return message
        .replace(/^(invocation of \S+ returned an error: |invoking \S+: )+/i, "")
        .replace(/^\d+ errors? occurred:/, "")
        .replace(/\s*\*\s+|\s+/g, " ")
        .trim()
        .replace(/\.$/, "");
}
