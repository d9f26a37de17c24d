import type { Given, InnerProblem } from "./argumentSpec";
import { domainNameProblem } from "./domainName";
import { itemProblems, listOf, listProblem, shown, textOf, textProblem } from "./valueProblems";
import { zoneNames, zoneOf } from "./zones";

/** Load balancer names have at most 32 characters, of which `-alb-` and Pulumi's random suffix take 12. */
export function componentNameProblem(name: unknown): string | undefined {
    const legal = typeof name === "string" && /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,18}[a-zA-Z0-9])?$/.test(name);
    return legal && !/^(internal-|sg-|xn--|sthree-|amzn-s3-demo-)/i.test(name)
        ? undefined
        : `is ${shown(name)}; AWS names are made from it, so it has 1 to 20 letters, digits and inner hyphens and does not ` +
              'begin with "internal-", "sg-", "xn--", "sthree-" or "amzn-s3-demo-". Write, for example, "edge".';
}

export function zoneNameProblem(zone: unknown): string | undefined {
    return textProblem(zone, "example.com") ?? domainNameProblem(textOf(zone), "noWildcard");
}

/** The names of viewers: each in the zone, the first a full name. */
export function viewerNameProblems(names: unknown, given: Given): string | readonly InnerProblem[] {
    return listOfNames(
        names,
        (domainName, index) => outsideZone(domainName, given) ?? firstNameProblem(domainName, index),
    );
}

/** The names of a certificate, a distribution or of records, in whatever zone. */
export function namesProblems(names: unknown): string | readonly InnerProblem[] {
    return listOfNames(names, (domainName, index) => (index === 0 ? commonNameProblem(domainName) : undefined));
}

/** Names that lead to the first one: full names in the zone, and none that is served as it is. */
export function redirectedNamesProblems(names: unknown, given: Given): string | readonly InnerProblem[] {
    const served = listOf(given.domainNames) ?? [];
    const further = (domainName: string) =>
        outsideZone(domainName, given) ??
        (served.includes(domainName)
            ? `is "${domainName}", which is one of domainNames. Leave it out of one of the two lists.`
            : undefined);
    return (
        listProblem(names, "example.com") ??
        itemProblems(names, (name) => fullNameProblem(name) ?? further(textOf(name)))
    );
}

/** A list of names without wildcards. */
export function fullNamesProblems(names: unknown): string | readonly InnerProblem[] {
    return listProblem(names, "example.com") ?? itemProblems(names, fullNameProblem);
}

/** The check of one name that is no wildcard. */
export function fullNameProblem(domainName: unknown): string | undefined {
    return textProblem(domainName, "www.example.com") ?? domainNameProblem(textOf(domainName), "noWildcard");
}

function listOfNames(
    names: unknown,
    further: (domainName: string, index: number) => string | undefined,
): string | readonly InnerProblem[] {
    const noList = listProblem(names, "www.example.com");
    if (noList !== undefined) {
        return noList;
    }
    const list = listOf(names) ?? [];
    if (list.length === 0) {
        return 'needs at least one name that viewers use. Write, for example, ["www.example.com"].';
    }
    const crowd: InnerProblem[] =
        list.length > 100
            ? [["", `has ${list.length} names; a certificate holds at most 100. Use several edges.`]]
            : [];
    const problem = (one: unknown, index: number) =>
        textProblem(one, "www.example.com") ??
        domainNameProblem(textOf(one), "wildcardAllowed") ??
        further(textOf(one), index);
    return [...crowd, ...itemProblems(list, problem)];
}

/** The origin's name, given or the zone's default; of a zone that is wrong itself nothing more is said. */
export function originNameProblem(originDomainName: unknown, given: Given): string | undefined {
    if (originDomainName === undefined && zoneNameProblem(given.hostedZoneName) !== undefined) {
        return undefined;
    }
    const name = originDomainName ?? defaultOriginDomainName(textOf(given.hostedZoneName));
    const origin = textOf(name);
    return (
        textProblem(name, "origin.example.com") ??
        domainNameProblem(origin, "noWildcard") ??
        outsideZone(origin, given) ??
        commonNameProblem(origin) ??
        ([given.domainNames, given.redirectedDomainNames].some((names) => (listOf(names) ?? []).includes(origin))
            ? `is "${origin}", which viewers use too, so CloudFront would connect to itself. Write another name, for example "origin-${origin}".`
            : undefined)
    );
}

/** The load balancer's second name when none is given. */
export function defaultOriginDomainName(hostedZoneName: string): string {
    return `origin.${hostedZoneName}`;
}

function outsideZone(domainName: string, given: Given): string | undefined {
    const zones = zoneNames(given);
    const [zone] = zones;
    if (zone === undefined || zoneNameProblem(given.hostedZoneName) !== undefined || zoneOf(domainName, zones)) {
        return undefined;
    }
    const all = zones.map((one) => `"${one}"`).join(", ");
    return `is "${domainName}", which is outside the hosted zone${zones.length > 1 ? "s" : ""} ${all}. Write a name that ends in ".${zone}", or add the zone that holds it to hostedZones.`;
}

function firstNameProblem(domainName: string, index: number): string | undefined {
    if (index > 0) {
        return undefined;
    }
    return domainName.startsWith("*.")
        ? `is "${domainName}"; the first name is the address of the site, so it cannot be a wildcard. Write a full name such as "www.${domainName.slice(2)}" first.`
        : commonNameProblem(domainName);
}

/** The first name of a certificate is its common name, which RFC 5280 limits to 64 characters. */
function commonNameProblem(domainName: string): string | undefined {
    return domainName.length > 64
        ? `has ${domainName.length} characters; the first name of a certificate has at most 64. Write a shorter name.`
        : undefined;
}
