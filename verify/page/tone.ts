import type { Verdict } from "../report";

/** The name that the shared style has for a verdict. */
export function toneOf(verdict: Verdict): string {
    const tones: Readonly<Record<Verdict, string>> = {
        pass: "good",
        warn: "warn",
        fail: "bad",
        "cannot tell": "unknown",
    };
    return tones[verdict];
}
