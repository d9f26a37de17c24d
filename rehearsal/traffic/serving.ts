import type { ClosedDoor, Network, OpenDoor, Target, WireEvidence } from "@encrypted-edge/verify";
import { object, objects, texts } from "../aws/account";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";
import { Doors, edgeAddress } from "./doors";
import { type Edge, serveEdge } from "./edge";
import { IssuedCertificates } from "./issuedCertificates";
import { managedRuleGroups } from "./managedRuleGroups";
import { dnsName, NameService } from "./nameService";
import { isInternetFacing } from "./securityGroups";
import { ServedTargets } from "./servedTargets";
import { Taps } from "./taps";
import type { TapTarget, WireTap } from "./wireTap";

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

/** What tells what is served, and what is asked for. */
export interface ServingArgs {
    readonly account: DeployedAccount;
    readonly report: (problem: string) => void;
    /** The application behind all target groups; undefined for a stand-in. */
    readonly target: TapTarget | undefined;
}

/** Everything that runs for one account, which may change while it runs. */
export class Serving {
    readonly #account: DeployedAccount;
    readonly #report: (problem: string) => void;
    readonly #names: NameService;
    readonly #taps = new Taps();
    readonly #targets: ServedTargets;
    readonly #certificates: IssuedCertificates;
    readonly #doors: Doors;
    #edge: { readonly served: Edge; readonly https: WireTap; readonly http: WireTap } | undefined;
    /** The last state of the account that was not served as a whole yet. */
    #following: Promise<void> = Promise.resolve();

    private constructor({ account, report, target }: ServingArgs, certificates: IssuedCertificates) {
        this.#account = account;
        this.#report = report;
        this.#names = new NameService(account);
        this.#certificates = certificates;
        this.#targets = new ServedTargets(account, this.#taps, target);
        const surroundings = {
            account,
            report,
            certificate: (arn: unknown) => certificates.get(arn),
            targetPort: async (arn: string) => this.#targets.port(arn),
        };
        this.#doors = new Doors(surroundings, this.#taps, () => this.#edge?.served.renewConnections());
    }

    /** @throws Error if the account holds a value that AWS does not have */
    static async start(args: ServingArgs): Promise<Serving> {
        const serving = new Serving(args, await IssuedCertificates.create(args.account, args.report));
        try {
            await serving.#start();
            return serving;
        } catch (error) {
            await serving.stop();
            throw error;
        }
    }

    /**
     * Serves another state of the account. What needs no new server holds at once, so that changes take effect in the
     * order in which they were made; the rest follows as soon as it can. Never rejects.
     */
    async follow(records: readonly DeployedResource[]): Promise<void> {
        this.#account.replace(records);
        this.#attempt(() => this.#edge?.served.follow());
        this.#following = this.#following.then(async () => {
            try {
                await this.#certificates.follow();
                await this.#targets.follow();
                await this.#doors.follow();
                this.#edge?.served.follow();
            } catch (error) {
                this.#report(`account: ${(error as Error).message}`);
            }
        });
        return this.#following;
    }

    async stop(): Promise<void> {
        await this.#following;
        await Promise.all([this.#taps.close(), this.#doors.close(), this.#targets.close(), this.#edge?.served.close()]);
    }

    get notModelled(): string[] {
        return [...new Set([...(this.#edge?.served.notModelled ?? []), ...this.#targets.notModelled])];
    }

    get network(): TrafficNetwork {
        return {
            description: "AWS rehearsed on this machine",
            hosts: this.#hosts("outside"),
            hostsFromCloudFront: this.#hosts("edge"),
            records: Object.fromEntries(this.#names.publicNames()),
            certificateAuthority: this.#certificates.authority.certificate,
            target: this.#target(),
            modelledRuleGroups: Object.keys(managedRuleGroups),
            wire: (marker) => this.#taps.evidence(marker),
        };
    }

    async #start(): Promise<void> {
        await this.#certificates.follow();
        await this.#targets.follow();
        await this.#doors.follow();
        const { authority } = this.#certificates;
        const surroundings = {
            account: this.#account,
            report: this.#report,
            trusted: authority.certificate,
            localAddress: edgeAddress,
            certificate: (arn: unknown) => this.#certificates.get(arn),
            isPending: (arn: unknown) => this.#certificates.isPending(arn),
            settled: async () => this.#following,
            originPort: async (name: string, port: number, loadBalancer: DeployedResource | undefined) =>
                this.#originPort(name, port, loadBalancer),
        };
        const served = await serveEdge(surroundings, await authority.issue(["*.cloudfront.net"], "EC_prime256v1"));
        this.#edge = {
            served,
            https: await this.#taps.open("viewer to CloudFront", "port 443", () => served.https),
            http: await this.#taps.open("viewer to CloudFront", "port 80", () => served.http),
        };
    }

    #attempt(work: () => void): void {
        try {
            work();
        } catch (error) {
            this.#report(`account: ${(error as Error).message}`);
        }
    }

    async #originPort(
        name: string,
        port: number,
        loadBalancer: DeployedResource | undefined,
    ): Promise<number | string> {
        const found =
            loadBalancer === undefined
                ? this.#names.resolve(name)
                : ({ kind: "loadBalancer", record: loadBalancer } as const);
        if (found.kind !== "loadBalancer") {
            return found.kind === "unknown" ? found.reason : `${name} leads back to a distribution`;
        }
        if (loadBalancer === undefined && !isInternetFacing(found.record)) {
            return `${name} leads to an internal load balancer, which only a VPC origin reaches`;
        }
        let door = this.#doors.find(found.record, port);
        if (door === undefined) {
            // A listener that AWS has made answers; here its server may still be on its way.
            await this.#following;
            door = this.#doors.find(found.record, port);
        }
        return door?.edge.port ?? `nothing listens at ${name}:${port}`;
    }

    /** What a prober would be told: the names that viewers use, and the name of the first load balancer behind them. */
    #target(): Target {
        const distributions = this.#edge?.served.distributions ?? [];
        const origins = distributions.flatMap(({ properties }) =>
            objects(properties.origins).flatMap((origin) => texts([origin.domainName])),
        );
        return {
            domainNames: distributions.flatMap(({ aliases, names }) => (aliases.length > 0 ? aliases : names)),
            originDomainName: origins.find((name) => this.#names.resolve(name).kind === "loadBalancer"),
        };
    }

    #hosts(side: "edge" | "outside"): Record<string, ServedHost> {
        const named = [...this.#names.publicNames().keys()].flatMap((name): [string, ServedHost][] => {
            const found = this.#names.resolve(name);
            if (found.kind === "distribution") {
                return this.#edge === undefined ? [] : [[name, edgeHost(this.#edge.https, this.#edge.http)]];
            }
            return found.kind === "loadBalancer" ? [[dnsName(name), this.#loadBalancerHost(found.record, side)]] : [];
        });
        return Object.fromEntries([...named, ...(side === "edge" ? this.#vpcOriginHosts() : [])]);
    }

    /** The names by which VPC origins lead to load balancers: another distribution of the account may have one as well. */
    #vpcOriginHosts(): [string, ServedHost][] {
        return (this.#edge?.served.distributions ?? []).flatMap(({ properties }) =>
            objects(properties.origins).flatMap((origin): [string, ServedHost][] => {
                const vpcOrigin = this.#account.find("VpcOrigin", object(origin.vpcOriginConfig).vpcOriginId);
                const endpoint = object(vpcOrigin?.properties.vpcOriginEndpointConfig);
                const loadBalancer = this.#account.find("LoadBalancer", endpoint.arn);
                const [name] = texts([origin.domainName]);
                return loadBalancer === undefined || name === undefined
                    ? []
                    : [[dnsName(name), this.#loadBalancerHost(loadBalancer, "edge")]];
            }),
        );
    }

    #loadBalancerHost(loadBalancer: DeployedResource, side: "edge" | "outside"): ServedHost {
        if (side === "outside" && !isInternetFacing(loadBalancer)) {
            return { otherPorts: { closed: "the load balancer is internal: its addresses are private" } };
        }
        const caller = side === "edge" ? "CloudFront" : "outside";
        const doors = this.#doors.of(loadBalancer).map((door) => [
            door.port,
            // Loopback cannot drop a SYN as a security group does, so that a closed door is marked.
            this.#doors.admits(door, caller)
                ? { ...place(door[side].port), from: side === "edge" ? edgeAddress : undefined }
                : { closed: "the security groups of the load balancer do not admit this caller" },
        ]);
        return {
            ...(Object.fromEntries(doors) as Record<number, OpenDoor | ClosedDoor>),
            otherPorts: { closed: "the load balancer has no listener on this port" },
        };
    }
}

function place(port: number): OpenDoor {
    return { address: "127.0.0.1", port };
}

function edgeHost(https: WireTap, http: WireTap): ServedHost {
    return {
        80: place(http.port),
        443: place(https.port),
        otherPorts: { closed: "CloudFront listens on ports 80 and 443 only" },
    };
}
