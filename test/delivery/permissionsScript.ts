import { spawnSync } from "node:child_process";
import * as path from "node:path";

export interface Statement {
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
}

export interface Policy {
    readonly Statement: readonly Statement[];
}

interface Resource {
    readonly type: string;
    readonly name: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Needs {
    readonly cloudFormation?: { readonly type: string };
    readonly provider?: { readonly source: string };
}

export interface Policies {
    readonly table: {
        readonly types: Readonly<Record<string, Needs>>;
        readonly functions: Readonly<Record<string, { readonly source: string; readonly read: readonly string[] }>>;
    };
    readonly providerCalls: {
        readonly types: Readonly<Record<string, readonly string[]>>;
        readonly functions: Readonly<Record<string, readonly string[]>>;
    };
    readonly schemas: { readonly date: string; readonly types: Readonly<Record<string, readonly string[]>> };
    readonly roles: readonly string[];
    readonly managedPolicyLimit: number;
    policyOf(role: string, resources: readonly Resource[]): Policy;
    sizeOf(policy: Policy): number;
    textOf(policy: Policy): string;
}

export interface ComponentResources {
    usedByTheSources(): { readonly types: readonly string[]; readonly functions: readonly string[] };
    componentResources(name?: string): readonly Resource[];
}

const folder = path.join(__dirname, "..", "..", "scripts", "permissions");

export function actions(policy: Policy): string[] {
    return policy.Statement.flatMap(({ Action }) => Action);
}

export function run(args: readonly string[], input = "") {
    return spawnSync(process.execPath, [path.join(folder, "permissions.mjs"), ...args], { encoding: "utf8", input });
}

export function state(...resources: readonly Resource[]): string {
    return JSON.stringify({
        deployment: {
            resources: resources.map(({ type, name, inputs }) => ({
                type,
                urn: `urn:pulumi:dev::project::${type}::${name}`,
                inputs,
            })),
        },
    });
}

export async function loadPolicies(): Promise<{ policies: Policies; component: ComponentResources }> {
    return {
        policies: (await import(path.join(folder, "policies.mjs"))) as Policies,
        component: (await import(path.join(folder, "componentResources.mjs"))) as ComponentResources,
    };
}
