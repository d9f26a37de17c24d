import type { Given } from "./argumentSpec";
import { domainNameProblem, isInZone } from "./domainName";
import { listOf, textOf } from "./valueProblems";

/** The names of all zones that arguments give, the main one first; those that are no names are left out. */
export function zoneNames({ hostedZoneName, hostedZones }: Given): string[] {
    const further = (listOf(hostedZones) ?? []).map((zone) => textOf((zone as Given | null)?.name));
    return [textOf(hostedZoneName), ...further].filter((name) => domainNameProblem(name, "noWildcard") === undefined);
}

/** The zone of a name: the longest that holds it, as resolvers have it. Undefined where none does. */
export function zoneOf(domainName: string, zones: readonly string[]): string | undefined {
    return zones.filter((zone) => isInZone(domainName, zone)).sort((one, other) => other.length - one.length)[0];
}
