import { command } from "../command";

/** What the command printed and how it ended. */
export interface Ended {
    readonly code: number;
    readonly out: string;
    readonly err: string;
}

export async function run(...args: string[]): Promise<Ended> {
    const written = { out: "", err: "" };
    const { stdout, stderr } = process;
    const [writeOut, writeErr] = [stdout.write.bind(stdout), stderr.write.bind(stderr)];
    stdout.write = (text: string | Uint8Array) => ((written.out += String(text)), true);
    stderr.write = (text: string | Uint8Array) => ((written.err += String(text)), true);
    try {
        return { code: await command(args), ...written };
    } finally {
        stdout.write = writeOut;
        stderr.write = writeErr;
    }
}

/** A stack of the component, as the engine exports it. */
export const deployed = {
    version: 3,
    deployment: {
        resources: [
            {
                urn: "urn:pulumi:prod::edge::pulumi:pulumi:Stack::edge-prod",
                type: "pulumi:pulumi:Stack",
                custom: false,
                outputs: { domainNames: ["www.example.com"], originDomainName: "origin.example.com" },
            },
        ],
    },
};
