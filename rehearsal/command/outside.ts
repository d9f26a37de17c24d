import type { CommandLine } from "./commandLine";
import { MistakeError } from "./mistake";

/** Commands that ask Pulumi Cloud, by the CLI's own help. */
const ofPulumiCloud = new Set(["api", "deployment", "env", "insights", "neo", "org"]);

/** Secrets providers that ask nobody. */
const onThisMachine = new Set(["default", "passphrase"]);

/**
 * A rehearsal uses no account: the CLI would look for real credentials for a backend or a key that is elsewhere.
 * @throws MistakeError for such a command.
 */
export function refuseOutside({ command, operands, secretsProvider, arguments: words }: CommandLine): void {
    const [family = ""] = command.split(" ");
    if (ofPulumiCloud.has(family)) {
        throw new MistakeError(
            `"${family}" asks Pulumi Cloud, and a rehearsal uses no account. For the real one: pulumi ${words.join(" ")}`,
        );
    }
    if (command === "login" && words.length > 1) {
        throw new MistakeError(
            `"${words.join(" ")}" would leave the rehearsal, which keeps its states in the folder ".rehearsal" of the project. It needs no login: leave the command out.`,
        );
    }
    const provider = command === "stack change-secrets-provider" ? operands[0] : secretsProvider;
    if (provider !== undefined && !onThisMachine.has(provider)) {
        throw new MistakeError(
            `The secrets provider "${provider}" needs an account, and a rehearsal uses none: it encrypts with a passphrase of its own. Write passphrase, or leave it out. The stack file may name yours all the same.`,
        );
    }
}
