import type { ClosedDoor, Network, OpenDoor, Target, WireEvidence } from "encrypted-edge-verify";
import { filledText, number, objects, openAccount, texts } from "../aws/account";
import { startApplication } from "./application";
import {
    CertificateAuthority,
    isKeyAlgorithm,
    type IssuedCertificate,
    selfSignedCertificate,
} from "./certificateAuthority";
import { DeployedAccount, type DeployedResource } from "./deployedAccount";
import { type Edge, serveEdge } from "./edge";
import type { EdgeSurroundings } from "./edgeRequest";
import type { Listening } from "./listening";
import { serveListener } from "./loadBalancer";
import { managedRuleGroups } from "./managedRuleGroups";
import { dnsName, NameService } from "./nameService";
import { admits, isInternetFacing } from "./securityGroups";
import { registeredTargets } from "./targets";
import { WireTap } from "./wireTap";

export interface TrafficArgs {
    /** Directory of the account, as `rehearsalPaths(project).account` names it; or its records. */
    readonly account: string | readonly DeployedResource[];
    /** Minutes after which everything ends by itself. Default 10; at least 0.01, at most 120. */
    readonly forMinutes?: number;
    /** Is told, in a sentence, why a request was refused or failed inside. Default: nobody is told. No secrets in it. */
    readonly report?: (problem: string) => void;
}

/** The ports of one name: where on this machine each is, or that it is closed to the caller and by what. */
type ServedHost = Readonly<Record<number, OpenDoor | ClosedDoor>> & { readonly otherPorts: ClosedDoor };

/**
 * The rehearsed network as its outside sees it: the contract is the prober's, which needs nothing else. Plain data but
 * for `wire`.
 */
export interface TrafficNetwork extends Network {
    readonly hosts: Readonly<Record<string, ServedHost>>;
    readonly hostsFromCloudFront: Readonly<Record<string, ServedHost>>;
    readonly records: Readonly<Record<string, readonly string[]>>;
    readonly certificateAuthority: string;
    readonly target: Target;
    readonly wire: (marker?: string) => WireEvidence[];
}

export interface Traffic {
    readonly network: TrafficNetwork;
    /** What of this very account is not modelled and so was not rehearsed. */
    readonly notModelled: readonly string[];
    /** Settles when everything has ended, by `close` or by itself. */
    readonly closed: Promise<void>;
    close(): Promise<void>;
}

/** CloudFront's address on loopback; only Linux lets a program call from any address of 127.0.0.0/8. */
const edgeAddress = process.platform === "linux" ? "127.64.0.1" : undefined;

/**
 * Serves the account's distributions, load balancers and targets on ephemeral ports of loopback.
 *
 * @throws Error if the account holds a value that AWS does not have, such as an unknown security policy
 */
export async function serveTraffic(args: TrafficArgs): Promise<Traffic> {
    const minutes = args.forMinutes ?? 10;
    if (!(minutes >= 0.01 && minutes <= 120)) {
        throw new Error(
            `forMinutes is ${minutes}: give a number from 0.01 to 120, the minutes after which serving ends by itself.`,
        );
    }
    const records = typeof args.account === "string" ? openAccount(args.account).list() : args.account;
    const serving = new Serving(new DeployedAccount(records), args.report ?? (() => undefined));
    try {
        const network = await serving.start();
        let ended = () => undefined as void;
        const closed = new Promise<void>((resolve) => (ended = resolve));
        const close = async () => {
            clearTimeout(timer);
            await serving.stop();
            ended();
        };
        const timer = setTimeout(() => void close(), minutes * 60_000);
        return { network, notModelled: serving.notModelled(), closed, close };
    } catch (error) {
        await serving.stop();
        throw error;
    }
}

/** Everything that runs for one account. */
class Serving {
    private readonly names: NameService;
    private readonly taps: WireTap[] = [];
    private readonly listenings: Listening[] = [];
    private readonly certificates = new Map<string, IssuedCertificate>();
    private readonly targets = new Map<string, number>();
    /** Doors of each load balancer port: one for CloudFront, one for everybody else. */
    private readonly doors: {
        record: DeployedResource;
        port: number;
        edge: WireTap;
        outside: WireTap;
        admitted: { edge: boolean; outside: boolean };
    }[] = [];
    private edge: Edge | undefined;

    constructor(
        private readonly account: DeployedAccount,
        private readonly report: (problem: string) => void,
    ) {
        this.names = new NameService(account);
    }

    async start(): Promise<TrafficNetwork> {
        const authority = await CertificateAuthority.create();
        await this.issueCertificates(authority);
        await this.startTargets();
        await this.startLoadBalancers();
        const { https, http } = await this.startEdge(authority);
        return {
            description: "AWS rehearsed on this machine",
            hosts: this.hosts("outside", https.port, http.port),
            hostsFromCloudFront: this.hosts("edge", https.port, http.port),
            records: Object.fromEntries(this.names.publicNames()),
            certificateAuthority: authority.certificate,
            target: this.target(),
            modelledRuleGroups: Object.keys(managedRuleGroups),
            wire: (marker) => this.taps.map((tap) => tap.evidence(marker)),
        };
    }

    async stop(): Promise<void> {
        const closing = [...this.taps, ...this.listenings, ...(this.edge === undefined ? [] : [this.edge])];
        await Promise.all(closing.map((one) => one.close()));
    }

    notModelled(): string[] {
        const targets = this.account.all("TargetGroup").flatMap((group) => {
            const name = `target group ${filledText(group.properties.name) ?? group.id}`;
            const registered = registeredTargets(this.account, group);
            return registered.length === 0
                ? [`${name}: the account registers no target with it, so an application of the rehearsal answers`]
                : registered
                      .filter((target) => target.party === undefined)
                      .map(
                          (target) =>
                              `${name}: the security groups of ${target.name} are not known, so it is reachable`,
                      );
        });
        return [...new Set([...(this.edge?.notModelled ?? []), ...targets])];
    }

    /** Every ACM certificate that has been validated gets a real one. */
    private async issueCertificates(authority: CertificateAuthority): Promise<void> {
        for (const record of this.account.all("Certificate")) {
            const { properties } = record;
            const arn = filledText(properties.arn) ?? record.id;
            const validated =
                properties.status === undefined ||
                properties.status === "ISSUED" ||
                this.account.all("CertificateValidation").some((one) => one.properties.certificateArn === arn);
            const names = [
                ...new Set([...texts([properties.domainName]), ...texts(properties.subjectAlternativeNames)]),
            ];
            const algorithm = filledText(properties.keyAlgorithm) ?? "RSA_2048";
            if (!validated) {
                this.report(`acm: the certificate for ${names.join(", ")} was never validated, so it is not issued`);
            } else if (isKeyAlgorithm(algorithm)) {
                this.certificates.set(arn, await authority.issue(names, algorithm));
            } else {
                throw new Error(
                    `The certificate for ${names.join(", ")} has keyAlgorithm ${algorithm}; ACM issues RSA_2048, EC_prime256v1 and EC_secp384r1.`,
                );
            }
        }
    }

    /** The stand-in registers one application with every target group. */
    private async startTargets(): Promise<void> {
        for (const record of this.account.all("TargetGroup")) {
            const name = filledText(record.properties.name) ?? record.id;
            const secure = record.properties.protocol === "HTTPS";
            const application = await startApplication(
                name,
                secure ? await selfSignedCertificate("application.internal") : undefined,
            );
            this.listenings.push(application);
            const tap = await this.tap(
                "load balancer to target",
                `${name}:${number(record.properties.port) ?? ""}`,
                application.port,
            );
            this.targets.set(filledText(record.properties.arn) ?? record.id, tap.port);
        }
    }

    private async startLoadBalancers(): Promise<void> {
        for (const listener of this.account.all("Listener")) {
            const record = this.account.find("LoadBalancer", listener.properties.loadBalancerArn);
            const port = number(listener.properties.port);
            if (
                record === undefined ||
                port === undefined ||
                !/^HTTPS?$/.test(filledText(listener.properties.protocol) ?? "")
            ) {
                continue;
            }
            const surroundings = {
                account: this.account,
                certificate: (arn: unknown) => this.certificates.get(String(arn)),
                targetPort: (arn: string) => this.targets.get(arn),
                report: this.report,
            };
            const listening = await serveListener(surroundings, record, listener);
            this.listenings.push(listening);
            const to = `${filledText(record.properties.dnsName) ?? record.id}:${port}`;
            const admitted = {
                edge: admits(this.account, record, port, "CloudFront"),
                outside: admits(this.account, record, port, "outside"),
            };
            const edge = await this.tap(
                "CloudFront to load balancer",
                to,
                listening.port,
                // The door is CloudFront's; nobody else on this machine may use it.
                (source) => admitted.edge && (edgeAddress === undefined || source === edgeAddress),
            );
            const outside = await this.tap("outside to load balancer", to, listening.port, () => admitted.outside);
            this.doors.push({ record, port, edge, outside, admitted });
        }
    }

    private async startEdge(authority: CertificateAuthority): Promise<{ https: WireTap; http: WireTap }> {
        const surroundings: EdgeSurroundings = {
            account: this.account,
            trusted: authority.certificate,
            localAddress: edgeAddress,
            certificate: (arn) => this.certificates.get(String(arn)),
            originPort: (name, port, loadBalancer) => this.originPort(name, port, loadBalancer),
            report: this.report,
        };
        this.edge = await serveEdge(surroundings, await authority.issue(["*.cloudfront.net"], "EC_prime256v1"));
        return {
            https: await this.tap("viewer to CloudFront", "port 443", this.edge.https.port),
            http: await this.tap("viewer to CloudFront", "port 80", this.edge.http.port),
        };
    }

    private originPort(name: string, port: number, loadBalancer: DeployedResource | undefined): number | string {
        const found =
            loadBalancer === undefined
                ? this.names.resolve(name)
                : ({ kind: "loadBalancer", record: loadBalancer } as const);
        if (found.kind !== "loadBalancer") {
            return found.kind === "unknown" ? found.reason : `${name} leads back to a distribution`;
        }
        if (loadBalancer === undefined && !isInternetFacing(found.record)) {
            return `${name} leads to an internal load balancer, which only a VPC origin reaches`;
        }
        const door = this.doors.find((one) => one.record === found.record && one.port === port);
        return door?.edge.port ?? `nothing listens at ${name}:${port}`;
    }

    /** What a prober would be told: the names that viewers use, and the name of the first load balancer behind them. */
    private target(): Target {
        const distributions = this.edge?.distributions ?? [];
        const origins = distributions.flatMap(({ properties }) =>
            objects(properties.origins).flatMap((origin) => texts([origin.domainName])),
        );
        return {
            domainNames: distributions.flatMap(({ aliases, names }) => (aliases.length > 0 ? aliases : names)),
            originDomainName: origins.find((name) => this.names.resolve(name).kind === "loadBalancer"),
        };
    }

    private hosts(door: "edge" | "outside", https: number, http: number): Record<string, ServedHost> {
        const place = (port: number) => ({ address: "127.0.0.1", port });
        return Object.fromEntries(
            [...this.names.publicNames().keys()].flatMap((name): [string, ServedHost][] => {
                const found = this.names.resolve(name);
                if (found.kind === "distribution") {
                    const otherPorts = { closed: "CloudFront listens on ports 80 and 443 only" };
                    return [[name, { 80: place(http), 443: place(https), otherPorts }]];
                }
                if (found.kind !== "loadBalancer" || !isInternetFacing(found.record)) {
                    return [];
                }
                const doors = this.doors.filter((one) => one.record === found.record);
                return [
                    [
                        dnsName(name),
                        {
                            // Loopback cannot drop a SYN as a security group does, so that a closed door is marked.
                            ...Object.fromEntries(
                                doors.map((one) => [
                                    one.port,
                                    one.admitted[door]
                                        ? { ...place(one[door].port), from: door === "edge" ? edgeAddress : undefined }
                                        : {
                                              closed: "the security groups of the load balancer do not admit this caller",
                                          },
                                ]),
                            ),
                            otherPorts: { closed: "the load balancer has no listener on this port" },
                        },
                    ],
                ];
            }),
        );
    }

    private async tap(hop: string, to: string, port: number, allowed?: (source: string) => boolean): Promise<WireTap> {
        const tap = await WireTap.open(hop, to, port, allowed);
        this.taps.push(tap);
        return tap;
    }
}
