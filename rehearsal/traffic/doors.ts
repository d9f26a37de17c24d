import { filledText, number } from "../aws/account";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";
import type { Listening } from "./listening";
import { listenerFingerprint } from "./listenerTls";
import { serveListener } from "./loadBalancer";
import { admits, familiesOf, type Family, type Source } from "./securityGroups";
import type { LoadBalancerSurroundings } from "./surroundings";
import type { Taps } from "./taps";
import type { WireTap } from "./wireTap";

/** CloudFront's address on loopback; only Linux lets a program call from any address of 127.0.0.0/8. */
export const edgeAddress = process.platform === "linux" ? "127.64.0.1" : undefined;

/** A port of a load balancer, with ways in for CloudFront and one for everybody else. */
export interface Door {
    readonly loadBalancerId: string;
    readonly port: number;
    readonly edge: WireTap;
    /** CloudFront's way by IPv6; undefined where the load balancer or this machine has none. */
    readonly edgeByIpv6: WireTap | undefined;
    readonly outside: WireTap;
}

interface ServedDoor extends Door {
    /** Changes when the listener needs another server. */
    fingerprint: string;
    listening: Listening;
    edgeByIpv6: WireTap | undefined;
}

interface LoadBalancerListener {
    readonly listener: DeployedResource;
    readonly loadBalancer: DeployedResource;
    readonly port: number;
}

/** The listeners of all load balancers. */
export class Doors {
    readonly #surroundings: LoadBalancerSurroundings;
    readonly #taps: Taps;
    readonly #replaced: () => void;
    readonly #doors = new Map<string, ServedDoor>();
    readonly #retired: Listening[] = [];

    /** @param replaced called when connections to a listener lead to one that is served no longer */
    constructor(surroundings: LoadBalancerSurroundings, taps: Taps, replaced: () => void) {
        this.#surroundings = surroundings;
        this.#taps = taps;
        this.#replaced = replaced;
    }

    find(loadBalancer: DeployedResource, port: number): Door | undefined {
        return this.of(loadBalancer).find((door) => door.port === port);
    }

    of(loadBalancer: DeployedResource): Door[] {
        return [...this.#doors.values()].filter((door) => door.loadBalancerId === loadBalancer.id);
    }

    /** Whether the security groups let a caller in, by any of these kinds of addresses, as the account is now. */
    admits(door: Door, source: Source, wanted: readonly Family[] = ["IPv4", "IPv6"]): boolean {
        const loadBalancer = this.#account.find("LoadBalancer", door.loadBalancerId);
        return (
            loadBalancer !== undefined &&
            admits(
                this.#account,
                loadBalancer,
                door.port,
                source,
                familiesOf(loadBalancer).filter((family) => wanted.includes(family)),
            )
        );
    }

    /** Opens, changes and closes doors as the account has them now. @throws Error for a value that AWS does not have */
    async follow(): Promise<void> {
        const listeners = this.#listeners();
        for (const [id, door] of this.#doors) {
            if (listeners.every(({ listener }) => listener.id !== id)) {
                this.#doors.delete(id);
                [door.edge, door.edgeByIpv6, door.outside].forEach((tap) => tap?.retire());
                this.#retire(door.listening);
            }
        }
        for (const served of listeners) {
            const { listener, loadBalancer } = served;
            const fingerprint = listenerFingerprint(this.#surroundings, listener);
            const door = this.#doors.get(listener.id) ?? (await this.#open(served, fingerprint));
            if (door.fingerprint !== fingerprint) {
                const former = door.listening;
                door.listening = await serveListener(this.#surroundings, listener);
                door.fingerprint = fingerprint;
                this.#retire(former);
            }
            if (door.edgeByIpv6 === undefined && familiesOf(loadBalancer).includes("IPv6")) {
                await this.#openByIpv6(door);
            }
        }
    }

    async close(): Promise<void> {
        const served = [...this.#doors.values()].map((door) => door.listening);
        await Promise.all([...served, ...this.#retired].map((one) => one.close()));
    }

    get #account(): DeployedAccount {
        return this.#surroundings.account;
    }

    /** The listeners that speak HTTP or HTTPS for a load balancer of the account. */
    #listeners(): LoadBalancerListener[] {
        return this.#account.all("Listener").flatMap((listener) => {
            const { loadBalancerArn, protocol } = listener.properties;
            const loadBalancer = this.#account.find("LoadBalancer", loadBalancerArn);
            const port = number(listener.properties.port);
            const isServed = loadBalancer !== undefined && port !== undefined && /^HTTPS?$/.test(String(protocol));
            return isServed ? [{ listener, loadBalancer, port }] : [];
        });
    }

    async #open({ listener, loadBalancer, port }: LoadBalancerListener, fingerprint: string): Promise<ServedDoor> {
        const to = `${filledText(loadBalancer.properties.dnsName) ?? loadBalancer.id}:${port}`;
        const target = () => ({ port: door.listening.port });
        const door: ServedDoor = {
            loadBalancerId: loadBalancer.id,
            port,
            listening: await serveListener(this.#surroundings, listener),
            fingerprint,
            edgeByIpv6: undefined,
            edge: await this.#taps.open(
                "CloudFront to load balancer",
                to,
                target,
                // The door is CloudFront's; nobody else on this machine may use it.
                (source) =>
                    this.admits(door, "CloudFront", ["IPv4"]) && (edgeAddress === undefined || source === edgeAddress),
            ),
            outside: await this.#taps.open("outside to load balancer", to, target, () => this.admits(door, "outside")),
        };
        this.#doors.set(listener.id, door);
        return door;
    }

    /**
     * A second way, from the moment in which the load balancer has addresses of IPv6. Loopback has one of them: ::1.
     */
    async #openByIpv6(door: ServedDoor): Promise<void> {
        try {
            door.edgeByIpv6 = await this.#taps.open(
                "CloudFront to load balancer",
                `${door.edge.to} by IPv6`,
                () => ({ port: door.listening.port }),
                () => this.admits(door, "CloudFront", ["IPv6"]),
                "::1",
            );
        } catch (error) {
            this.#surroundings.report(
                `this machine has no IPv6 on loopback (${(error as Error).message}), so that CloudFront reaches ${door.edge.to} by IPv4 alone`,
            );
        }
    }

    #retire(listening: Listening): void {
        this.#replaced();
        listening.retire();
        this.#retired.push(listening);
    }
}
