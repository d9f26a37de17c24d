import { readFileSync } from "node:fs";
import type { Network, WireEvidence } from "./network";
import type { Report } from "./report";
import { type Target, targetFromOutputs, TargetProblems } from "./target";

/** What to probe, and the outputs that say so, if any did. */
export interface NamedTarget {
    readonly target: Target;
    readonly source?: unknown;
}

/** Where the command was told what to probe. */
export interface Sources {
    readonly outputs?: string;
    readonly domainName?: readonly string[];
    readonly originDomainName?: string;
}

/** Reads what to probe from names, from outputs, from a state, or from the network that is served. */
export function readTarget(
    { outputs, domainName, originDomainName }: Sources,
    network: Network | undefined,
    state: string | undefined,
): NamedTarget {
    if (outputs !== undefined && domainName !== undefined) {
        throw new Error("Give either --outputs or --domain-name, not both.");
    }
    if (domainName !== undefined) {
        return { target: { domainNames: domainName, originDomainName } };
    }
    if (outputs !== undefined) {
        const source = parse(read(outputs), nameOf(outputs));
        return { target: targetOf(source, nameOf(outputs)), source };
    }
    if (state !== undefined) {
        const source = outputsOf(parse(state, "the state", "Write it with `pulumi stack export > state.json`."));
        return { target: targetOf(source, "the state, in the outputs of its stack,"), source };
    }
    if (network?.target !== undefined) {
        return { target: network.target };
    }
    throw new Error(
        "Nothing to probe: give --outputs with the file that `pulumi stack output --json` wrote, --state with the one that `pulumi stack export` wrote, or --domain-name www.example.com --origin-domain-name origin.example.com.",
    );
}

function targetOf(outputs: unknown, name: string): Target {
    try {
        return targetFromOutputs(outputs);
    } catch (error) {
        throw error instanceof TargetProblems
            ? new Error(`${name} does not say what to probe.\n  ${error.problems.join("\n  ")}`)
            : error;
    }
}

/** The outputs of a stack in its state: those of the resource that stands for the stack. */
function outputsOf(state: unknown): unknown {
    const { deployment, checkpoint } = (state ?? {}) as {
        readonly deployment?: { readonly resources?: readonly unknown[] };
        readonly checkpoint?: { readonly latest?: { readonly resources?: readonly unknown[] } };
    };
    const resources = (deployment ?? checkpoint?.latest)?.resources;
    if (!Array.isArray(resources)) {
        throw new Error("The state is not what `pulumi stack export` writes: it has no resources.");
    }
    const stack = (resources as readonly { readonly type?: string; readonly outputs?: unknown }[]).find(
        (one) => one.type === "pulumi:pulumi:Stack",
    );
    return stack?.outputs ?? {};
}

/** A network written by a rehearsal: plain data, and the address at which its taps can be asked. */
export function readNetwork(file: string): Network {
    const network = parse(read(file), file, "`rehearse serve` writes one.") as Partial<Network> & {
        readonly wireUrl?: string;
    };
    if (
        typeof network !== "object" ||
        network === null ||
        typeof network.hosts !== "object" ||
        typeof network.description !== "string"
    ) {
        throw new Error(
            `${file} is not the network of a rehearsal: it needs "description" and "hosts". \`rehearse serve\` writes one.`,
        );
    }
    const { wireUrl, ...plain } = network;
    return {
        ...(plain as Network),
        wire: wireUrl === undefined ? undefined : (marker) => askTaps(wireUrl, marker),
    };
}

async function askTaps(url: string, marker: string | undefined): Promise<WireEvidence[]> {
    const response = await fetch(`${url}?${new URLSearchParams(marker === undefined ? {} : { marker }).toString()}`, {
        signal: AbortSignal.timeout(10_000),
    });
    return (await response.json()) as WireEvidence[];
}

/** An earlier report. */
export function readReport(file: string): Report {
    const report = parse(read(file), file, "Write one with `verify-edge --json <file>`.") as Partial<Report> | null;
    const isFinding = (one: unknown) =>
        ["probe", "hop", "name", "verdict", "seen"].every(
            (key) => typeof (one as Readonly<Record<string, unknown>> | null)?.[key] === "string",
        );
    if (report?.schemaVersion !== 1 || !Array.isArray(report.findings) || !report.findings.every(isFinding)) {
        throw new Error(`${file} is not a report of version 1, as \`verify-edge --json ${file}\` writes it.`);
    }
    return report as Report;
}

function nameOf(file: string): string {
    return file === "-" ? "standard input" : file;
}

/** The text of a file; `-` is standard input. */
export function read(file: string): string {
    try {
        return readFileSync(file === "-" ? 0 : file, "utf8");
    } catch (error) {
        throw new Error(`Cannot read ${nameOf(file)}: ${reasonOf(error)}.`, { cause: error });
    }
}

function parse(
    json: string,
    name: string,
    hint = "Write the outputs with `pulumi stack output --json > outputs.json`.",
): unknown {
    try {
        return JSON.parse(json);
    } catch {
        throw new Error(`${name} is not JSON. ${hint}`);
    }
}

function reasonOf(error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR"
        ? "no such file or folder"
        : code === "EACCES"
          ? "not permitted"
          : code === "EISDIR"
            ? "it is a folder"
            : message;
}
