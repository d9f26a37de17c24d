import type * as pulumi from "@pulumi/pulumi";
import { domainNameProblem, isInZone } from "./domainName";
import { argumentNames, defaultOriginDomainName, type EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { managedRuleGroups } from "./managedRuleGroups";
import {
    choiceProblem,
    idProblem,
    integerProblem,
    isDeferred,
    listProblem,
    pathProblem,
    shown,
    textProblem,
} from "./valueProblems";
import { longestFunctionCode, ownFunctionName, viewerRequestCode } from "./viewerRequestCode";

type Problem = pulumi.InputPropertyErrorDetails;

/** Arguments as a caller without types may give them. */
type Given = Partial<Record<keyof EncryptedEdgeArgs, unknown>>;

const retentionPeriods = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const switches = [
    "forwardHostHeader",
    "forwardedHeadersEnabled",
    "accessLogEnabled",
    "loadBalancerLogEnabled",
    "deletionProtection",
    "waitForDeployment",
] as const;

/**
 * Everything that is wrong with the name and the arguments of an EncryptedEdge, each problem with its property path, the
 * value, what is allowed and what to write instead. Values that are not known yet are left to AWS. As everywhere in
 * Pulumi, null is the same as not given.
 */
export function argumentProblems(name: string, args: EncryptedEdgeArgs): Problem[] {
    const problems: Problem[] = [];
    const report = (propertyPath: string, reason: string | undefined) => {
        if (reason !== undefined) {
            problems.push({ propertyPath, reason });
        }
    };
    const given: Given = Object.fromEntries(
        Object.entries((args as EncryptedEdgeArgs | undefined) ?? {}).filter(([, value]) => value !== null),
    );
    report("name", componentNameProblem(name));
    for (const key of Object.keys(given).filter((candidate) => !Object.hasOwn(argumentNames, candidate))) {
        report(key, unknownArgumentProblem(key));
    }
    reportDomainNames(given, report);
    reportNetwork(given, report);
    reportTargets(given, report);
    report("viewerRequestCode", viewerRequestCodeProblem(given.viewerRequestCode, given.forwardedHeadersEnabled));
    reportCachedPaths(given.cachedPaths, report);
    reportCountedRules(given.countedRules, report);
    report("rateLimit", integerProblem(given.rateLimit, 10, 2_000_000_000, "requests in five minutes"));
    report(
        "strictTransportSecurityMaxAge",
        integerProblem(given.strictTransportSecurityMaxAge, 0, 2_147_483_647, "seconds"),
    );
    report(
        "originSecretGeneration",
        integerProblem(given.originSecretGeneration, 1, Number.MAX_SAFE_INTEGER, "generation"),
    );
    report("webAclLogRetentionInDays", choiceProblem(given.webAclLogRetentionInDays, retentionPeriods));
    report("accessLogRetentionInDays", choiceProblem(given.accessLogRetentionInDays, retentionPeriods));
    report(
        "loadBalancerLogRetentionInDays",
        integerProblem(given.loadBalancerLogRetentionInDays, 1, 2_147_483_647, "days"),
    );
    for (const property of switches) {
        report(property, choiceProblem(given[property], [true, false]));
    }
    return problems;
}

type Report = (propertyPath: string, reason: string | undefined) => void;

/** Load balancer names have at most 32 characters, of which `-alb-` and Pulumi's random suffix take 12. */
function componentNameProblem(name: unknown): string | undefined {
    const legal = typeof name === "string" && /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,18}[a-zA-Z0-9])?$/.test(name);
    return legal && !/^(internal-|sg-|xn--|sthree-|amzn-s3-demo-)/i.test(name)
        ? undefined
        : `is ${shown(name)}; AWS names are made from it, so it has 1 to 20 letters, digits and inner hyphens and does not ` +
              'begin with "internal-", "sg-", "xn--", "sthree-" or "amzn-s3-demo-". Write, for example, "edge".';
}

function unknownArgumentProblem(key: string): string {
    const meant = Object.keys(argumentNames).find((name) => simplified(name) === simplified(key));
    return (
        "is no argument of EncryptedEdge. " +
        (meant === undefined
            ? `Leave it out, or write one of ${Object.keys(argumentNames).join(", ")}.`
            : `Write "${meant}".`)
    );
}

/** Spellings that people take for one another: upper and lower case, hyphens and underscores, a plural. */
function simplified(name: string): string {
    return name.toLowerCase().replace(/[^a-z0-9]|s$/g, "");
}

function reportDomainNames(args: Given, report: Report): void {
    const zone = textOf(args.hostedZoneName);
    const zoneProblem = textProblem(args.hostedZoneName, "example.com") ?? domainNameProblem(zone, "noWildcard");
    report("hostedZoneName", zoneProblem);
    const outsideZone = (domainName: string) =>
        zoneProblem !== undefined || isInZone(domainName, zone)
            ? undefined
            : `is "${domainName}", which is outside the hosted zone "${zone}". Write a name that ends in ".${zone}", or the zone that holds it.`;

    const domainNames = listOf(args.domainNames) ?? [];
    const noList = listProblem(args.domainNames, "www.example.com");
    if (noList !== undefined) {
        report("domainNames", noList);
    } else if (domainNames.length === 0) {
        report("domainNames", 'needs at least one name that viewers use. Write, for example, ["www.example.com"].');
    } else if (domainNames.length > 100) {
        report("domainNames", `has ${domainNames.length} names; a certificate holds at most 100. Use several edges.`);
    }
    domainNames.forEach((given, index) => {
        const path = `domainNames[${index}]`;
        const domainName = textOf(given);
        const wrong =
            textProblem(given, "www.example.com") ??
            domainNameProblem(domainName, "wildcardAllowed") ??
            outsideZone(domainName);
        report(path, wrong);
        if (wrong !== undefined) {
            return;
        }
        report(path, repeatedProblem(domainNames, index));
        if (index === 0) {
            report(path, firstNameProblem(domainName));
        }
    });

    if (args.originDomainName === undefined && zoneProblem !== undefined) {
        return;
    }
    const givenOrigin = args.originDomainName ?? defaultOriginDomainName(zone);
    const origin = textOf(givenOrigin);
    report(
        "originDomainName",
        textProblem(givenOrigin, "origin.example.com") ??
            domainNameProblem(origin, "noWildcard") ??
            outsideZone(origin) ??
            commonNameProblem(origin) ??
            (domainNames.includes(origin)
                ? `is "${origin}", which viewers use too; CloudFront would ask itself. Write a name of its own, for example "origin-${origin}".`
                : undefined),
    );
}

function firstNameProblem(domainName: string): string | undefined {
    if (domainName.startsWith("*.")) {
        return `is "${domainName}"; the first name is the address of the site, so it cannot be a wildcard. Write a full name such as "www.${domainName.slice(2)}" first.`;
    }
    return commonNameProblem(domainName);
}

/** The first name of a certificate is its common name, which RFC 5280 limits to 64 characters. */
function commonNameProblem(domainName: string): string | undefined {
    return domainName.length > 64
        ? `has ${domainName.length} characters; the first name of a certificate has at most 64. Write a shorter name.`
        : undefined;
}

function reportNetwork(args: Given, report: Report): void {
    const { hostedZoneId, cloudFrontPrefixListId, subnetIds } = args;
    report("vpcId", idProblem(args.vpcId, "vpc"));
    if (cloudFrontPrefixListId !== undefined) {
        report("cloudFrontPrefixListId", idProblem(cloudFrontPrefixListId, "pl"));
    }
    const isZoneId = typeof hostedZoneId === "string" && /^Z[A-Z0-9]{1,31}$/.test(hostedZoneId);
    if (hostedZoneId !== undefined && !isDeferred(hostedZoneId) && !isZoneId) {
        report(
            "hostedZoneId",
            `is ${shown(hostedZoneId)}; a hosted zone's id is a Z and up to 31 capital letters and digits. Write, for example, "Z0123456789ABCDEFGHIJ".`,
        );
    }
    if (subnetIds === undefined) {
        report(
            "subnetIds",
            "is missing. Write the ids of at least two public subnets in different Availability Zones.",
        );
    }
    if (isDeferred(subnetIds)) {
        return;
    }
    report("subnetIds", listProblem(subnetIds, 'subnet-0123456789abcdef0", "subnet-0fedcba9876543210'));
    const list = listOf(subnetIds);
    if (list !== undefined && list.length < 2) {
        report(
            "subnetIds",
            `has ${list.length} of the at least two subnets that a load balancer needs. Add a subnet in another Availability Zone.`,
        );
    }
    list?.forEach((subnetId, index) => {
        report(`subnetIds[${index}]`, idProblem(subnetId ?? undefined, "subnet") ?? repeatedProblem(list, index));
    });
}

function reportTargets(args: Given, report: Report): void {
    report("targetProtocol", choiceProblem(args.targetProtocol, ["HTTPS", "HTTP"]));
    report("targetType", choiceProblem(args.targetType, ["ip", "instance"]));
    report("targetPort", integerProblem(args.targetPort, 1, 65535, "port"));
    report(
        "healthCheckPath",
        pathProblem(args.healthCheckPath, { longest: 1024, marks: ".~%!$&'()*+,;=:@?", example: "/health" }),
    );
    const matcher = args.healthCheckMatcher;
    if (matcher !== undefined && !(typeof matcher === "string" && isMatcher(matcher))) {
        report(
            "healthCheckMatcher",
            `is ${shown(matcher)}; it is a text of status codes between 200 and 499. Write one ("200"), several ("200,302") or a range ("200-299").`,
        );
    }
}

function isMatcher(matcher: string): boolean {
    const inBounds = (code: string) => Number(code) >= 200 && Number(code) <= 499;
    const range = /^(\d{3})-(\d{3})$/.exec(matcher);
    if (range?.[1] !== undefined && range[2] !== undefined) {
        return inBounds(range[1]) && inBounds(range[2]) && Number(range[1]) < Number(range[2]);
    }
    return /^\d{3}(,\d{3})*$/.test(matcher) && matcher.split(",").every(inBounds);
}

function viewerRequestCodeProblem(code: unknown, forwardedHeadersEnabled: unknown): string | undefined {
    if (code === undefined) {
        return undefined;
    }
    if (typeof code !== "string") {
        return textProblem(code, `function ${ownFunctionName}(event) { return event.request; }`);
    }
    if (!new RegExp(`\\bfunction\\s+${ownFunctionName}\\s*\\(`).test(code)) {
        return `is ${shown(code)}; it declares no function ${ownFunctionName}. Write "function ${ownFunctionName}(event) { ... return event.request; }".`;
    }
    const taken = /\b(?:function|const|let|var)\s+(handler|setForwardedHeaders|believedHeaders)\b/.exec(code)?.[1];
    if (taken !== undefined) {
        return `declares ${taken}, which the edge's own code declares. Write another name; CloudFront's entry point is called "${ownFunctionName}" here.`;
    }
    const length = Buffer.byteLength(viewerRequestCode(forwardedHeadersEnabled !== false, code) ?? "");
    return length > longestFunctionCode
        ? `makes the function ${length} bytes long; CloudFront allows ${longestFunctionCode}. Write shorter code, for example by a minifier.`
        : undefined;
}

/** Source of the marks: CloudFront developer guide, "Cache behavior settings", path pattern. */
function reportCachedPaths(cachedPaths: unknown, report: Report): void {
    const list = listOf(cachedPaths) ?? [];
    report("cachedPaths", listProblem(cachedPaths, "/assets/*"));
    list.forEach((given, index) => {
        const place = `cachedPaths[${index}]`;
        const path = given ?? null;
        const wrong = pathProblem(path, { longest: 255, marks: ".*$~\"'@:+&?", example: "/assets/*" });
        report(place, wrong);
        if (wrong === undefined && /^[/*?]*\*[/*?]*$/.test(textOf(path))) {
            report(
                place,
                `is ${shown(path)}, which is every path; responses made for one viewer would be shown to others. Write the paths of static files, for example "/assets/*".`,
            );
        }
        report(place, repeatedProblem(list, index));
    });
}

function reportCountedRules(countedRules: unknown, report: Report): void {
    const example = "AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY";
    const list = listOf(countedRules) ?? [];
    report("countedRules", listProblem(countedRules, example));
    list.forEach((given, index) => {
        const place = `countedRules[${index}]`;
        const [group, rule, ...rest] = typeof given === "string" ? given.split(":") : [];
        const known = managedRuleGroups.find((candidate) => candidate.name === group);
        if (known === undefined || !rule || !/^[\w-]{1,128}$/.test(rule) || rest.length > 0) {
            const groups = managedRuleGroups.map((candidate) => candidate.name).join(", ");
            report(
                place,
                `is ${shown(given)}; it is one of the groups ${groups}, a colon, and a rule of it. Write, for example, "${example}".`,
            );
            return;
        }
        const meant = known.rules.find((candidate) => simplified(candidate) === simplified(rule));
        if (meant !== undefined && meant !== rule) {
            report(
                place,
                `is ${shown(given)}; the rule is spelt "${meant}", and AWS WAF ignores other spellings. Write "${known.name}:${meant}".`,
            );
        }
        report(place, repeatedProblem(list, index));
    });
}

function repeatedProblem(list: readonly unknown[], index: number): string | undefined {
    const value = list[index];
    return !isDeferred(value) && list.indexOf(value) < index
        ? `is ${shown(value)}, which is in the list already. Leave it out.`
        : undefined;
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/** The items of a list, holes and null included; undefined when it is none. */
function listOf(list: unknown): unknown[] | undefined {
    return Array.isArray(list) ? Array.from(list as unknown[]) : undefined;
}
