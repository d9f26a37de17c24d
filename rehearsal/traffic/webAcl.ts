import { filledText, number, object, objects, texts } from "../aws/account";
import { type DeployedAccount, isPresent, type Properties } from "./deployedAccount";
import { decoded, type InspectedRequest, isGivenLabel, labelOf, managedRuleGroups } from "./managedRuleGroups";
import { contains } from "./securityGroups";
import { pathOf, queryOf } from "./urls";

/** What the firewall said of a request. */
export interface WebAclVerdict {
    readonly blocked: boolean;
    /** Status to answer with. */
    readonly status: number;
    /** Name of the rule that decided, of a managed group's with the rule inside; undefined for the default action. */
    readonly rule?: string;
}

/** A statement that is being asked, and its place in the web ACL: rate limits count by it. */
interface Asked {
    readonly request: InspectedRequest;
    readonly now: number;
    readonly place: string;
    /** What managed groups have said of the request so far. */
    readonly labels: Set<string>;
}

/**
 * The web ACL of a distribution, as far as it can be rehearsed: default action, IP sets, rate limits by source address,
 * text in path, query, method and headers, the published part of some managed rule groups and its labels, and `not`,
 * `and`, `or` over those. Everything else is not modelled: such a rule never decides, and `notModelled` names it.
 *
 * A rate limit takes hold at once; AWS needs some tens of seconds to notice.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class WebAcl {
    readonly #requests = new Map<string, number[]>();
    readonly #account: DeployedAccount;
    readonly #defaultAction: Properties;
    readonly #rules: readonly Properties[];
    /** Whether a request matches a statement, by its kind. */
    readonly #kinds: Readonly<Record<string, (content: Properties, asked: Asked) => boolean>> = {
        ipSetReferenceStatement: ({ arn }, { request }) =>
            texts(this.#account.find("IpSet", arn)?.properties.addresses).some((one) => contains(one, request.source)),
        rateBasedStatement: (content, asked) => this.#exceeds(content, asked),
        byteMatchStatement: (content, { request }) => matchesText(content, request),
        labelMatchStatement: ({ key }, { labels }) => labels.has(filledText(key) ?? ""),
        notStatement: (content, asked) => this.#parts(content, asked).every((matches) => !matches()),
        andStatement: (content, asked) => this.#parts(content, asked).every((matches) => matches()),
        orStatement: (content, asked) => this.#parts(content, asked).some((matches) => matches()),
    };

    constructor(account: DeployedAccount, properties: Properties) {
        this.#account = account;
        this.#defaultAction = object(properties.defaultAction);
        this.#rules = objects(properties.rules).sort((a, b) => (number(a.priority) ?? 0) - (number(b.priority) ?? 0));
    }

    /** Names of the rules that decide nothing here. */
    get notModelled(): string[] {
        return this.#rules.filter((rule) => !isModelled(object(rule.statement))).map(nameOf);
    }

    /** Names of the rules of which only what AWS publishes decides here. */
    get partlyModelled(): string[] {
        return this.#rules
            .filter(({ statement }) => isModelled(object(statement)) && managedGroup(object(statement)) !== undefined)
            .map(nameOf);
    }

    /** Whether any rule looks at bodies. */
    get inspectsBodies(): boolean {
        return this.partlyModelled.length > 0;
    }

    judge(request: InspectedRequest, now = Date.now()): WebAclVerdict {
        const labels = new Set<string>();
        for (const rule of this.#rules.filter((one) => isModelled(object(one.statement)))) {
            const statement = object(rule.statement);
            const asked = { request, now, place: nameOf(rule), labels };
            const decision =
                managedGroup(statement) === undefined
                    ? this.#ownDecision(rule, asked)
                    : this.#managedDecision(rule, object(statement.managedRuleGroupStatement), asked);
            if (decision !== undefined) {
                return decision;
            }
        }
        return verdict(this.#defaultAction, undefined);
    }

    #ownDecision(rule: Properties, asked: Asked): WebAclVerdict | undefined {
        const action = object(rule.action);
        // Counted before the action is looked at: a rate limit that only counts must see every request, too.
        const matches = this.#matches(object(rule.statement), asked);
        return matches && decides(action) ? verdict(action, nameOf(rule)) : undefined;
    }

    #managedDecision(rule: Properties, group: Properties, asked: Asked): WebAclVerdict | undefined {
        const scope = group.scopeDownStatement;
        if (isPresent(scope) && !this.#matches(object(scope), asked)) {
            return undefined;
        }
        const groupName = filledText(group.name) ?? "";
        const overridden = new Map([
            ...objects(group.excludedRules).map((one) => [filledText(one.name), { count: {} }] as const),
            ...objects(group.ruleActionOverrides).map(
                (one) => [filledText(one.name), object(one.actionToUse)] as const,
            ),
        ]);
        for (const [name, test] of managedRuleGroups[groupName] ?? []) {
            const action: Properties = overridden.get(name) ?? { block: {} };
            if (!test(asked.request)) {
                continue;
            }
            asked.labels.add(labelOf(groupName, name));
            if (decides(action)) {
                // The group has decided; what becomes of that is the web ACL's to say.
                return isPresent(object(rule.overrideAction).count)
                    ? undefined
                    : verdict(action, `${nameOf(rule)}, ${name}`);
            }
        }
        return undefined;
    }

    #matches(statement: Properties, asked: Asked): boolean {
        const [[kind = "", content] = []] = present(statement);
        return this.#kinds[kind]?.(object(content), asked) ?? false;
    }

    /** Each of the statements that a logical one joins, asked when it is called. */
    #parts(content: Properties, asked: Asked): (() => boolean)[] {
        return innerStatements(content).map(
            (one, index) => () => this.#matches(one, { ...asked, place: `${asked.place}/${index}` }),
        );
    }

    #exceeds(statement: Properties, asked: Asked): boolean {
        const { request, now, place } = asked;
        const scope = statement.scopeDownStatement;
        if (isPresent(scope) && !this.#matches(object(scope), { ...asked, place: `${place}/scope` })) {
            return false;
        }
        const window = 1000 * (number(statement.evaluationWindowSec) ?? 300);
        const limit = number(statement.limit) ?? Infinity;
        const key = `${place} ${statement.aggregateKeyType === "CONSTANT" ? "" : request.source}`;
        const times = this.#requests.get(key) ?? [];
        this.#requests.set(key, times);
        times.push(now);
        // One more than the limit tells whether it is exceeded; older ones are not kept.
        if (times.length > limit + 1) {
            times.shift();
        }
        return times.length > limit && (times[0] ?? now) > now - window;
    }
}

/** The name of the managed group of a statement whose published part is known. */
function managedGroup(statement: Properties): string | undefined {
    const { vendorName = "AWS", name } = object(statement.managedRuleGroupStatement);
    return vendorName === "AWS" && Object.hasOwn(managedRuleGroups, filledText(name) ?? "")
        ? filledText(name)
        : undefined;
}

const looks: Readonly<Record<string, (request: InspectedRequest, name: string) => string>> = {
    uriPath: ({ url }) => pathOf(url),
    queryString: ({ url }) => queryOf(url),
    method: ({ method }) => method,
    singleHeader: ({ headers }, name) => String(headers[name.toLowerCase()] ?? ""),
};

const transformations: Readonly<Record<string, (text: string) => string>> = {
    NONE: (one) => one,
    LOWERCASE: (one) => one.toLowerCase(),
    URL_DECODE: (one) => decoded(one).at(-1) ?? one,
    // Source: WAF developer guide, "Using text transformations in AWS WAF": no double slashes, no detours but at the
    // start.
    NORMALIZE_PATH: (one) => {
        const kept: string[] = [];
        for (const part of one.replace(/\/{2,}/g, "/").split("/")) {
            if (part === ".." && kept.length > 0 && kept.at(-1) !== "" && kept.at(-1) !== "..") {
                kept.pop();
            } else if (part !== ".") {
                kept.push(part);
            }
        }
        return kept.join("/");
    },
};

const positions: Readonly<Record<string, (found: string, wanted: string) => boolean>> = {
    EXACTLY: (found, wanted) => found === wanted,
    STARTS_WITH: (found, wanted) => found.startsWith(wanted),
    ENDS_WITH: (found, wanted) => found.endsWith(wanted),
    CONTAINS: (found, wanted) => found.includes(wanted),
    CONTAINS_WORD: (found, wanted) => found.split(/[^\w]+/).includes(wanted),
};

function matchesText(statement: Properties, request: InspectedRequest): boolean {
    const [[field = "", content] = []] = present(object(statement.fieldToMatch));
    const found = objects(statement.textTransformations)
        .sort((a, b) => (number(a.priority) ?? 0) - (number(b.priority) ?? 0))
        .reduce(
            (one, { type }) => transformations[String(type)]?.(one) ?? one,
            looks[field]?.(request, filledText(object(content).name) ?? "") ?? "",
        );
    const wanted = filledText(statement.searchString) ?? "";
    return positions[String(statement.positionalConstraint)]?.(found, wanted) ?? false;
}

function isModelledText(statement: Properties): boolean {
    const fields = present(object(statement.fieldToMatch)).map(([field]) => field);
    return (
        fields.length === 1 &&
        fields.every((field) => Object.hasOwn(looks, field)) &&
        Object.hasOwn(positions, String(statement.positionalConstraint)) &&
        objects(statement.textTransformations).every(({ type }) => Object.hasOwn(transformations, String(type)))
    );
}

/** Whether all that a statement says is known here, by its kind. */
const modelled: Readonly<Record<string, (content: Properties, statement: Properties) => boolean>> = {
    ipSetReferenceStatement: ({ ipSetForwardedIpConfig }) => !isPresent(ipSetForwardedIpConfig),
    rateBasedStatement: ({ aggregateKeyType }) => ["IP", "CONSTANT", undefined].includes(filledText(aggregateKeyType)),
    managedRuleGroupStatement: (_, statement) => managedGroup(statement) !== undefined,
    byteMatchStatement: isModelledText,
    labelMatchStatement: ({ scope, key }) => scope === "LABEL" && isGivenLabel(filledText(key) ?? ""),
    notStatement: areModelled,
    andStatement: areModelled,
    orStatement: areModelled,
};

function areModelled(content: Properties): boolean {
    return innerStatements(content).every(isModelled);
}

function isModelled(statement: Properties): boolean {
    const [[kind = "", given] = [], another] = present(statement);
    const content = object(given);
    const scope = content.scopeDownStatement;
    return (
        another === undefined &&
        modelled[kind]?.(content, statement) === true &&
        (!isPresent(scope) || isModelled(object(scope)))
    );
}

/** What `and`, `or` and `not` join; `not` has one, which the provider calls `statement`. */
function innerStatements({ statements, statement }: Properties): Properties[] {
    return [...objects(statements), ...(isPresent(statement) ? [object(statement)] : [])];
}

function nameOf(rule: Properties): string {
    return filledText(rule.name) ?? "unnamed";
}

function present(value: Properties): [string, unknown][] {
    return Object.entries(value).filter(([, content]) => isPresent(content));
}

function decides(action: Properties): boolean {
    return isPresent(action.block) || isPresent(action.allow);
}

function verdict(action: Properties, rule: string | undefined): WebAclVerdict {
    const custom = object(object(action.block).customResponse);
    return { blocked: isPresent(action.block), status: number(custom.responseCode) ?? 403, rule };
}
