import { randomBytes } from "node:crypto";
import type { Answer } from "./ask";
import { attempt, bounded } from "./bounded";
import { type Endpoint, whyNotReached } from "./endpoint";
import { inWords } from "./errorWords";
import { listed } from "./printable";
import { isPrivateAddress, judgePrivate } from "./privateAddress";
import { type Conclusion, curl, merged, Port, type Probe, type ProbeContext } from "./probe";
import { certificateAt, oldVersionsAt, weakSuitesAt } from "./tlsProbes";
import { worst } from "./verdicts";

const restrictAccess =
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html";

/** Ports on which load balancers and applications are found besides 80 and CloudFront's: one polite knock at each. */
function otherPortsThan(originPort: number): number[] {
    return [81, 443, 3000, 4443, 5000, 8000, 8008, 8080, 8081, 8443, 8888, 9000, 9443].filter(
        (port) => port !== originPort,
    );
}

/** Milliseconds for what follows on a connection that should not have come about: that it did is the finding. */
const longestSequel = 5000;

/**
 * What anybody but our own distribution meets at the load balancer.
 *
 * @param edge the edge's ports 443 and 80: a closed port means something only where this machine reaches such a port at all
 */
export function originProbes(context: ProbeContext, edge: { readonly secure: Port; readonly plain: Port }): Probe[] {
    const { target } = context;
    const names = [target.originDomainName, target.loadBalancerDnsName].filter((name) => name !== undefined);
    return [
        ...names.flatMap((name) => closedPorts(context, name, edge)),
        ...(target.originDomainName === undefined ? [] : strangerProbes(context, target.originDomainName)),
    ];
}

function closedPorts(
    context: ProbeContext,
    name: string,
    edge: { readonly secure: Port; readonly plain: Port },
): Probe[] {
    const { network, target } = context;
    const originPort = target.originPort ?? 443;
    const otherPorts = otherPortsThan(originPort);
    const known = { hop: "CloudFront to load balancer", name, source: restrictAccess } as const;
    const own = target.loadBalancerDnsName;
    const judge = async (port: number, same: Port | undefined): Promise<Conclusion> => {
        const asked = new Port(context, name, port);
        return (await asked.addresses()).missing
            ? judgeNameless(asked, own === undefined || own === name ? undefined : new Port(context, own, port), edge)
            : judgeClosed(asked, same, edge.secure);
    };
    return [
        {
            ...known,
            probe: "origin-network-closed",
            expected: `nobody outside CloudFront can connect to port ${originPort}, at any address`,
            reproduce: curl(network, urlOf(name, originPort)),
            run: () => judge(originPort, originPort === 443 ? edge.secure : undefined),
        },
        {
            ...known,
            probe: "origin-http-closed",
            expected: "port 80 is closed, so the load balancer gets no request in plaintext",
            reproduce: curl(network, `http://${name}/`),
            run: () => judge(80, edge.plain),
        },
        {
            ...known,
            probe: "origin-other-ports",
            expected: `nobody can connect to another port (${otherPorts.join(", ")})`,
            reproduce: otherPorts.map((port) => `nc -vz -w 5 ${name} ${port}`).join("; "),
            run: async () => {
                const each = await Promise.all(
                    otherPorts.map(async (port) => ({
                        address: `port ${port}`,
                        conclusion: await judge(port, undefined),
                    })),
                );
                return merged(each, "ports");
            },
        },
    ];
}

function urlOf(name: string, port: number): string {
    return port === 443 ? `https://${name}/` : `https://${name}:${port}/`;
}

/**
 * A name without an address closes nothing by itself: the load balancer behind it has a name of AWS's own. An internal
 * one has no public name but that, which leads to private addresses.
 */
async function judgeNameless(port: Port, own: Port | undefined, edge: { readonly secure: Port }): Promise<Conclusion> {
    const nothing = await port.whyNothing();
    if (own === undefined) {
        const seen = `${nothing}; only its own name (output loadBalancerDnsName) shows whether anybody reaches the load balancer`;
        return { verdict: "cannot tell", seen };
    }
    const behind = await judgeClosed(own, undefined, edge.secure);
    return { ...behind, seen: `${nothing}, and by the load balancer's own name ${own.name}: ${behind.seen}` };
}

/**
 * Whether a port is closed at each address. Connected is open, whatever follows. A reset, or the network's own word, is a
 * closed port where this machine reaches the edge at all; silence is one only where it reaches the same port there, over
 * the same kind of address: a firewall on this side is silent, too.
 */
async function judgeClosed(port: Port, same: Port | undefined, any: Port): Promise<Conclusion> {
    const endpoints = await port.endpoints();
    const { problems } = await port.addresses();
    if (endpoints.length === 0) {
        return { verdict: "cannot tell", seen: await port.whyNothing() };
    }
    const [reachedSame, reachedAny] = await Promise.all([same?.reached(), any.reached()]);
    const each = await Promise.all(
        endpoints.map(async (endpoint): Promise<{ address: string; conclusion: Conclusion }> => {
            const { address, family } = endpoint.address;
            const reason = await whyNotReached(endpoint);
            if (isPrivateAddress(address)) {
                return { address, conclusion: judgePrivate(address, reason) };
            }
            if (reason === undefined) {
                const seen = `a connection was made; ${await whatFollows(endpoint)}: the security group lets this machine in`;
                return { address, conclusion: { verdict: "fail", seen } };
            }
            if (reason.kind === "unknown") {
                return { address, conclusion: { verdict: "cannot tell", seen: reason.message } };
            }
            if (reachedAny.length === 0) {
                const seen = `from here not even ${any.name} is reached on port ${any.port}: ${await any.whyNothing()}`;
                return { address, conclusion: { verdict: "cannot tell", seen } };
            }
            const compared = reachedSame?.some((one) => one.address.family === family) ?? false;
            if (reason.kind === "silent" && !compared) {
                const seen = `${reason.message}; whether this machine's own network lets connections to port ${port.port} out cannot be told`;
                return { address, conclusion: { verdict: "cannot tell", seen } };
            }
            return { address, conclusion: { verdict: "pass", seen: reason.message } };
        }),
    );
    const conclusion = merged(each);
    return problems.length > 0 && conclusion.verdict === "pass"
        ? { ...conclusion, verdict: "cannot tell", seen: `${conclusion.seen}; ${problems.join("; ")}` }
        : conclusion;
}

async function whatFollows(endpoint: Endpoint): Promise<string> {
    const secure = endpoint.address.port !== 80;
    const answer = await attempt(() =>
        bounded<Answer>(longestSequel, "what it answers was not waited for", (resolve, reject) => {
            (secure ? endpoint.answer() : endpoint.askInClear({ path: "/" })).then(resolve, reject);
            return () => undefined;
        }),
    );
    return answer instanceof Error ? inWords(answer) : `status ${answer.status}${secure ? "" : " in plaintext"}`;
}

/**
 * The security group lets in all of CloudFront, every customer's distribution. What stops those is the secret header;
 * only a rehearsal lets a prober stand where they stand. From outside it shows only when the group is open.
 */
function strangerProbes(context: ProbeContext, name: string): Probe[] {
    const { network, certificateDays, target } = context;
    const originPort = target.originPort ?? 443;
    const standpoint = network?.hostsFromCloudFront === undefined ? "outside" : "CloudFront";
    const port = new Port(context, name, originPort, standpoint);
    const known = {
        hop: "CloudFront to load balancer",
        name,
        reproduce: curl(network, urlOf(name, originPort), { standpoint }),
    } as const;
    const atEach = async (judge: (endpoint: Endpoint) => Promise<Conclusion>): Promise<Conclusion> => {
        const concluded = await port.atEach(judge);
        const reasons = await Promise.all((await port.endpoints()).map(whyNotReached));
        const nameless = (await port.addresses()).missing;
        if (standpoint === "outside" && nameless) {
            return { ...concluded, seen: `no stranger finds the load balancer by this name (${concluded.seen})` };
        }
        const closed = reasons.length > 0 && reasons.every((one) => one?.kind === "closed" || one?.kind === "refused");
        return standpoint === "outside" && closed
            ? {
                  ...concluded,
                  seen: `the load balancer lets this machine in nowhere, as it should be (${concluded.seen})`,
              }
            : concluded;
    };
    return [
        {
            ...known,
            probe: "origin-refuses-strangers",
            expected: "a request without the secret header gets 403, even from an address of CloudFront",
            source: restrictAccess,
            run: () => atEach((endpoint) => judgeStrangers(endpoint, context.target.domainNames[0])),
        },
        {
            ...known,
            probe: "origin-certificate",
            expected: `the load balancer's certificate is trusted, covers ${name}, is valid for ${certificateDays} more days and cannot be forged`,
            source: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
            run: () => atEach((endpoint) => certificateAt(endpoint, certificateDays)),
        },
        {
            ...known,
            probe: "origin-tls-old",
            expected: "the load balancer refuses SSL 2.0, SSL 3.0, TLS 1.0 and TLS 1.1, whatever the suite",
            source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
            run: () => atEach(oldVersionsAt),
        },
        {
            ...known,
            probe: "origin-tls-ciphers",
            expected: "the load balancer speaks only ephemeral elliptic curves and authenticated encryption",
            source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
            run: () => atEach(weakSuitesAt),
        },
    ];
}

/** A rule of the listener may let in what another would not: by path, by host or by method. */
async function judgeStrangers(endpoint: Endpoint, viewerName: string | undefined): Promise<Conclusion> {
    const unknown = `/verify-edge-${randomBytes(8).toString("hex")}`;
    const asked: readonly (readonly [string, () => Promise<Answer>])[] = [
        ["", endpoint.answer],
        [" for another path", () => endpoint.ask({ path: unknown })],
        [" for POST", () => endpoint.ask({ path: unknown, method: "POST" })],
        ...(viewerName === undefined
            ? []
            : [[` for Host ${viewerName}`, () => endpoint.ask({ host: viewerName })] as const]),
    ];
    const each = await Promise.all(asked.map(async ([what, ask]) => judgeStranger(await attempt(ask), what)));
    const verdict = worst(each.map((one) => one.verdict));
    return each.find((one) => one.verdict === verdict) ?? { verdict: "cannot tell", seen: "nothing was asked" };
}

function judgeStranger(answer: Answer | Error, what: string): Conclusion {
    if (answer instanceof Error) {
        return { verdict: "cannot tell", seen: inWords(answer) };
    }
    const server = answer.headers.server?.join(", ");
    if (answer.status !== 403) {
        return { verdict: "fail", seen: `status ${answer.status}${what}: any customer's distribution gets in` };
    }
    // A load balancer names itself or, where it is told to, nobody; an application that answers 403 was reached.
    return server === undefined || server.startsWith("awselb")
        ? { verdict: "pass", seen: "status 403" }
        : { verdict: "cannot tell", seen: `status 403 from "${listed([server])}", which is not the load balancer` };
}
