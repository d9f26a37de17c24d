import type { WireEvidence } from "@encrypted-edge/verify";
import { WireTap } from "./wireTap";

/** All wire taps of one rehearsal. */
export class Taps {
    readonly #taps: WireTap[] = [];

    async open(...hop: Parameters<typeof WireTap.open>): Promise<WireTap> {
        const tap = await WireTap.open(...hop);
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
