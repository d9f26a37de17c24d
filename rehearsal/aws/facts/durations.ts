import { canonicalType } from "./canonicalType";
import table from "./durationTable.json";

/** How long one call of the official provider takes, and how that is known. */
export interface Duration {
    /** Seconds to create one, as is typical. Default: as long as any other call. */
    readonly create?: number;
    /** Seconds to update one. Default: as long as any other call. */
    readonly update?: number;
    /** Seconds to delete one; "not known" where the provider waits and no source says how long. Default: as long as any other call. */
    readonly delete?: number | "not known";
    readonly source: string;
}

/** Seconds of any call that waits for nothing: one request, or a few. */
export const shortest = 3;

/** Types whose calls wait until AWS is done. Of several outputs, the median. */
const durations = table as Readonly<Record<string, Duration>>;

/** How long calls of a type take. */
export function durationOf(type: string): Partial<Duration> {
    return durations[canonicalType(type).replace(/^aws:/, "")] ?? {};
}
