import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** A folder of its own for each test, gone afterwards. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
    const folder = mkdtempSync(path.join(tmpdir(), "audit-test-"));
    return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const distributionType = "aws:cloudfront/distribution:Distribution";
export const protocolPath = "origins[0].customOriginConfig.originProtocolPolicy";

export function urnOf(stack: string, name: string, type = distributionType): string {
    return `urn:pulumi:${stack}::shop::${type}::${name}`;
}

/** A distribution that keeps the rule cloudfront-origin-https-only or breaks it. */
export function distribution(
    stack: string,
    name: string,
    originProtocolPolicy = "match-viewer",
): Record<string, unknown> {
    const inputs = {
        origins: [{ originId: "alb", domainName: "origin.example.com", customOriginConfig: { originProtocolPolicy } }],
    };
    return { urn: urnOf(stack, name), type: distributionType, custom: true, id: name, inputs, outputs: inputs };
}

/** What `pulumi stack export` writes. */
export function exported(resources: readonly unknown[], more: object = {}): string {
    return JSON.stringify({ version: 3, deployment: { manifest: {}, resources, ...more } });
}

/** A policy configuration in which one rule speaks. */
export function only(rule: string, level = "mandatory"): Record<string, unknown> {
    return { all: "disabled", [rule]: level };
}

/**
 * A stand-in for the pulumi CLI: it lists and exports the stacks that it is given, each after a while, and notes every
 * export. The real CLI needs a backend with an account for this.
 */
export function fakePulumi(folder: string, stacks: Readonly<Record<string, string>>, milliseconds = 0): string {
    const data = path.join(folder, "stacks.json");
    const command = path.join(folder, "pulumi");
    writeFileSync(data, JSON.stringify(stacks));
    const script = `#!${process.execPath}
const fs = require("fs");
const stacks = JSON.parse(fs.readFileSync(${JSON.stringify(data)}, "utf8"));
const args = process.argv.slice(2);
if (args[1] === "ls") {
    console.log(JSON.stringify(Object.keys(stacks).filter((name) => !name.includes(" ")).map((name) => ({ name, lastUpdate: "2026-01-01T00:00:00Z" }))));
} else {
    const name = args[args.indexOf("--stack") + 1];
    fs.appendFileSync(${JSON.stringify(path.join(folder, "exports.log"))}, name + "\\n");
    const shown = stacks[name + " --show-secrets"];
    setTimeout(() => {
        if (stacks[name] === undefined) {
            console.error("error: no stack named '" + name + "' in " + process.env.PULUMI_BACKEND_URL);
            process.exitCode = 6;
        } else process.stdout.write(args.includes("--show-secrets") && shown ? shown : stacks[name]);
    }, ${milliseconds});
}
`;
    writeFileSync(command, script);
    chmodSync(command, 0o755);
    return command;
}
