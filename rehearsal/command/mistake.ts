/** Something that the user can put right: shown as it is, without a stack trace. */
export class MistakeError extends Error {
    override readonly name = "MistakeError";
}
