import { type Answer, askHttp, askHttps, shakeHands } from "./ask";
import { describe, dial, Unreachable } from "./network";
import { type Conclusion, curl, type Probe, type ProbeContext } from "./probe";
import { attempt, judgeCertificate, judgeOldVersions } from "./handshakes";

const restrictAccess =
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html";

/** What anybody but our own distribution meets at the load balancer. */
export function originProbes(context: ProbeContext): Probe[] {
    const { target } = context;
    const names = [target.originDomainName, target.loadBalancerDnsName].filter((name) => name !== undefined);
    return [
        ...names.flatMap((name) => closedPorts(context, name)),
        ...(target.originDomainName === undefined ? [] : strangerProbes(context, target.originDomainName)),
    ];
}

function closedPorts(context: ProbeContext, name: string): Probe[] {
    const { network, timeout } = context;
    const known = { hop: "CloudFront to load balancer", name } as const;
    return [
        {
            ...known,
            probe: "origin-network-closed",
            expected: "from outside CloudFront no connection to port 443 comes about",
            source: restrictAccess,
            reproduce: curl(network, `https://${name}/`),
            run: async () => {
                const answer = await attempt(() => askHttps({ name, port: 443, network, timeout }));
                return answer instanceof Error
                    ? judgeClosed(context, answer, 443)
                    : {
                          verdict: "fail",
                          seen: `status ${answer.status} over ${answer.handshake?.protocol}: the security group lets this machine in`,
                      };
            },
        },
        {
            ...known,
            probe: "origin-http-closed",
            expected: "port 80 is closed: nothing is ever asked of the load balancer in plaintext",
            source: restrictAccess,
            reproduce: curl(network, `http://${name}/`),
            run: async () => {
                const answer = await attempt(() => askHttp({ name, port: 80, network, timeout }));
                return answer instanceof Error
                    ? judgeClosed(context, answer, 80)
                    : { verdict: "fail", seen: `status ${answer.status} in plaintext` };
            },
        },
    ];
}

/** A closed port means something only if this machine can reach that port elsewhere: at the edge, which serves both. */
async function judgeClosed(
    { network, target, timeout }: ProbeContext,
    error: Error,
    port: number,
): Promise<Conclusion> {
    if (!(error instanceof Unreachable)) {
        return { verdict: "fail", seen: `a connection came about, then: ${describe(error)}` };
    }
    if (error.kind === "unknown name") {
        return { verdict: "cannot tell", seen: error.message };
    }
    const edge = await attempt(() => dial(network, target.domainNames[0] ?? "", port, timeout));
    if (edge instanceof Error) {
        return {
            verdict: "cannot tell",
            seen: `from here not even ${target.domainNames[0]} is reached on port ${port}: ${edge.message}`,
        };
    }
    edge.destroy();
    return { verdict: "pass", seen: describe(error) };
}

/**
 * The security group lets in all of CloudFront, every customer's distribution. What stops those is the secret header;
 * only a rehearsal lets a prober stand where they stand. From outside it shows only when the group is open.
 */
function strangerProbes({ network, timeout, certificateDays }: ProbeContext, name: string): Probe[] {
    const standpoint = network?.hostsFromCloudFront === undefined ? "outside" : "CloudFront";
    const question = { name, port: 443, network, timeout, standpoint } as const;
    const known = {
        hop: "CloudFront to load balancer",
        name,
        reproduce: curl(network, `https://${name}/`, { standpoint }),
    } as const;
    return [
        {
            ...known,
            probe: "origin-refuses-strangers",
            expected: "a request without the secret header gets 403, even from an address of CloudFront",
            source: restrictAccess,
            run: async () => {
                const answer = await attempt(() => askHttps(question));
                return answer instanceof Error ? unseen(answer, standpoint) : judgeStranger(answer);
            },
        },
        {
            ...known,
            probe: "origin-certificate",
            expected: `the load balancer's certificate is trusted, covers ${name} and is valid for ${certificateDays} more days`,
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
            run: async () => {
                const handshake = await attempt(() => shakeHands(question));
                return handshake instanceof Unreachable
                    ? unseen(handshake, standpoint)
                    : judgeCertificate(handshake, name, certificateDays);
            },
        },
        {
            ...known,
            probe: "origin-tls-old",
            expected: "the load balancer refuses TLS 1.0 and TLS 1.1",
            source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
            run: async () => {
                // A port that is closed to everything says nothing about versions.
                const reachable = await attempt(() => shakeHands(question));
                return reachable instanceof Unreachable
                    ? unseen(reachable, standpoint)
                    : judgeOldVersions((tls) => shakeHands({ ...question, tls }));
            },
        },
    ];
}

function unseen(error: Error, standpoint: "outside" | "CloudFront"): Conclusion {
    return {
        verdict: "cannot tell",
        seen:
            standpoint === "outside"
                ? `the network is closed to this machine (${describe(error)}), as it should be`
                : describe(error),
    };
}

function judgeStranger(answer: Answer): Conclusion {
    return answer.status === 403
        ? { verdict: "pass", seen: "status 403" }
        : { verdict: "fail", seen: `status ${answer.status}: any customer's distribution gets in` };
}
