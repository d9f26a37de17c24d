import { inWords } from "../errorWords";
import { attempt } from "../bounded";
import { type CipherSuite, cipherSuites, weakSuites, weakSuites13 } from "./cipherSuites";
import type { Offer, TlsVersion } from "./clientHello";
import { LeftInSilence } from "./sendHello";
import type { ServerReply } from "./serverReply";

/** Sends one offer and returns what the server made of it. */
export type SendOffer = (offer: Offer) => Promise<ServerReply>;

/** What became of everything that was offered in one version. */
export interface Spoken {
    readonly version: TlsVersion;
    /** What the server would speak: `suite (version)`. */
    readonly spoken: readonly string[];
    /** How it refused: by which alert, or by leaving. */
    readonly refusals: readonly string[];
    /** What is neither: a time-out, or something that is no TLS. Then nothing is known of what was offered last. */
    readonly untold: readonly string[];
    readonly offered: number;
}

/** Suites in one ClientHello: some servers fail on more than 128 of them, and that would look like a refusal. */
const atOnce = 120;
/** Suites that are named one by one where a server speaks many. */
const mostNamed = 12;

/** What must be refused of versions that are otherwise good: every suite that is not ECDHE with authenticated encryption. */
export const weakOffers: readonly Offer[] = [
    { version: "TLS 1.2", suites: weakSuites },
    { version: "TLS 1.3", suites: weakSuites13 },
];

/** The versions that must be refused, whatever the suite (RFC 7568, RFC 8996). */
export const oldOffers: readonly Offer[] = (["SSL 3.0", "TLS 1.0", "TLS 1.1"] as const).map((version) => ({
    version,
    suites: cipherSuites,
}));

/** Offers suites in one version, again without what the server chose, until it refuses what is left. */
export async function findSpoken(send: SendOffer, { version, suites, groups }: Offer): Promise<Spoken> {
    const spoken = new Set<string>();
    const refusals = new Set<string>();
    const untold = new Set<string>();
    for (let start = 0; start < suites.length && untold.size === 0; start += atOnce) {
        let rest: readonly CipherSuite[] = suites.slice(start, start + atOnce);
        while (rest.length > 0 && spoken.size < mostNamed) {
            const reply = await attempt(() => send({ version, suites: rest, groups }));
            if (reply instanceof LeftInSilence) {
                refusals.add(reply.message);
                break;
            }
            if (reply instanceof Error) {
                untold.add(inWords(reply));
                break;
            }
            if (reply.kind === "alert") {
                refusals.add(`alert ${reply.alert}`);
                break;
            }
            if (reply.kind !== "hello") {
                untold.add(reply.kind === "retry" ? "another key share was asked for" : "the answer is not TLS");
                break;
            }
            spoken.add(`${reply.suiteName} (${reply.version})`);
            const left = rest.filter(({ code }) => code !== reply.suite);
            // A suite that was never offered would be chosen for ever.
            rest = left.length === rest.length ? [] : left;
        }
    }
    return { version, spoken: [...spoken], refusals: [...refusals], untold: [...untold], offered: suites.length };
}
