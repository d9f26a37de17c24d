/**
 * Loaded before the programs of a rehearsal. To colour the stack trace of an error, some versions of Node (20.20.2
 * among them) search the text after each `node_modules` without end when it is the last folder but one of a line's
 * path, as in the source-mapped traces of `@pulumi/pulumi`: a program that threw would hang. Errors are inspected
 * without colours.
 */
import util from "node:util";

type Inspect = (value: unknown, ...options: unknown[]) => string;

const inspect = util.inspect as Inspect;

const inspectErrors: Inspect = (value, ...options) =>
    value instanceof Error && typeof options[0] === "object"
        ? inspect(value, { ...options[0], colors: false })
        : inspect(value, ...options);

// The properties, `inspect.custom` and the defaults among them, stay those of the original.
Object.setPrototypeOf(inspectErrors, inspect);
(util as { inspect: Inspect }).inspect = inspectErrors;
