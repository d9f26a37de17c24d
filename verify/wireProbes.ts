import { randomBytes } from "node:crypto";
import { attempt, once } from "./bounded";
import { inWords } from "./errorWords";
import type { WireEvidence } from "./network";
import { type Conclusion, curl, type Port, type Probe, type ProbeContext } from "./probe";
import type { Hop } from "./report";

/** What passes behind the edge. Only a rehearsal has taps there; elsewhere the outputs are all there is. */
export function wireProbes(context: ProbeContext, edge: Port): Probe[] {
    const { network, target } = context;
    const name = target.originDomainName ?? target.domainNames[0] ?? "";
    const taps = once(() => listenIn(context, edge));
    return [
        {
            probe: "origin-encrypted",
            hop: "CloudFront to load balancer",
            name,
            expected: "every byte between CloudFront and the load balancer is TLS",
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
            reproduce: reproduceWire(context),
            run: async () =>
                network?.wire === undefined
                    ? {
                          verdict: "cannot tell",
                          seen: "nobody outside AWS can listen there; the policy cloudfront-origin-https-only checks it instead",
                      }
                    : judgeWire(await taps(), "CloudFront to load balancer"),
        },
        {
            probe: "target-encrypted",
            hop: "load balancer to target",
            name,
            expected: "every byte between the load balancer and its targets is TLS",
            source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html",
            reproduce: reproduceWire(context),
            run: async () => {
                if (target.targetProtocol === "HTTP") {
                    return {
                        verdict: "fail",
                        seen: "the outputs state targetProtocol HTTP: this hop is plaintext by choice",
                    };
                }
                if (network?.wire !== undefined) {
                    return judgeWire(await taps(), "load balancer to target");
                }
                const stated =
                    target.targetProtocol === undefined
                        ? "the outputs do not state targetProtocol"
                        : `the outputs state ${target.targetProtocol}`;
                return { verdict: "cannot tell", seen: `nobody outside AWS can listen there; ${stated}` };
            },
        },
    ];
}

interface Overheard {
    readonly before: readonly WireEvidence[];
    readonly after: readonly WireEvidence[];
    /** What the marked request came to, and whether the application can have answered it. */
    readonly outcome: string;
    readonly passed: boolean;
}

/** Sends one request whose path nobody can guess, and asks every tap whether it could read it. */
async function listenIn({ network }: ProbeContext, edge: Port): Promise<Overheard> {
    const marker = `verify-edge-${randomBytes(16).toString("hex")}`;
    const before = (await network?.wire?.(marker)) ?? [];
    const [endpoint] = await edge.reached();
    const answer = await attempt(async () => {
        if (endpoint === undefined) {
            throw new Error(await edge.whyNothing());
        }
        return endpoint.ask({ path: `/${marker}` });
    });
    const after = (await network?.wire?.(marker)) ?? [];
    if (answer instanceof Error) {
        return { before, after, passed: false, outcome: inWords(answer) };
    }
    // What CloudFront answers itself, a firewall's refusal above all, went no further.
    const passed = answer.status < 400 || answer.headers.server?.join() !== "CloudFront";
    return { before, after, passed, outcome: `status ${answer.status}${passed ? "" : " from the edge itself"}` };
}

function judgeWire({ before, after, outcome, passed }: Overheard, hop: Hop): Conclusion {
    const taps = after.filter((one) => one.hop === hop && one.connections > 0);
    const sum = (count: (one: WireEvidence) => number, all = taps) => all.reduce((total, one) => total + count(one), 0);
    const bytes = (one: WireEvidence) => one.bytes;
    const grown =
        sum(bytes) -
        sum(
            bytes,
            before.filter((one) => one.hop === hop),
        );
    const seen = `${sum((one) => one.tlsConnections)} TLS connections, ${sum((one) => one.plaintextConnections)} plaintext, ${sum(bytes)} bytes`;
    const evidence = {
        taps: taps.map((one) => one.to).join(", "),
        "tls records": String(sum((one) => one.tlsRecords)),
        "marked request": outcome,
        "bytes with the marked request": String(grown),
    };
    if (taps.some((one) => one.markerInClear)) {
        return { verdict: "fail", seen: `${seen}; the tap read the path of a request in clear`, evidence };
    }
    if (sum((one) => one.plaintextConnections) > 0) {
        return { verdict: "fail", seen, evidence };
    }
    if (!passed || grown <= 0 || sum((one) => one.tlsConnections) === 0) {
        return { verdict: "cannot tell", seen: `the marked request did not come this far (${outcome})`, evidence };
    }
    if (taps.some((one) => one.truncated)) {
        const missed = "more passed than the tap keeps, so the path of a request may have been missed";
        return { verdict: "cannot tell", seen: `${seen}; ${missed}`, evidence };
    }
    return { verdict: "pass", seen: `${seen}; the path of a request was not readable`, evidence };
}

function reproduceWire({ network, target }: ProbeContext): string {
    return network?.wire === undefined
        ? "pulumi policy analyze with the policy pack on the stack"
        : `${curl(network, `https://${target.domainNames[0]}/`)}, while listening on the hop`;
}
