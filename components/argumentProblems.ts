import type * as pulumi from "@pulumi/pulumi";
import { domainNameProblem, isInZone } from "./domainName";
import { defaultOriginDomainName, type EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { managedRuleGroups } from "./managedRuleGroups";

type Problem = pulumi.InputPropertyErrorDetails;

const retentionPeriods = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const switches = [
    "forwardHostHeader",
    "accessLogEnabled",
    "loadBalancerLogEnabled",
    "deletionProtection",
    "waitForDeployment",
] as const;

/**
 * Everything that is wrong with the name and the arguments of an EncryptedEdge, each problem with its property path, the
 * value, what is allowed and what to write instead. Values that are not known yet are left to AWS.
 */
export function argumentProblems(name: string, args: EncryptedEdgeArgs): Problem[] {
    const problems: Problem[] = [];
    const report = (propertyPath: string, reason: string | undefined) => {
        if (reason !== undefined) {
            problems.push({ propertyPath, reason });
        }
    };
    report("name", componentNameProblem(name));
    reportDomainNames(args, report);
    reportNetwork(args, report);
    reportTargets(args, report);
    reportCachedPaths(args.cachedPaths, report);
    reportCountedRules(args.countedRules, report);
    report("rateLimit", integerProblem(args.rateLimit, 10, 2_000_000_000, "requests in five minutes"));
    report(
        "strictTransportSecurityMaxAge",
        integerProblem(args.strictTransportSecurityMaxAge, 0, 2_147_483_647, "seconds"),
    );
    report(
        "originSecretGeneration",
        integerProblem(args.originSecretGeneration, 1, Number.MAX_SAFE_INTEGER, "generation"),
    );
    report("webAclLogRetentionInDays", choiceProblem(args.webAclLogRetentionInDays, retentionPeriods));
    report("accessLogRetentionInDays", choiceProblem(args.accessLogRetentionInDays, retentionPeriods));
    report(
        "loadBalancerLogRetentionInDays",
        integerProblem(args.loadBalancerLogRetentionInDays, 1, 2_147_483_647, "days"),
    );
    for (const property of switches) {
        report(property, choiceProblem(args[property], [true, false]));
    }
    return problems;
}

type Report = (propertyPath: string, reason: string | undefined) => void;

/** Load balancer names have at most 32 characters, of which `-alb-` and Pulumi's random suffix take 12. */
function componentNameProblem(name: string): string | undefined {
    const legal = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,18}[a-zA-Z0-9])?$/.test(name);
    return legal && !/^(internal-|sg-|xn--|sthree-|amzn-s3-demo-)/i.test(name)
        ? undefined
        : `is "${name}"; AWS names are made from it, so it has 1 to 20 letters, digits and inner hyphens and does not ` +
              'begin with "internal-", "sg-", "xn--", "sthree-" or "amzn-s3-demo-". Write, for example, "edge".';
}

function reportDomainNames(args: EncryptedEdgeArgs, report: Report): void {
    const zone = args.hostedZoneName;
    const zoneProblem = textProblem(zone) ?? domainNameProblem(zone, "noWildcard");
    report("hostedZoneName", zoneProblem);
    const outsideZone = (domainName: string) =>
        zoneProblem !== undefined || isInZone(domainName, zone)
            ? undefined
            : `is "${domainName}", which is outside the hosted zone "${zone}". Write a name that ends in ".${zone}", or the zone that holds it.`;

    const domainNames = listOf<string>(args.domainNames);
    if (domainNames === undefined || domainNames.length === 0) {
        report("domainNames", 'needs at least one name that viewers use. Write, for example, ["www.example.com"].');
    } else if (domainNames.length > 100) {
        report("domainNames", `has ${domainNames.length} names; a certificate holds at most 100. Use several edges.`);
    }
    domainNames?.forEach((domainName, index) => {
        const path = `domainNames[${index}]`;
        const wrong =
            textProblem(domainName) ?? domainNameProblem(domainName, "wildcardAllowed") ?? outsideZone(domainName);
        report(path, wrong);
        if (wrong !== undefined) {
            return;
        }
        if (domainNames.indexOf(domainName) < index) {
            report(path, `is "${domainName}", which is in the list already. Leave it out.`);
        }
        if (index === 0) {
            report(path, firstNameProblem(domainName));
        }
    });

    if (args.originDomainName === undefined && zoneProblem !== undefined) {
        return;
    }
    const origin = args.originDomainName ?? defaultOriginDomainName(zone);
    report(
        "originDomainName",
        textProblem(origin) ??
            domainNameProblem(origin, "noWildcard") ??
            outsideZone(origin) ??
            commonNameProblem(origin) ??
            (domainNames?.includes(origin)
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

function reportNetwork(args: EncryptedEdgeArgs, report: Report): void {
    report("vpcId", idProblem(args.vpcId, "vpc", "required"));
    report("cloudFrontPrefixListId", idProblem(args.cloudFrontPrefixListId, "pl"));
    if (typeof args.hostedZoneId === "string" && !/^Z[A-Z0-9]{1,31}$/.test(args.hostedZoneId)) {
        report(
            "hostedZoneId",
            `is "${args.hostedZoneId}"; a hosted zone's id is a Z and up to 31 capital letters and digits. Write, for example, "Z0123456789ABCDEFGHIJ".`,
        );
    }
    if (args.subnetIds === undefined || args.subnetIds === null) {
        report(
            "subnetIds",
            "is missing. Write the ids of at least two public subnets in different Availability Zones.",
        );
        return;
    }
    const subnetIds = listOf<pulumi.Input<string>>(args.subnetIds);
    if (subnetIds === undefined) {
        return;
    }
    if (subnetIds.length < 2) {
        report(
            "subnetIds",
            `has ${subnetIds.length} of the at least two subnets that a load balancer needs. Add a subnet in another Availability Zone.`,
        );
    }
    subnetIds.forEach((subnetId, index) => {
        report(`subnetIds[${index}]`, idProblem(subnetId, "subnet", "required"));
        if (typeof subnetId === "string" && subnetIds.indexOf(subnetId) < index) {
            report(
                `subnetIds[${index}]`,
                `is "${subnetId}", which is in the list already. Write a subnet in another Availability Zone.`,
            );
        }
    });
}

function reportTargets(args: EncryptedEdgeArgs, report: Report): void {
    report("targetProtocol", choiceProblem(args.targetProtocol, ["HTTPS", "HTTP"]));
    report("targetType", choiceProblem(args.targetType, ["ip", "instance"]));
    report("targetPort", integerProblem(args.targetPort, 1, 65535, "port"));
    report("healthCheckPath", pathProblem(args.healthCheckPath, 1024));
    const matcher = args.healthCheckMatcher;
    if (matcher !== undefined && !isMatcher(matcher)) {
        report(
            "healthCheckMatcher",
            `is ${JSON.stringify(matcher)}; status codes lie between 200 and 499. Write one ("200"), several ("200,302") or a range ("200-299").`,
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

function reportCachedPaths(cachedPaths: string[] | undefined, report: Report): void {
    cachedPaths?.forEach((path, index) => {
        const wrong = pathProblem(path, 255);
        report(`cachedPaths[${index}]`, wrong);
        if (wrong === undefined && /^\/\*+$/.test(path)) {
            report(
                `cachedPaths[${index}]`,
                `is "${path}", which is every path; responses made for one viewer would be shown to others. Write the paths of static files, for example "/assets/*".`,
            );
        }
        if (cachedPaths.indexOf(path) < index) {
            report(`cachedPaths[${index}]`, `is "${path}", which is in the list already. Leave it out.`);
        }
    });
}

function reportCountedRules(countedRules: string[] | undefined, report: Report): void {
    countedRules?.forEach((countedRule, index) => {
        const [group, rule, ...rest] = String(countedRule).split(":");
        const known = managedRuleGroups.some((candidate) => candidate.name === group);
        if (!known || !rule || !/^[\w-]{1,128}$/.test(rule) || rest.length > 0) {
            const groups = managedRuleGroups.map((candidate) => candidate.name).join(", ");
            report(
                `countedRules[${index}]`,
                `is "${countedRule}"; it is one of the groups ${groups}, a colon, and a rule of it. Write, for example, "AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY".`,
            );
        }
        if (countedRules.indexOf(countedRule) < index) {
            report(`countedRules[${index}]`, `is "${countedRule}", which is in the list already. Leave it out.`);
        }
    });
}

function textProblem(value: unknown): string | undefined {
    return typeof value === "string"
        ? undefined
        : `is ${JSON.stringify(value) ?? "missing"}; a text is needed. Write, for example, "www.example.com".`;
}

function pathProblem(path: string | undefined, longest: number): string | undefined {
    if (
        path === undefined ||
        (typeof path === "string" && /^\/[\w\-.*$/~"'@:+&?=%]*$/.test(path) && path.length <= longest)
    ) {
        return undefined;
    }
    const fix =
        typeof path === "string" && !path.startsWith("/") ? ` Write "/${path}".` : ' Write, for example, "/assets/*".';
    return `is ${JSON.stringify(path)}; a path begins with a slash and has at most ${longest} letters, digits and marks that a URL allows.${fix}`;
}

function integerProblem(value: number | undefined, least: number, most: number, unit: string): string | undefined {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) {
        return undefined;
    }
    const nearest =
        typeof value === "number" && value > most ? most : Math.max(least, Math.round(Number(value)) || least);
    return `is ${JSON.stringify(value)} (${unit}); a whole number from ${least} to ${most} is allowed. Write ${nearest}.`;
}

function choiceProblem<T extends string | number | boolean>(value: T | undefined, allowed: T[]): string | undefined {
    if (value === undefined || allowed.includes(value)) {
        return undefined;
    }
    const meant =
        allowed.find((candidate) => String(candidate).toLowerCase() === String(value).toLowerCase()) ?? allowed[0];
    return `is ${JSON.stringify(value)}; allowed are ${allowed.join(", ")}. Write ${String(meant)}.`;
}

/** Only a value that is written out can be judged; an output is left to AWS. */
function idProblem(id: unknown, prefix: string, need: "required" | "optional" = "optional"): string | undefined {
    if (id === undefined || id === null || id === "") {
        return need === "required" || id === ""
            ? `is missing. Write an id such as "${prefix}-0123456789abcdef0".`
            : undefined;
    }
    return typeof id === "string" && !new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id)
        ? `is "${id}"; such an id is "${prefix}-" and 8 to 17 hexadecimal digits. Write, for example, "${prefix}-0123456789abcdef0".`
        : undefined;
}

function listOf<T>(list: unknown): T[] | undefined {
    return Array.isArray(list) ? (list as T[]) : undefined;
}
