import { cpus } from "node:os";

/** What the figures were measured on. */
export interface Machine {
    readonly cores: number;
    readonly node: string;
    readonly platform: string;
}

export function machine(): Machine {
    return { cores: cpus().length, node: process.version, platform: `${process.platform} ${process.arch}` };
}
