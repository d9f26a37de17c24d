import type { Address } from "./addresses";
import {
    type Answer,
    askHttp,
    askHttp2,
    askHttp2InClear,
    askHttps,
    type Handshake,
    type Question,
    shakeHands,
    type TlsClient,
} from "./ask";
import { attempt, once, type Pace } from "./bounded";
import { dial, NoConnection } from "./connect";
import type { Network } from "./network";
import {
    cipherSuites,
    findSpoken,
    type Offer,
    oldOffers,
    postQuantumGroups,
    sendHello,
    type Spoken,
    weakOffers,
} from "./tls";

/** Clients that know HTTP/2, that know RSA only, and that know ECDSA only. */
const otherClients: readonly TlsClient[] = [
    { ALPNProtocols: ["h2", "http/1.1"] },
    { sigalgs: "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pkcs1_sha256:rsa_pkcs1_sha384" },
    { sigalgs: "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:ecdsa_secp521r1_sha512" },
];

/** How a question differs from a plain GET of the path that is probed. */
export type Asked = Pick<Question, "host" | "path" | "method" | "headers">;

/** What every endpoint of a run shares. */
export interface Surroundings {
    readonly network: Network | undefined;
    readonly pace: Pace;
    /** Path that is asked for. */
    readonly path: string;
    /** Collects the addresses that this machine called from. */
    readonly callers: Set<string>;
}

/**
 * One address of a name and everything that was found out about it, each thing once, however many probes want to know:
 * an address that does not answer costs one time-out, and no two findings can contradict each other.
 */
export class Endpoint {
    readonly #network: Network | undefined;
    readonly #pace: Pace;
    readonly #path: string;
    readonly #callers: Set<string>;

    constructor(
        readonly address: Address,
        surroundings: Surroundings,
    ) {
        this.#network = surroundings.network;
        this.#pace = surroundings.pace;
        this.#path = surroundings.path;
        this.#callers = surroundings.callers;
    }

    /**
     * Resolves if a TCP connection came about, else rejects with NoConnection. It waits for no turn: whether a port is
     * open must be seen even where every exchange hangs.
     */
    readonly reached: () => Promise<void> = once(async () => {
        const socket = await dial(this.address, this.#pace.now);
        this.#callers.add(socket.localAddress ?? "unknown");
        socket.destroy();
    });

    /** The handshake that a browser of today would make. */
    readonly handshake: () => Promise<Handshake> = once(() => this.#exchange(shakeHands, {}));

    /** What other kinds of clients are shown: a server may have a certificate for each. One that fails is none. */
    readonly otherHandshakes: () => Promise<readonly Handshake[]> = once(async () => {
        await this.handshake();
        const all = await Promise.all(
            otherClients.map((client) => attempt(() => this.#exchange(shakeHands, { client }))),
        );
        return all.flatMap((one) => (one instanceof Error ? [] : [one]));
    });

    /** The answer to a GET of the path over HTTPS, HTTP/1.1. */
    readonly answer: () => Promise<Answer> = once(() => this.#exchangeSecurely(askHttps, {}));

    /** The same over HTTP/2. */
    readonly answer2: () => Promise<Answer> = once(() => this.#exchangeSecurely(askHttp2, {}));

    /** What is spoken of that which must not be: old versions, and weak suites of today's. */
    readonly oldVersions: () => Promise<readonly Spoken[]> = once(() => this.#findSpoken(oldOffers));
    readonly weakSuites: () => Promise<readonly Spoken[]> = once(() => this.#findSpoken(weakOffers));

    /** Whether a hybrid key exchange with ML-KEM is spoken; undefined if that cannot be told. */
    readonly postQuantum: () => Promise<boolean | undefined> = once(async () => {
        const suites = cipherSuites.filter(({ code }) => code >= 0x1301 && code <= 0x1303);
        const offer = { version: "TLS 1.3", suites, groups: Object.values(postQuantumGroups) } as const;
        const reply = await this.#send(offer).catch(() => undefined);
        return reply?.kind === "retry" ? true : reply?.kind === "alert" ? false : undefined;
    });

    /** Any other question, over HTTPS. */
    ask(asked: Asked): Promise<Answer> {
        return this.#exchangeSecurely(askHttps, asked);
    }

    /** Any question in plaintext. */
    askInClear(asked: Asked): Promise<Answer> {
        return this.#exchange(askHttp, asked);
    }

    /** The path in plaintext over HTTP/2, without asking first; rejects where it is not spoken. */
    askInClear2(): Promise<Answer> {
        return this.#exchange(askHttp2InClear, {});
    }

    #findSpoken(offers: readonly Offer[]): Promise<Spoken[]> {
        return Promise.all(offers.map((offer) => findSpoken((one) => this.#send(one), offer)));
    }

    async #send(offer: Offer): ReturnType<typeof sendHello> {
        await this.reached();
        return this.#pace.turn(() => sendHello(this.address, offer, this.#pace.now));
    }

    /** A handshake that fails once is not tried again for every question: it is one cause, and costs one time-out. */
    async #exchangeSecurely(how: (question: Question) => Promise<Answer>, asked: Asked): Promise<Answer> {
        await this.handshake();
        return this.#exchange(how, asked);
    }

    async #exchange<T>(how: (question: Question) => Promise<T>, asked: Asked & Pick<Question, "client">): Promise<T> {
        await this.reached();
        return this.#pace.turn(() =>
            how({
                address: this.address,
                timeout: this.#pace.now,
                certificateAuthority: this.#network?.certificateAuthority,
                path: this.#path,
                ...asked,
            }),
        );
    }
}

/** Why an endpoint was not reached; undefined if it was. */
export async function whyNotReached(endpoint: Endpoint): Promise<NoConnection | undefined> {
    try {
        await endpoint.reached();
        return undefined;
    } catch (error) {
        return error instanceof NoConnection ? error : new NoConnection(String(error), "unknown");
    }
}
