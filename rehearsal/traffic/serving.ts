import type { ClosedDoor, Network, OpenDoor, Target, WireEvidence } from "@encrypted-edge/verify";
import { objects, texts } from "../aws/account";
import { type CertificateAuthority, newAuthority } from "./certificateAuthority";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";
import { type Door, Doors, edgeAddress } from "./doors";
import { type Edge, serveEdge } from "./edge";
import { IssuedCertificates } from "./issuedCertificates";
import { managedRuleGroups } from "./managedRuleGroups";
import { type Destination, dnsName, publicNames, resolveName } from "./nameService";
import { type OriginConnection, originConnection } from "./originRequest";
import type { OriginDoor } from "./passage";
import { familiesOf, type Family, isInternetFacing } from "./securityGroups";
import { ServedTargets } from "./servedTargets";
import type { SharedSurroundings } from "./surroundings";
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
    readonly #shared: SharedSurroundings;
    readonly #taps = new Taps();
    readonly #targets: ServedTargets;
    readonly #certificates: IssuedCertificates;
    readonly #doors: Doors;
    #edge: { readonly served: Edge; readonly https: WireTap; readonly http: WireTap } | undefined;
    /** The last state of the account that was not served as a whole yet. */
    #following: Promise<void> = Promise.resolve();

    private constructor({ account, report, target }: ServingArgs, authority: CertificateAuthority) {
        this.#account = account;
        this.#certificates = new IssuedCertificates(authority, account, report);
        this.#targets = new ServedTargets(account, this.#taps, target);
        this.#shared = { account, report, certificate: (arn) => this.#certificates.get(arn) };
        const surroundings = { ...this.#shared, targetPort: async (arn: string) => this.#targets.port(arn) };
        this.#doors = new Doors(surroundings, this.#taps, () => this.#edge?.served.renewConnections());
    }

    /** @throws Error if the account holds a value that AWS does not have */
    static async start(args: ServingArgs): Promise<Serving> {
        const serving = new Serving(args, await newAuthority());
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
        try {
            this.#edge?.served.follow();
        } catch (error) {
            this.#shared.report(`account: ${(error as Error).message}`);
        }
        this.#following = this.#following.then(async () => {
            try {
                await this.#certificates.follow();
                await this.#targets.follow();
                await this.#doors.follow();
                this.#edge?.served.follow();
            } catch (error) {
                this.#shared.report(`account: ${(error as Error).message}`);
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
            records: Object.fromEntries(publicNames(this.#account)),
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
            ...this.#shared,
            trusted: authority.certificate,
            isPending: (arn: unknown) => this.#certificates.isPending(arn),
            settled: async () => this.#following,
            originDoor: async (name: string, connection: OriginConnection) => this.#originDoor(name, connection),
        };
        const served = await serveEdge(surroundings, await authority.issue(["*.cloudfront.net"], "EC_prime256v1"));
        this.#edge = {
            served,
            https: await this.#taps.open("viewer to CloudFront", "port 443", () => served.https),
            http: await this.#taps.open("viewer to CloudFront", "port 80", () => served.http),
        };
    }

    /** Of the ways that CloudFront may take, the first that lets it in; without one, the last that there is. */
    async #originDoor(name: string, connection: OriginConnection): Promise<OriginDoor | string> {
        const families = connection.loadBalancer === undefined ? connection.families : (["IPv4"] as const);
        const found = await Promise.all(families.map((family) => this.#originWay(name, connection, family)));
        const ways = found.filter((way) => typeof way !== "string");
        const reasons = new Set(found.filter((way) => typeof way === "string"));
        return (ways.find(({ open }) => open) ?? ways.at(-1))?.door ?? [...reasons].join("; ");
    }

    async #originWay(name: string, { port, loadBalancer }: OriginConnection, family: Family) {
        const found =
            loadBalancer === undefined
                ? resolveName(this.#account, name, family)
                : ({ kind: "loadBalancer", record: loadBalancer } as const);
        if (found.kind !== "loadBalancer") {
            return found.kind === "unknown" ? found.reason : `${name} leads back to a distribution`;
        }
        if (loadBalancer === undefined && !isInternetFacing(found.record)) {
            return `${name} leads to an internal load balancer, which only a VPC origin reaches`;
        }
        if (loadBalancer === undefined && !familiesOf(found.record).includes(family)) {
            return `${name} leads to a load balancer that has no public address of ${family}`;
        }
        let door = this.#doors.find(found.record, port);
        if (door === undefined || (family === "IPv6" && door.edgeByIpv6 === undefined)) {
            // A listener that AWS has made answers; here its server may still be on its way.
            await this.#following;
            door = this.#doors.find(found.record, port);
        }
        const tap = family === "IPv6" ? door?.edgeByIpv6 : door?.edge;
        if (door === undefined || tap === undefined) {
            return `nothing listens at ${name}:${port}${family === "IPv6" ? " by IPv6" : ""}`;
        }
        return {
            door:
                family === "IPv6"
                    ? { host: "::1", port: tap.port, localAddress: undefined }
                    : { host: "127.0.0.1", port: tap.port, localAddress: edgeAddress },
            open: loadBalancer !== undefined || this.#doors.admits(door, "CloudFront", [family]),
        };
    }

    /** What a prober would be told: the names that viewers use, and the name of the first load balancer behind them. */
    #target(): Target {
        const distributions = this.#edge?.served.distributions ?? [];
        const origins = distributions.flatMap(({ properties }) =>
            objects(properties.origins).flatMap((origin) => texts([origin.domainName])),
        );
        return {
            domainNames: distributions.flatMap(({ aliases, names }) => (aliases.length > 0 ? aliases : names)),
            originDomainName: origins.find((name) => this.#find(name).kind === "loadBalancer"),
        };
    }

    #hosts(side: "edge" | "outside"): Record<string, ServedHost> {
        const named = [...publicNames(this.#account).keys()].flatMap((name): [string, ServedHost][] => {
            const found = this.#find(name);
            if (found.kind === "distribution") {
                return this.#edge === undefined ? [] : [[name, edgeHost(this.#edge.https, this.#edge.http)]];
            }
            return found.kind === "loadBalancer" ? [[dnsName(name), this.#loadBalancerHost(found.record, side)]] : [];
        });
        return Object.fromEntries([...named, ...(side === "edge" ? this.#vpcOriginHosts() : [])]);
    }

    /**
     * The names by which VPC origins lead to load balancers: another distribution of the account may have one as well.
     */
    #vpcOriginHosts(): [string, ServedHost][] {
        return (this.#edge?.served.distributions ?? []).flatMap(({ properties }) =>
            objects(properties.origins).flatMap((origin): [string, ServedHost][] => {
                const loadBalancer = originConnection(this.#account, origin, "https")?.loadBalancer;
                const [name] = texts([origin.domainName]);
                return loadBalancer === undefined || name === undefined
                    ? []
                    : [[dnsName(name), this.#loadBalancerHost(loadBalancer, "edge")]];
            }),
        );
    }

    /** Where a name leads; a load balancer may be found by IPv6 alone. */
    #find(name: string): Destination {
        const found = resolveName(this.#account, name);
        const byIpv6 = found.kind === "unknown" ? resolveName(this.#account, name, "IPv6") : found;
        return byIpv6.kind === "loadBalancer" ? byIpv6 : found;
    }

    #loadBalancerHost(loadBalancer: DeployedResource, side: "edge" | "outside"): ServedHost {
        if (side === "outside" && !isInternetFacing(loadBalancer)) {
            return { otherPorts: { closed: "the load balancer is internal: its addresses are private" } };
        }
        const doors = this.#doors.of(loadBalancer).map((door) => [
            door.port,
            // Loopback cannot drop a SYN as a security group does, so that a closed door is marked.
            this.#openDoor(door, side) ?? {
                closed: "the security groups of the load balancer do not admit this caller",
            },
        ]);
        return {
            ...(Object.fromEntries(doors) as Record<number, OpenDoor | ClosedDoor>),
            otherPorts: { closed: "the load balancer has no listener on this port" },
        };
    }

    #openDoor(door: Door, side: "edge" | "outside"): OpenDoor | undefined {
        if (side === "outside") {
            return this.#doors.admits(door, "outside") ? place(door.outside.port) : undefined;
        }
        if (this.#doors.admits(door, "CloudFront", ["IPv4"])) {
            return { ...place(door.edge.port), from: edgeAddress };
        }
        return door.edgeByIpv6 !== undefined && this.#doors.admits(door, "CloudFront", ["IPv6"])
            ? { address: "::1", port: door.edgeByIpv6.port }
            : undefined;
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
