import { filledText, number } from "../aws/account";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";
import type { Listening } from "./listening";
import { listenerFingerprint } from "./listenerTls";
import { type LoadBalancerSurroundings, serveListener } from "./loadBalancer";
import { admits, familiesOf, type Family, type Source } from "./securityGroups";
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
        const listeners = this.#account.all("Listener").filter((one) => this.#isServed(one));
        for (const [id, door] of this.#doors) {
            if (listeners.every((listener) => listener.id !== id)) {
                this.#doors.delete(id);
                door.edge.retire();
                door.edgeByIpv6?.retire();
                door.outside.retire();
                this.#retire(door.listening);
            }
        }
        for (const listener of listeners) {
            const fingerprint = listenerFingerprint(this.#surroundings, listener);
            const door = this.#doors.get(listener.id);
            if (door === undefined) {
                await this.#open(listener, fingerprint);
            } else if (door.fingerprint !== fingerprint) {
                const former = door.listening;
                door.listening = await serveListener(this.#surroundings, listener);
                door.fingerprint = fingerprint;
                this.#retire(former);
            }
            await this.#openByIpv6(listener.id);
        }
    }

    async close(): Promise<void> {
        const served = [...this.#doors.values()].map((door) => door.listening);
        await Promise.all([...served, ...this.#retired].map((one) => one.close()));
    }

    get #account(): DeployedAccount {
        return this.#surroundings.account;
    }

    #isServed({ properties }: DeployedResource): boolean {
        return (
            this.#account.find("LoadBalancer", properties.loadBalancerArn) !== undefined &&
            number(properties.port) !== undefined &&
            /^HTTPS?$/.test(filledText(properties.protocol) ?? "")
        );
    }

    async #open(listener: DeployedResource, fingerprint: string): Promise<void> {
        const loadBalancer = this.#account.find("LoadBalancer", listener.properties.loadBalancerArn);
        const port = number(listener.properties.port);
        if (loadBalancer === undefined || port === undefined) {
            return;
        }
        const to = `${filledText(loadBalancer.properties.dnsName) ?? loadBalancer.id}:${port}`;
        const listening = await serveListener(this.#surroundings, listener);
        const target = () => ({ port: door.listening.port });
        const door: ServedDoor = {
            loadBalancerId: loadBalancer.id,
            port,
            listening,
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
    }

    /** A second way, from the moment in which the load balancer has addresses of IPv6. Loopback has one of them: ::1. */
    async #openByIpv6(listenerId: string): Promise<void> {
        const door = this.#doors.get(listenerId);
        const loadBalancer = this.#account.find("LoadBalancer", door?.loadBalancerId);
        if (
            door === undefined ||
            loadBalancer === undefined ||
            door.edgeByIpv6 !== undefined ||
            !familiesOf(loadBalancer).includes("IPv6")
        ) {
            return;
        }
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
