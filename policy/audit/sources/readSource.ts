import { readFileSync, statSync } from "node:fs";
import { promisify } from "node:util";

import { isObject, own, readState, withoutUnread, type State } from "../../graph";
import { codeOf } from "./findSources";
import { FileBytes, textOf, type Bytes } from "./bytes";
import { compressionOf, startsWith } from "./compression";
import { parseInParts } from "./parseInParts";
import { exportStack, type PulumiCli } from "./pulumiCli";
import type { Source } from "./source";

/** The bytes of a source, or why there are none. */
type Content = { readonly content: Bytes } | { readonly problem: string };

interface Problem {
    readonly problem: string;
}

/** Reads a source and hands its bytes on. Never fails: what cannot be read is said in the answer. */
export async function readSource<T>(
    source: Source,
    cli: PulumiCli,
    use: (content: Bytes) => Promise<T>,
): Promise<T | Problem> {
    const read = await contentOf(source, cli);
    if ("problem" in read) {
        return read;
    }
    const { content } = read;
    if (!(content instanceof FileBytes)) {
        return use(content);
    }
    try {
        return await use(content);
    } catch (error) {
        return unreadableFile(error);
    } finally {
        content.close();
    }
}

async function contentOf(source: Source, cli: PulumiCli): Promise<Content> {
    switch (source.kind) {
        case "missing":
            return { problem: source.problem };
        case "standard input":
            return { content: source.content };
        case "backend": {
            const exported = await exportStack(cli, source.stack, source.backend);
            return "problem" in exported ? exported : { content: exported.output };
        }
        case "file":
            try {
                return { content: await readContent(source.path) };
            } catch (error) {
                return unreadableFile(error);
            }
    }
}

function unreadableFile(error: unknown): Problem {
    return { problem: `The file cannot be read (${codeOf(error)}).` };
}

/** A state of fewer bytes is read and parsed as a whole. */
const largeState = 32 * 1024 * 1024;

async function readContent(file: string): Promise<Bytes> {
    const facts = statSync(file);
    // What is no plain file, such as what a shell gives for `<(command)`, may have to be waited for.
    if (!facts.isFile()) {
        return process.getBuiltinModule("node:fs/promises").readFile(file);
    }
    return facts.size < largeState ? readFileSync(file) : new FileBytes(file);
}

export function hashOf(content: Bytes): string {
    // Loaded where it is needed: an audit that keeps no journal hashes nothing.
    const hash = process.getBuiltinModule("node:crypto").createHash("sha256");
    for (let begin = 0; begin < content.length; begin += largeState) {
        hash.update(content.subarray(begin, begin + largeState));
    }
    return hash.digest("hex");
}

/**
 * The state in these bytes, which may be compressed, or what is wrong with them and what to give instead.
 *
 * @param isRead of which types the properties are read; of others a large state may come without
 */
export async function parseState(
    content: Bytes,
    isRead: (type: string) => boolean,
): Promise<State | { readonly problem: string }> {
    const opened = await openState(content, (resource) => withoutUnread(resource, isRead));
    if ("problem" in opened) {
        return opened;
    }
    const state = readState(opened.parsed);
    return state.kind === "unreadable" ? { problem: state.problem } : state;
}

/**
 * The JSON in these bytes, of a version that is known.
 *
 * @param kept what is kept of each resource of a large state
 */
export async function openState(
    content: Bytes,
    kept: (resource: unknown) => unknown = (resource) => resource,
): Promise<{ readonly parsed: unknown } | { readonly problem: string }> {
    const opened = await decompress(content);
    if ("problem" in opened) {
        return opened;
    }
    const encrypted = encryption(opened.content);
    if (encrypted !== undefined) {
        return { problem: encrypted };
    }
    let parsed = opened.content.length < largeState ? undefined : parseInParts(opened.content, kept);
    try {
        // A byte order mark is how some shells on Windows begin every file that they redirect to.
        parsed ??= JSON.parse(text(opened.content).replace(/^\uFEFF/, ""));
    } catch (error) {
        return { problem: jsonProblem(opened.content, error) };
    }
    const version = versionProblem(parsed);
    return version === undefined ? { parsed } : { problem: version };
}

async function decompress(content: Bytes): Promise<Content> {
    const compression = compressionOf(content);
    if (compression === "gzip") {
        return promisify(process.getBuiltinModule("node:zlib").gunzip)(content.subarray()).then(
            (opened) => ({ content: opened }),
            () => ({ problem: "The file is gzipped, and damaged or cut off. Fetch it again." }),
        );
    }
    if (compression === undefined) {
        return { content };
    }
    const { zstdDecompress } = process.getBuiltinModule("node:zlib") as {
        zstdDecompress?: (content: Uint8Array, done: (e: unknown, c: Buffer) => void) => void;
    };
    if (zstdDecompress === undefined) {
        const problem =
            "The file is compressed with Zstandard, which needs Node.js 22.15 or later. Use that, or `unzstd`.";
        return { problem };
    }
    return new Promise((resolve) => {
        zstdDecompress(content.subarray(), (error, opened) => {
            if (error === null) {
                resolve({ content: opened });
            } else {
                resolve({ problem: "The file is compressed with Zstandard, and damaged or cut off. Fetch it again." });
            }
        });
    });
}

function text(content: Bytes): string {
    // PowerShell 5 redirects in UTF-16.
    return textOf(content.subarray(), startsWith(content, 0xff, 0xfe) ? "utf16le" : "utf8");
}

function encryption(content: Bytes): string | undefined {
    const head = Buffer.from(content.subarray(0, 200)).toString("latin1");
    const kinds: readonly (readonly [RegExp, string])[] = [
        [/^age-encryption\.org\//, "age"],
        [/^-----BEGIN AGE ENCRYPTED FILE-----/, "age"],
        [/^-----BEGIN PGP MESSAGE-----/, "OpenPGP"],
        [/^Salted__/, "OpenSSL"],
        [/^\$ANSIBLE_VAULT;/, "Ansible Vault"],
    ];
    const kind = kinds.find(([pattern]) => pattern.test(head));
    return kind && `The file is encrypted (${kind[1]}). Decrypt it first; secrets inside a state may stay encrypted.`;
}

function jsonProblem(content: Bytes, error: unknown): string {
    if (content.length === 0) {
        return "The file is empty. Export the stack again.";
    }
    // 512 MiB is the longest text that Node.js can hold.
    if (!(error instanceof SyntaxError)) {
        return `The file is too large to read: ${content.length} bytes.`;
    }
    const head = Buffer.from(content.subarray(0, 512));
    if (head.includes(0) && !startsWith(content, 0xff, 0xfe)) {
        return "The file is binary: encrypted, or compressed in a way other than gzip or Zstandard.";
    }
    // The parser's own words quote the text, which may hold a secret; only the place is said.
    const tail = Buffer.from(content.subarray(-64)).toString("utf8").trimEnd();
    const cut = /^\s*[{[]/.test(head.toString("utf8")) && !/[}\]]$/.test(tail);
    const place = /position (\d+)/.exec(error.message)?.[1];
    if (cut) {
        return `The file is cut off: it ends in the middle of its JSON, after ${content.length} bytes. Export the stack again.`;
    }
    return `The file is not valid JSON${place === undefined ? "" : ` (after ${place} characters)`}. Give a file that \`pulumi stack export\` wrote.`;
}

const newestVersion = 4;

function versionProblem(parsed: unknown): string | undefined {
    if (isObject(own(parsed, "sops"))) {
        return "The file is encrypted (SOPS). Decrypt it first; secrets inside a state may stay encrypted.";
    }
    const version = own(parsed, "version");
    const isState = isObject(own(parsed, "deployment")) || isObject(own(parsed, "checkpoint"));
    if (!isState || version === undefined) {
        return undefined;
    }
    if (typeof version !== "number") {
        return `"version" must be a number, but is ${typeof version}. Export the stack again.`;
    }
    if (version > newestVersion) {
        return `The state has version ${version}; this release reads up to ${newestVersion}. Update @encrypted-edge/policy.`;
    }
    if (version >= 3) {
        return undefined;
    }
    return `The state has version ${version}, older than any that Pulumi 3 writes. Run \`pulumi refresh\` with Pulumi 3, and export again.`;
}
