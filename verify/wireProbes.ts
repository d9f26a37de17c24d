import { randomBytes } from "node:crypto";
import { askHttps } from "./ask";
import type { WireEvidence } from "./network";
import { type Conclusion, curl, type Probe, type ProbeContext } from "./probe";
import type { Hop } from "./report";
import { attempt } from "./handshakes";

/** What passes behind the edge. Only a rehearsal has taps there; elsewhere the outputs are all there is. */
export function wireProbes(context: ProbeContext): Probe[] {
    const { network, target } = context;
    const name = target.originDomainName ?? target.domainNames[0] ?? "";
    const taps = listenInOnce(context);
    const source =
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";
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
                          seen: "nobody outside AWS can listen there; the policy cloudfront-origin-https-only answers for it",
                      }
                    : judgeWire(await taps(), "CloudFront to load balancer"),
        },
        {
            probe: "target-encrypted",
            hop: "load balancer to target",
            name,
            expected: "every byte between the load balancer and its targets is TLS",
            source,
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
    readonly marker: string;
    readonly evidence: readonly WireEvidence[];
    /** What the marked request came to. */
    readonly outcome: string;
}

/** Sends one request whose path nobody can guess, and asks every tap whether it could read it. */
function listenInOnce({ network, target, timeout }: ProbeContext): () => Promise<Overheard> {
    let overheard: Promise<Overheard> | undefined;
    const listen = async () => {
        const marker = `verify-edge-${randomBytes(16).toString("hex")}`;
        const answer = await attempt(() =>
            askHttps({ name: target.domainNames[0] ?? "", port: 443, network, timeout, path: `/${marker}` }),
        );
        const outcome = answer instanceof Error ? answer.message : `status ${answer.status}`;
        return { marker, outcome, evidence: (await network?.wire?.(marker)) ?? [] };
    };
    return () => (overheard ??= listen());
}

function judgeWire({ evidence, outcome }: Overheard, hop: Hop): Conclusion {
    const taps = evidence.filter((one) => one.hop === hop && one.connections > 0);
    const sum = (count: (one: WireEvidence) => number) => taps.reduce((total, one) => total + count(one), 0);
    const seen = `${sum((one) => one.tlsConnections)} TLS connections, ${sum((one) => one.plaintextConnections)} plaintext, ${sum((one) => one.bytes)} bytes`;
    const details = {
        taps: taps.map((one) => one.to).join(", "),
        "tls records": String(sum((one) => one.tlsRecords)),
        "marked request": outcome,
    };
    if (taps.some((one) => one.markerInClear)) {
        return { verdict: "fail", seen: `${seen}; the tap read the path of a request in clear`, evidence: details };
    }
    if (sum((one) => one.plaintextConnections) > 0) {
        return { verdict: "fail", seen, evidence: details };
    }
    return sum((one) => one.tlsConnections) === 0
        ? { verdict: "cannot tell", seen: "no request came this far", evidence: details }
        : { verdict: "pass", seen: `${seen}; the path of a request was not readable`, evidence: details };
}

function reproduceWire({ network, target }: ProbeContext): string {
    return network?.wire === undefined
        ? "pulumi policy analyze with the policy pack on the stack"
        : `${curl(network, `https://${target.domainNames[0]}/`)}, while listening on the hop`;
}
