import type { Answer } from "./ask";
import { attempt } from "./bounded";
import type { Asked, Endpoint } from "./endpoint";
import { inWords } from "./errorWords";
import { type Conclusion, curl, type Port, type Probe, type ProbeContext } from "./probe";

/** A request that harms nothing and that a published rule of a managed group blocks. */
interface Blocked {
    readonly group: string;
    readonly rule: string;
    readonly query?: string;
    readonly headers?: Asked["headers"];
}

/**
 * One request or two for each of AWS's groups for any web application. The parameter has a name that no application
 * has, so that what reaches one is ignored.
 *
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const blocked: readonly Blocked[] = [
    { group: "AWSManagedRulesCommonRuleSet", rule: "NoUserAgent_HEADER", headers: { "user-agent": undefined } },
    {
        group: "AWSManagedRulesCommonRuleSet",
        rule: "SizeRestrictions_QUERYSTRING",
        query: `verify-edge=${"0".repeat(2100)}`,
    },
    {
        group: "AWSManagedRulesCommonRuleSet",
        rule: "GenericLFI_QUERYARGUMENTS",
        query: "verify-edge=../../../../etc/passwd",
    },
    {
        group: "AWSManagedRulesKnownBadInputsRuleSet",
        rule: "Log4JRCE_QUERYSTRING",
        query: "verify-edge=$%7Bjndi:ldap://127.0.0.1/verify-edge%7D",
    },
    {
        group: "AWSManagedRulesSQLiRuleSet",
        rule: "SQLi_QUERYARGUMENTS",
        query: "verify-edge=1%27%20UNION%20SELECT%20null,null--%20",
    },
];

/** Whether a firewall stands before the application at all, seen by what it blocks. */
export function firewallProbe(context: ProbeContext, name: string, secure: Port): Probe {
    const { network, path } = context;
    return {
        probe: "viewer-firewall",
        hop: "viewer to CloudFront",
        name,
        expected: "the edge blocks requests that AWS's managed rules block, and lets an ordinary one pass",
        source: "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html",
        reproduce: curl(network, `https://${name}${path}`, { more: "-H 'User-Agent:'" }),
        run: () => {
            const modelled = network?.modelledRuleGroups;
            const asked = blocked.filter(({ group }) => network === undefined || modelled?.includes(group));
            return network !== undefined && asked.length === 0
                ? Promise.resolve({
                      verdict: "cannot tell",
                      seen: "the contents of managed rule groups are AWS's own, and no part of those that are enabled here is modelled",
                  })
                : secure.atFirstOfEachFamily((endpoint) => judgeFirewall(endpoint, asked, path));
        },
    };
}

async function judgeFirewall(endpoint: Endpoint, asked: readonly Blocked[], path: string): Promise<Conclusion> {
    const ordinary = await attempt(endpoint.answer);
    if (ordinary instanceof Error) {
        return { verdict: "cannot tell", seen: inWords(ordinary) };
    }
    if (isEdgesOwn(ordinary)) {
        return { verdict: "cannot tell", seen: `an ordinary request does not pass either: status ${ordinary.status}` };
    }
    const outcomes = await Promise.all(
        asked.map(async ({ rule, query, headers }) => {
            const separator = path.includes("?") ? "&" : "?";
            const answer = await attempt(() =>
                endpoint.ask({ path: query === undefined ? path : `${path}${separator}${query}`, headers }),
            );
            // Where the application does not name itself, CloudFront puts its name on the application's errors, too; then
            // only the status that AWS WAF gives by default counts.
            const named = ordinary.headers.server?.join() !== "CloudFront";
            const stopped = !(answer instanceof Error) && isEdgesOwn(answer) && isBlock(answer.status, named);
            return { rule, stopped, said: answer instanceof Error ? inWords(answer) : `status ${answer.status}` };
        }),
    );
    const stopped = outcomes.filter((one) => one.stopped).map((one) => one.rule);
    const passed = outcomes.filter((one) => !one.stopped).map((one) => one.rule);
    const evidence = Object.fromEntries(outcomes.map(({ rule, said }) => [rule, said]));
    if (stopped.length === 0) {
        const seen = `none of ${outcomes.length} requests was blocked that AWS's managed rules block: no firewall is seen here`;
        return { verdict: "fail", seen, evidence };
    }
    const rest = passed.length === 0 ? "" : `; not blocked: ${passed.join(", ")}`;
    return {
        verdict: "pass",
        seen: `blocked: ${stopped.join(", ")}${rest}; an ordinary request passes (status ${ordinary.status}). This proves that a firewall acts here, not that it stops every attack`,
        evidence,
    };
}

/** Statuses with which an edge says that a request is malformed, too long or misdirected, or breaks. */
const noBlocks = new Set([400, 404, 405, 408, 411, 413, 414, 416, 417, 421, 431]);

/** A web ACL answers 403 unless it is told to answer something else. */
function isBlock(status: number, named: boolean): boolean {
    return status === 403 || (named && status < 500 && !noBlocks.has(status));
}

/** An error that the edge answered itself: it puts its own name where an origin would have put its. */
function isEdgesOwn({ status, headers }: Answer): boolean {
    return status >= 400 && headers.server?.join() === "CloudFront";
}
