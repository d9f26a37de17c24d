import type { StackResource } from "./checkpoint";

/** What AWS services are for in a stack, by the module in a resource's type. Others are listed under their own name. */
const roles: [role: string, modules: RegExp][] = [
    ["Names", /^aws:route53\//],
    ["Certificates", /^aws:acm\//],
    ["Edge", /^aws:cloudfront\//],
    ["Firewall", /^aws:wafv2\//],
    ["Load balancer", /^aws:(lb|alb)\//],
    ["Network", /^aws:(ec2|vpc)\//],
    ["Logs and alarms", /^aws:(cloudwatch|s3|sns)\//],
    ["Secrets", /^random:/],
];

/** What a stack holds, for people: one line a role, each kind of resource with its number. */
export function builtSummary(resources: readonly StackResource[]): string[] {
    // Known roles first, in their order.
    const counts = new Map(roles.map(([role]) => [role, new Map<string, number>()]));
    for (const { type, custom, external } of resources) {
        // Components and providers build nothing themselves; external resources were there before.
        if (custom !== true || external === true || type.startsWith("pulumi:")) {
            continue;
        }
        const role = roles.find(([, modules]) => modules.test(type))?.[0] ?? type.split(":")[0] ?? type;
        const kinds = counts.get(role) ?? new Map<string, number>();
        const kind = type.split(":").at(-1) ?? type;
        counts.set(role, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
    }
    const named = [...counts].filter(([, kinds]) => kinds.size > 0);
    const width = Math.max(0, ...named.map(([role]) => role.length));
    return named.map(([role, kinds]) => {
        const list = [...kinds].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`));
        return `  ${role.padEnd(width)}  ${list.join(", ")}`;
    });
}

/** The outputs of a stack; a secret among them is encrypted. */
export function outputsOf(resources: readonly StackResource[]): Record<string, unknown> {
    return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}

/** The outputs with "[secret]" in the place of each secret, at any depth. */
export function plainOutputs(outputs: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, hidden(value)]));
}

/** The stack's outputs, one line each; a secret shows as such. */
export function outputLines(outputs: Record<string, unknown>): string[] {
    const width = Math.max(0, ...Object.keys(outputs).map((name) => name.length));
    return Object.entries(plainOutputs(outputs)).map(
        ([name, value]) => `  ${name.padEnd(width)}  ${typeof value === "string" ? value : JSON.stringify(value)}`,
    );
}

/** The key by which the engine marks a value that is more than its plain JSON; secrets are such values. */
const signature = "4dabf18193072939515e22adb298388d";

function hidden(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (signature in value) {
        return "[secret]";
    }
    return Array.isArray(value) ? value.map(hidden) : plainOutputs(value as Record<string, unknown>);
}
