import * as path from "node:path";
import { keepWritten } from "./keepWritten";

/** The languages whose hosts are not published as Go modules: ours stands in for them. */
export const ownLanguages = ["nodejs", "python", "go"] as const;
export type OwnLanguage = (typeof ownLanguages)[number];

/** The environment names our language host, so that one build serves every checkout. */
const shim = (language: OwnLanguage): string => `#!/bin/sh
: "\${REHEARSAL_LANGUAGE_HOST:?this Pulumi CLI belongs to a rehearsal: start it with \\"npx --no-install rehearse\\"}"
exec "\${REHEARSAL_NODE:-node}" "$REHEARSAL_LANGUAGE_HOST" --language=${language} "$@"
`;

/** Puts language hosts beside a CLI that was built; an official one has its own. */
export function writeLanguageShims(directory: string): void {
    for (const language of ownLanguages) {
        keepWritten(path.join(directory, `pulumi-language-${language}`), shim(language), { mode: 0o755 });
    }
}
