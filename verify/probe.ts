import type { Network, Standpoint } from "./network";
import type { Finding, Hop, Verdict } from "./report";
import type { Target } from "./target";

/** What every probe is given. */
export interface ProbeContext {
    readonly target: Target;
    readonly network: Network | undefined;
    /** Path that is asked for at the names of the viewers. */
    readonly path: string;
    /** Milliseconds for one exchange. */
    readonly timeout: number;
    /** Seconds of Strict-Transport-Security that are demanded. */
    readonly strictTransportSecurityMaxAge: number;
    /** Days that a certificate must still be valid. */
    readonly certificateDays: number;
}

/** What a probe concludes; the rest of the finding is known before it runs. */
export interface Conclusion {
    readonly verdict: Verdict;
    readonly seen: string;
    readonly evidence?: Readonly<Record<string, string>>;
}

/** One probe of one name. */
export interface Probe {
    readonly probe: string;
    readonly hop: Hop;
    readonly name: string;
    readonly expected: string;
    readonly source: string;
    readonly reproduce: string;
    readonly run: () => Promise<Conclusion>;
}

/** Runs a probe; one that fails itself is a finding too, never a crash. */
export async function findingOf(probe: Probe): Promise<Finding> {
    const { run, ...known } = probe;
    const at = new Date().toISOString();
    try {
        return { ...known, at, evidence: {}, ...(await run()) };
    } catch (error) {
        return {
            ...known,
            at,
            evidence: {},
            verdict: "cannot tell",
            seen: `the probe failed: ${(error as Error).message}`,
        };
    }
}

/** A curl command for what a probe asked; on a rehearsed network with the way to it. */
export function curl(
    network: Network | undefined,
    url: string,
    options: { readonly more?: string; readonly standpoint?: Standpoint } = {},
): string {
    const { hostname, port, protocol } = new URL(url);
    const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
    const hosts = options.standpoint === "CloudFront" ? network?.hostsFromCloudFront : network?.hosts;
    const place = hosts?.[hostname]?.[number];
    const way = [
        ...(place === undefined ? [] : [`--connect-to ${hostname}:${number}:${place.address}:${place.port}`]),
        ...(place?.from === undefined ? [] : [`--interface ${place.from}`]),
        ...(network?.certificateAuthority === undefined || protocol === "http:" ? [] : ["--cacert ca.pem"]),
    ];
    return ["curl -sv -o /dev/null", ...way, ...(options.more === undefined ? [] : [options.more]), url].join(" ");
}
