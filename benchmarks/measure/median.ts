/** The middle value, or the mean of the two in the middle; undefined where nothing was measured. */
export function median(values: readonly (number | undefined)[]): number | undefined {
    const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
    const middle = Math.floor(sorted.length / 2);
    const [lower, upper] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
    return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
