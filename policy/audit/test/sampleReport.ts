import { rules } from "../../rules";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { formats, type Format } from "../outputs";
import { makeReport, type AuditReport } from "../report";
import { distributionType, protocolPath, urnOf } from "./estate";

/** A report of everything that an output has to show. */
export const rule = "cloudfront-origin-https-only";
/** A name that would break out of an attribute, an element, a script, a line of a terminal or an XML document. */
export const hostile = `web"'><img src=x onerror=alert(1)></script><script>alert(2)</script>]]>&amp;\u001b[2J\u0000\ud800`;

export function textOf(format: Format, report: AuditReport): string {
    return [...formats[format](report)].join("");
}

export function result(name: string, more: Partial<AuditedResult> = {}): AuditedResult {
    return {
        rule,
        severity: "high",
        level: "mandatory",
        ruleLevel: "mandatory",
        kind: "violation",
        urn: urnOf("dev", name),
        path: protocolPath,
        message: `Origin "alb" of ${name} may be reached in clear. Write "https-only".`,
        type: distributionType,
        name,
        parents: [urnOf("dev", `around-${name}`, "shop:index:Shop")],
        ...more,
    };
}

export const exempted = { urn: urnOf("dev", "old"), reason: "is replaced in May", expires: "2027-01-01" };
export const stacks: AuditedStack[] = [
    { stack: "shop/clean", source: "states/clean.json", resources: 7, problems: [], results: [] },
    {
        stack: "shop/dev",
        source: "states/dev & test.json",
        resources: 5,
        problems: [],
        results: [
            result("advised", { level: "advisory" }),
            result("old", { level: "advisory", exempted }),
            result("unknown", { level: "advisory", kind: "cannot tell", path: undefined }),
            result("web"),
            result(hostile, { message: `${hostile} is open` }),
            result("whole", { urn: undefined, name: undefined, type: undefined, parents: [] }),
        ],
    },
    {
        stack: "states/broken.json",
        source: "states/broken.json",
        resources: 0,
        problems: ["The file is empty."],
        results: [],
    },
    { stack: hostile, source: `s3://states ${hostile}`, resources: 1, problems: [hostile], results: [] },
];
export const pack = { name: "encrypted-edge-policy", version: "1.2.3" };
export const report = makeReport({ pack, rules, failOn: "mandatory", stacks, remaining: 0 });

export const one = (...results: AuditedResult[]) => [{ ...(stacks[0] as AuditedStack), results }];

/** Two rules, for outputs that list all of them. */
export const few = rules.filter(({ name }) => [rule, "cloudfront-web-acl"].includes(name));
const acl = { rule: "cloudfront-web-acl", severity: "medium", level: "advisory" } as const;
const exemptedMessage = `old has no web ACL.\nExempted until ${exempted.expires}: ${exempted.reason}`;
const fixed = ["n0", "n1", "n2", "n3", "n4", "n5", "n6"].map((name) => ({
    stack: "shop/dev",
    rule,
    urn: urnOf("dev", name),
    path: "origins",
    count: 1,
}));

/** A stack with each kind of result, one that cannot be read and a clean one, with a baseline and an interruption. */
export const crowded = makeReport({
    pack,
    rules: few,
    failOn: "cannot-tell",
    remaining: 2,
    baseline: { isBaselined: (_, index) => index === 10, fixed, shrunk: [] },
    stacks: [
        stacks[0] as AuditedStack,
        {
            stack: "shop/dev",
            source: "shop/dev",
            resources: 1234,
            problems: [],
            results: [
                ...["a", "b", "c", "d"].map((name) => result(name)),
                result("e", acl),
                result("f", {
                    ...acl,
                    path: "",
                    urn: urnOf("dev", "f"),
                    name: undefined,
                    type: undefined,
                    parents: [],
                }),
                result("g", { level: "advisory", kind: "cannot tell" }),
                result("old", { ...acl, exempted, message: exemptedMessage }),
                result("older", { ...acl, exempted }),
                result("x", {
                    kind: "unused exemption",
                    unused: { of: rule, urn: "*", reason: "soon", expires: exempted.expires },
                    message: "The exemption matches nothing.",
                }),
                result("known"),
            ],
        },
        stacks[2] as AuditedStack,
    ],
});
