import { type DeployedAccount, number, object, objects, text, texts } from "./deployedAccount";
import { contains } from "./securityGroups";

/** What the firewall said of a request. */
export interface WebAclVerdict {
    readonly blocked: boolean;
    /** Status to answer with. */
    readonly status: number;
    /** Name of the rule that decided; undefined for the default action. */
    readonly rule?: string;
}

/**
 * The web ACL of a distribution, as far as it can be rehearsed: default action, IP sets, rate limits by source address,
 * and `not`, `and`, `or` over those. Everything else, the contents of managed rule groups above all, is not modelled:
 * such a rule never decides, and `notModelled` names it.
 *
 * A rate limit takes hold at once; AWS needs some tens of seconds to notice.
 * Source: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export class WebAcl {
    private readonly requests = new Map<string, number[]>();
    private readonly rules: Readonly<Record<string, unknown>>[];

    constructor(
        private readonly account: DeployedAccount,
        private readonly properties: Readonly<Record<string, unknown>>,
    ) {
        this.rules = objects(properties.rules).sort((a, b) => (number(a.priority) ?? 0) - (number(b.priority) ?? 0));
    }

    /** Names of the rules that decide nothing here. */
    get notModelled(): string[] {
        return this.rules
            .filter((rule) => !isModelled(object(rule.statement)))
            .map((rule) => text(rule.name) ?? "unnamed");
    }

    judge(source: string, now = Date.now()): WebAclVerdict {
        for (const rule of this.rules) {
            const action = object(rule.action);
            const decides = ["block", "allow"].find((one) => isPresent(action[one]));
            const statement = object(rule.statement);
            if (
                isModelled(statement) &&
                this.matches(statement, `${text(rule.name)}`, source, now) &&
                decides !== undefined
            ) {
                return verdict(decides, action, text(rule.name));
            }
        }
        const standard = object(this.properties.defaultAction);
        return verdict(isPresent(standard.block) ? "block" : "allow", standard, undefined);
    }

    private matches(statement: Readonly<Record<string, unknown>>, path: string, source: string, now: number): boolean {
        if (isPresent(statement.ipSetReferenceStatement)) {
            const set = this.account.find("IpSet", object(statement.ipSetReferenceStatement).arn);
            return texts(set?.properties.addresses).some((range) => contains(range, source));
        }
        if (isPresent(statement.rateBasedStatement)) {
            return this.exceeds(object(statement.rateBasedStatement), path, source, now);
        }
        const parts = (kind: string) => objects(object(statement[kind]).statements);
        if (isPresent(statement.notStatement)) {
            return parts("notStatement").every((one, index) => !this.matches(one, `${path}/${index}`, source, now));
        }
        if (isPresent(statement.andStatement)) {
            return parts("andStatement").every((one, index) => this.matches(one, `${path}/${index}`, source, now));
        }
        return parts("orStatement").some((one, index) => this.matches(one, `${path}/${index}`, source, now));
    }

    private exceeds(statement: Readonly<Record<string, unknown>>, path: string, source: string, now: number): boolean {
        const scope = object(statement.scopeDownStatement);
        if (isPresent(statement.scopeDownStatement) && !this.matches(scope, `${path}/scope`, source, now)) {
            return false;
        }
        const window = 1000 * (number(statement.evaluationWindowSec) ?? 300);
        const key = `${path} ${statement.aggregateKeyType === "CONSTANT" ? "" : source}`;
        const recent = (this.requests.get(key) ?? []).filter((time) => time > now - window);
        recent.push(now);
        this.requests.set(key, recent);
        return recent.length > (number(statement.limit) ?? Infinity);
    }
}

function isModelled(statement: Readonly<Record<string, unknown>>): boolean {
    const kinds = Object.keys(statement).filter((kind) => isPresent(statement[kind]));
    return (
        kinds.length === 1 &&
        kinds.every((kind) => {
            const content = object(statement[kind]);
            switch (kind) {
                case "ipSetReferenceStatement":
                    return !isPresent(content.ipSetForwardedIpConfig);
                case "rateBasedStatement":
                    return (
                        ["IP", "CONSTANT", undefined].includes(text(content.aggregateKeyType)) &&
                        (!isPresent(content.scopeDownStatement) || isModelled(object(content.scopeDownStatement)))
                    );
                case "notStatement":
                case "andStatement":
                case "orStatement":
                    return objects(content.statements).every(isModelled);
                default:
                    return false;
            }
        })
    );
}

function isPresent(value: unknown): boolean {
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function verdict(decides: string, action: Readonly<Record<string, unknown>>, rule: string | undefined): WebAclVerdict {
    const custom = object(object(action.block).customResponse);
    return { blocked: decides === "block", status: number(custom.responseCode) ?? 403, rule };
}
