import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { escapePattern } from "@encrypted-edge/common";

import { makeOwnProject } from "../preview/projects";

interface ExportedResource {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly inputs?: Record<string, unknown>;
    readonly outputs?: Record<string, unknown>;
    readonly propertyDependencies?: Record<string, unknown>;
}

interface ExportedState {
    readonly deployment: { resources: ExportedResource[] };
}

/** The state of this project's dev stack as the engine exports it after a rehearsed deployment, secrets decrypted. */
export function exportedStack(repository: string): string {
    const folder = mkdtempSync(path.join(tmpdir(), "exported-"));
    const rehearse = path.join(repository, "rehearsal", "rehearse.js");
    const run = (...args: string[]) =>
        execFileSync(process.execPath, [rehearse, ...args, "--stack", "dev"], {
            cwd: folder,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "pipe"],
            timeout: 300_000,
            maxBuffer: 1024 ** 3,
        });
    try {
        makeOwnProject(repository, folder);
        run("up", "--yes", "--skip-preview");
        return run("stack", "export", "--show-secrets");
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/**
 * A state of at least `size` resources, which is the exported stack over and over under other names, indented as the engine
 * writes it. One copy in two reaches its origin over HTTP, about one resource in a hundred; none has a firewall at its
 * distribution or logs.
 */
export function copiesOf(exported: string, size: number): { readonly text: string; readonly breaches: number } {
    const state = JSON.parse(exported) as ExportedState;
    const { resources } = state.deployment;
    const isShared = ({ type }: ExportedResource) => /^pulumi:(pulumi:Stack$|providers:)/.test(type);
    const own = resources.filter((resource) => !isShared(resource));
    for (const { type, inputs, outputs, propertyDependencies } of own) {
        for (const properties of [inputs, outputs, propertyDependencies]) {
            for (const neglected of neglectedProperties[type] ?? []) {
                delete properties?.[neglected];
            }
        }
    }
    const names = own.flatMap(({ urn, id, outputs }) => {
        const given = [id, outputs?.arn, outputs?.dnsName, outputs?.domainName];
        return [`::${urn.split("::").at(-1)}`, ...given.filter((name) => typeof name === "string")];
    });
    const renamed = new RegExp(
        [...new Set(names.filter((name) => name.length > 3))].sort(longestFirst).map(escapePattern).join("|"),
        "g",
    );
    const text = JSON.stringify(own, null, 4).slice(1, -2);
    const copies = Math.ceil(size / own.length);
    const parts = Array.from({ length: copies }, (_, copy) => {
        const copied = text
            .replace(renamed, (name) => `${name}-${copy}`)
            .replaceAll("example.com", `c${copy}.example.com`);
        return copy % 2 === 0 ? copied.replace(/(\\?")https-only\1/g, "$1http-only$1") : copied;
    });
    const shared = JSON.stringify(resources.filter(isShared), null, 4).slice(1, -2);
    const outline = JSON.stringify({ ...state, deployment: { ...state.deployment, resources: [] } }, null, 4);
    return {
        text: outline.replace('"resources": []', () => `"resources": [${[shared, ...parts].join(",")}\n]`),
        breaches: Math.ceil(copies / 2),
    };
}

const neglectedProperties: Readonly<Record<string, readonly string[]>> = {
    "aws:cloudfront/distribution:Distribution": ["webAclId", "loggingConfig"],
    "aws:lb/loadBalancer:LoadBalancer": ["accessLogs"],
};

const longestFirst = (a: string, b: string) => b.length - a.length;
