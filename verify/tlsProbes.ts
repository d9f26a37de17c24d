import { judgeCertificate } from "./certificate";
import { attempt } from "./bounded";
import type { Endpoint } from "./endpoint";
import { inWords } from "./errorWords";
import { listed } from "./printable";
import type { Conclusion } from "./probe";
import type { Spoken } from "./tls";
import { worst } from "./verdicts";

/** The certificate that an endpoint shows. */
export async function certificateAt(endpoint: Endpoint, days: number): Promise<Conclusion> {
    const handshake = await attempt(endpoint.handshake);
    if (handshake instanceof Error) {
        return { verdict: "cannot tell", seen: `no handshake to see one: ${inWords(handshake)}` };
    }
    const { name } = endpoint.address;
    const others = new Map(
        (await endpoint.otherHandshakes()).map((one) => [one.certificate?.fingerprint256 ?? "", one]),
    );
    others.delete(handshake.certificate?.fingerprint256 ?? "");
    const first = await judgeCertificate(handshake, name, days);
    const rest = await Promise.all([...others.values()].map((one) => judgeCertificate(one, name, days)));
    const verdict = worst([first, ...rest].map((one) => one.verdict));
    const counting = rest.filter((one) => one.verdict === verdict);
    return first.verdict === verdict || counting.length === 0
        ? first
        : {
              verdict,
              seen: counting.map((one) => `another certificate, for other clients: ${one.seen}`).join("; "),
              evidence: counting[0]?.evidence,
          };
}

/** Whether an endpoint refuses the versions below TLS 1.2. */
export async function oldVersionsAt(endpoint: Endpoint): Promise<Conclusion> {
    return judgeOffers(await endpoint.oldVersions(), await attempt(endpoint.handshake));
}

/** Whether an endpoint refuses the suites that are not ECDHE with authenticated encryption. */
export async function weakSuitesAt(endpoint: Endpoint): Promise<Conclusion> {
    return judgeOffers(await endpoint.weakSuites(), await attempt(endpoint.handshake));
}

/** A refusal proves something only where the same port does shake hands: a port where no TLS works refuses everything. */
function judgeOffers(offers: readonly Spoken[], handshake: unknown): Conclusion {
    const evidence = Object.fromEntries(
        offers.map(({ version, offered, spoken, refusals, untold }) => [
            version,
            `${offered} suites offered: ${listed([...spoken.map((one) => `${one} is spoken`), ...(spoken.length > 0 ? [] : refusals), ...untold], 12)}`,
        ]),
    );
    const spoken = [...new Set(offers.flatMap((one) => one.spoken))];
    if (spoken.length > 0) {
        return { verdict: "fail", seen: `spoken: ${listed(spoken)}`, evidence };
    }
    if (handshake instanceof Error) {
        return { verdict: "cannot tell", seen: `nothing is spoken here at all: ${inWords(handshake)}`, evidence };
    }
    const untold = offers.filter((one) => one.untold.length > 0);
    if (untold.length > 0) {
        const why = untold.map(({ version, untold: reasons }) => `${version}: ${reasons.join(", ")}`);
        return { verdict: "cannot tell", seen: why.join("; "), evidence };
    }
    const seen = offers.map(
        ({ version, offered, refusals }) => `${version} with ${offered} suites refused (${refusals.join(", ")})`,
    );
    return { verdict: "pass", seen: seen.join("; "), evidence };
}
