/** The middle value, or the mean of the two in the middle; undefined where nothing was measured. */
export function median(values: readonly (number | undefined)[]): number | undefined {
    const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
    const middle = Math.floor(sorted.length / 2);
    const [lower, upper] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
    return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}

/**
 * How many times as much as the others, which were measured in turns with them: the median of the ratios of each turn, so
 * that a machine that is slower for a while changes little. Undefined where a turn lacks one of the two.
 */
export function pairedRatio(
    values: readonly (number | undefined)[],
    others: readonly (number | undefined)[],
): number | undefined {
    const ratios = values.map((value, turn) => {
        const other = others[turn];
        return value === undefined || other === undefined ? undefined : value / other;
    });
    return ratios.includes(undefined) ? undefined : median(ratios);
}
