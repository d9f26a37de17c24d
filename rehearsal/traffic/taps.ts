import type { WireEvidence } from "@encrypted-edge/verify";
import { type TapTarget, WireTap } from "./wireTap";

/** All wire taps of one rehearsal. */
export class Taps {
    readonly #taps: WireTap[] = [];

    async open(
        hop: string,
        to: string,
        target: () => TapTarget,
        allowed?: (source: string) => boolean,
        host?: "127.0.0.1" | "::1",
    ): Promise<WireTap> {
        const tap = await WireTap.open(hop, to, target, allowed, host);
        this.#taps.push(tap);
        return tap;
    }

    evidence(marker?: string): WireEvidence[] {
        return this.#taps.map((tap) => tap.evidence(marker));
    }

    async close(): Promise<void> {
        await Promise.all(this.#taps.map((tap) => tap.close()));
    }
}
