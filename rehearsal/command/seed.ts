import { seedAccount } from "../aws/account";
import type { RehearsalPaths } from "../engine";
import type { Project } from "./project";

/** Prepares the account as its owner has it before the first deployment: a hosted zone for each configured name. */
export async function seed(
    paths: RehearsalPaths,
    project: Project,
    configuration: Record<string, unknown>,
): Promise<void> {
    const configured = configuration["aws:region"];
    await seedAccount(paths.account, {
        hostedZoneNames: hostedZoneNames(project, configuration),
        region: typeof configured === "string" && configured !== "" ? configured : "us-east-1",
    });
}

/** Every value of a key named `hostedZoneName`, in any namespace and at any depth, of the stack or the project. */
export function hostedZoneNames(project: Project, configuration: Record<string, unknown>): string[] {
    const found = new Set<string>();
    const defaults = project.content.config;
    for (const source of [defaults, configuration]) {
        collect(source, found);
    }
    return [...found];
}

function collect(value: unknown, found: Set<string>): void {
    if (typeof value !== "object" || value === null) {
        return;
    }
    for (const [key, inner] of Object.entries(value)) {
        if (key.split(":").at(-1) === "hostedZoneName") {
            const { value: set, default: fallback } = (inner ?? {}) as { value?: unknown; default?: unknown };
            for (const name of [inner, set, fallback]) {
                if (typeof name === "string" && name !== "") {
                    found.add(name);
                }
            }
        } else {
            collect(inner, found);
        }
    }
}
