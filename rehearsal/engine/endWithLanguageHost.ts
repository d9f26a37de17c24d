import { createRequire } from "node:module";

/**
 * Loaded by programs, packs and plugins through NODE_OPTIONS: with `--require` on their command line the SDK would
 * leave ES modules in TypeScript to Node, which cannot load them. What a program starts itself inherits NODE_OPTIONS
 * and is not ours to end. Yarn Plug'n'Play keeps this file in an archive, which import() does not read here.
 */
if (process.env.REHEARSAL_LANGUAGE_HOST_PROCESS === String(process.ppid)) {
    createRequire(__filename)("./endWithParent.js");
}
