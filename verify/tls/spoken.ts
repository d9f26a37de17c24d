import { inWords } from "../errorWords";
import { attempt } from "../bounded";
import { type CipherSuite, cipherSuites, ssl2Ciphers, strongSuites, weakSuites, weakSuites13 } from "./cipherSuites";
import type { Offer } from "./clientHello";
import { LeftInSilence } from "./sendHello";
import type { ServerReply } from "./serverReply";

/** Sends one offer and returns what the server made of it. */
export type SendOffer = (offer: Offer) => Promise<ServerReply>;

/** What became of everything that was offered in one version. */
export interface Spoken {
    /** The version, and how it was offered where that is unusual. */
    readonly version: string;
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
/** Suites in the smallest ClientHello that is tried with a server that fails on larger ones. */
const fewest = 30;
/** Suites that are named one by one where a server speaks many. */
const mostNamed = 12;

/** What must be refused of versions that are otherwise good: every suite that is not ECDHE with authenticated encryption. */
export const weakOffers: readonly Offer[] = [
    { version: "TLS 1.2", suites: weakSuites },
    { version: "TLS 1.3", suites: weakSuites13 },
];

/** The versions that must be refused, whatever the suite (RFC 6176, RFC 7568, RFC 8996). */
export const oldOffers: readonly Offer[] = [
    { version: "SSL 2.0", suites: ssl2Ciphers },
    { version: "SSL 3.0", suites: cipherSuites, bare: true },
    ...(["SSL 3.0", "TLS 1.0", "TLS 1.1"] as const).map((version) => ({ version, suites: cipherSuites })),
];

/** Alerts that say that nothing of what was offered is spoken. Others may mean the ClientHello itself. */
const refusing = new Set(["handshake_failure", "protocol_version", "insufficient_security", "no cipher of SSL 2.0"]);

/** Offers suites in one version, again without what the server chose, until it refuses what is left. */
export async function findSpoken(send: SendOffer, offer: Offer): Promise<Spoken> {
    const found = { spoken: new Set<string>(), refusals: new Set<string>(), untold: new Set<string>() };
    const waiting: (readonly CipherSuite[])[] = [];
    for (let start = 0; start < offer.suites.length; start += atOnce) {
        waiting.push(offer.suites.slice(start, start + atOnce));
    }
    for (let suites = waiting.shift(); suites !== undefined && found.untold.size === 0; suites = waiting.shift()) {
        const unproven = await offerAll(send, { ...offer, suites }, found);
        if (unproven === undefined) {
            continue;
        }
        if (unproven.suites.length <= fewest) {
            found.untold.add(`${unproven.seen}, and so is what other ClientHellos of this size get`);
        } else {
            const middle = Math.ceil(unproven.suites.length / 2);
            waiting.unshift(unproven.suites.slice(0, middle), unproven.suites.slice(middle));
        }
    }
    return {
        version: offer.bare === true ? `${offer.version} without extensions` : offer.version,
        spoken: [...found.spoken],
        refusals: [...found.refusals],
        untold: [...found.untold],
        offered: offer.suites.length,
    };
}

interface Found {
    readonly spoken: Set<string>;
    readonly refusals: Set<string>;
    readonly untold: Set<string>;
}

/** @returns what was answered in a way that may mean the ClientHello and not what it offers */
async function offerAll(
    send: SendOffer,
    offer: Offer,
    { spoken, refusals, untold }: Found,
): Promise<{ readonly suites: readonly CipherSuite[]; readonly seen: string } | undefined> {
    let rest: readonly CipherSuite[] = offer.suites;
    while (rest.length > 0 && spoken.size < mostNamed) {
        const reply = await attempt(() => send({ ...offer, suites: rest }));
        if (reply instanceof Error && !(reply instanceof LeftInSilence)) {
            untold.add(inWords(reply));
            return undefined;
        }
        if (reply instanceof Error || reply.kind === "alert") {
            const seen = reply instanceof Error ? reply.message : `alert ${reply.alert}`;
            if (reply instanceof Error || !refusing.has(reply.alert)) {
                if (!(await answersSuch(send, rest))) {
                    return { suites: rest, seen };
                }
            }
            refusals.add(seen);
            return undefined;
        }
        if (reply.kind !== "hello") {
            untold.add(reply.kind === "retry" ? "another key share was asked for" : "the answer is not TLS");
            return undefined;
        }
        spoken.add(`${reply.suiteName} (${reply.version})`);
        const left = rest.filter(({ code }) => code !== reply.suite);
        // A suite that was never offered would be chosen for ever.
        rest = left.length === rest.length ? [] : left;
    }
    return undefined;
}

/** Whether the server answers a ClientHello of the same size that has something good in it, now. */
async function answersSuch(send: SendOffer, suites: readonly CipherSuite[]): Promise<boolean> {
    for (const version of ["TLS 1.2", "TLS 1.3"] as const) {
        const strong = strongSuites[version];
        const filling = suites
            .filter(({ code }) => code <= 0xffff)
            .slice(0, Math.max(0, suites.length - strong.length));
        const reply = await attempt(() => send({ version, suites: [...strong, ...filling] }));
        if (!(reply instanceof Error) && (reply.kind === "hello" || reply.kind === "retry")) {
            return true;
        }
    }
    return false;
}
