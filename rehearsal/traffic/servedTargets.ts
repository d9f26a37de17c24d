import { filledText, number } from "../aws/account";
import { startApplication } from "./application";
import { selfSignedCertificate } from "./certificateAuthority";
import { arnOf, type DeployedAccount, type DeployedResource } from "./deployedAccount";
import type { Listening } from "./listening";
import type { Taps } from "./taps";
import { registeredTargets } from "./targets";
import type { TapTarget, WireTap } from "./wireTap";

interface Served {
    readonly application: Listening | undefined;
    readonly tap: WireTap;
}

/** What answers for the targets of each target group. */
export class ServedTargets {
    readonly #account: DeployedAccount;
    readonly #taps: Taps;
    readonly #target: TapTarget | undefined;
    readonly #served = new Map<string, Promise<Served>>();

    /** @param target the application that answers in place of a stand-in */
    constructor(account: DeployedAccount, taps: Taps, target: TapTarget | undefined) {
        this.#account = account;
        this.#taps = taps;
        this.#target = target;
    }

    /**
     * The port behind which a target group's targets are; undefined where it has none.
     *
     * The stand-in answers for every group as long as the account registers no target with any: then the application is
     * no part of the account. An account that holds targets says which group they are in, and a group without is empty.
     */
    async port(arn: string): Promise<number | undefined> {
        const group = this.#account.find("TargetGroup", arn);
        if (group === undefined || (this.#registers() && registeredTargets(this.#account, group).length === 0)) {
            return undefined;
        }
        return (await this.#serve(group)).tap.port;
    }

    /** Starts what the account has now, and ends what it has no more. */
    async follow(): Promise<void> {
        const groups = this.#account.all("TargetGroup");
        await Promise.all(groups.map(async (group) => this.#serve(group)));
        for (const [arn, served] of this.#served) {
            if (this.#account.find("TargetGroup", arn) === undefined) {
                this.#served.delete(arn);
                const { application, tap } = await served;
                tap.retire();
                application?.retire();
            }
        }
    }

    /** What of the targets is not modelled, in a sentence each. */
    get notModelled(): string[] {
        return this.#account.all("TargetGroup").flatMap((group) => {
            const name = `target group ${nameOf(group)}`;
            const registered = registeredTargets(this.#account, group);
            if (registered.length === 0) {
                return this.#registers() || this.#target !== undefined
                    ? []
                    : [`${name}: the account registers no target with it, so an application of the rehearsal answers`];
            }
            return registered
                .filter((target) => target.party === undefined)
                .map((target) => `${name}: the security groups of ${target.name} are not known, so it is reachable`);
        });
    }

    async close(): Promise<void> {
        const served = await Promise.all(this.#served.values());
        await Promise.all(served.map(async ({ application }) => application?.close()));
    }

    #registers(): boolean {
        return this.#account.all("TargetGroup").some((group) => registeredTargets(this.#account, group).length > 0);
    }

    #serve(group: DeployedResource): Promise<Served> {
        const arn = arnOf(group);
        const served = this.#served.get(arn) ?? this.#start(group);
        this.#served.set(arn, served);
        return served;
    }

    async #start(group: DeployedResource): Promise<Served> {
        const name = nameOf(group);
        const to = `${name}:${number(group.properties.port) ?? ""}`;
        if (this.#target !== undefined) {
            const { host, port } = this.#target;
            return { application: undefined, tap: await this.#taps.open(hop, to, () => ({ host, port })) };
        }
        const secure = group.properties.protocol === "HTTPS";
        const application = await startApplication(
            name,
            secure ? await selfSignedCertificate("application.internal") : undefined,
        );
        return { application, tap: await this.#taps.open(hop, to, () => application) };
    }
}

const hop = "load balancer to target";

function nameOf(group: DeployedResource): string {
    return filledText(group.properties.name) ?? group.id;
}
