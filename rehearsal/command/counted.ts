/** What occurs how often among some names, for people and in their order: `a`, `b (2)`. */
export function counted(names: readonly string[]): string[] {
    const counts = new Map<string, number>();
    names.forEach((name) => counts.set(name, (counts.get(name) ?? 0) + 1));
    return [...counts].sort().map(([name, count]) => (count === 1 ? name : `${name} (${count})`));
}
