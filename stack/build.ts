import { readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/**
 * The program loads the compiled component, which starts in a third of the time; a component that was changed and not
 * compiled again would deploy something else than what it says.
 *
 * @param directory The component's sources, with the compiled form in `bin/`. Default: `components/` of this repository.
 * @throws pulumi.RunError, which Pulumi prints without a stack trace.
 */
export function refuseStaleBuild(directory = path.join(__dirname, "..", "components")): void {
    const built = modified(path.join(directory, "bin", ".tsbuildinfo"));
    const changed = readdirSync(directory)
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
        .filter((file) => modified(path.join(directory, file)) > built);
    if (changed.length > 0) {
        const files = changed.map((file) => `${path.basename(directory)}/${file}`).join(", ");
        throw new pulumi.RunError(`Changed since the last build: ${files}. Run "npm run build", then this again.`);
    }
}

function modified(file: string): number {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
