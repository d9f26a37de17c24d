import { filledText, number, object, objects, texts } from "../aws/account";
import { arnOf, type DeployedAccount, type DeployedResource, isPresent, type Properties } from "./deployedAccount";
import type { SentRequest } from "./messages";
import { contains } from "./securityGroups";
import { pathOf, queryOf } from "./urls";
import { matchesWildcard } from "../aws/services";

/** An action of a listener or a rule, in the words of the Pulumi AWS provider. */
export type Action = Properties;

/**
 * The actions for a request: those of the first rule whose conditions all hold, by priority, or the listener's default.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function actionsFor(account: DeployedAccount, listener: DeployedResource, request: SentRequest): Action[] {
    const rule = account
        .all("ListenerRule")
        .filter((one) => one.properties.listenerArn === arnOf(listener))
        .sort((a, b) => (number(a.properties.priority) ?? 0) - (number(b.properties.priority) ?? 0))
        .find((one) => {
            const conditions = objects(one.properties.conditions);
            return conditions.length > 0 && conditions.every((condition) => holds(condition, request));
        });
    const actions = objects(rule === undefined ? listener.properties.defaultActions : rule.properties.actions);
    return [...actions].sort((a, b) => (number(a.order) ?? 0) - (number(b.order) ?? 0));
}

/**
 * One condition may hold several kinds of test only one at a time in AWS; a kind that this data plane does not know
 * never holds, so that nothing gets through by being unknown.
 */
function holds(condition: Properties, request: SentRequest): boolean {
    const tests = Object.entries(condition).filter(([, value]) => isPresent(value));
    return tests.length > 0 && tests.every(([kind, value]) => holdsOne(kind, value, request));
}

function holdsOne(kind: string, value: unknown, request: SentRequest): boolean {
    switch (kind) {
        case "httpHeader": {
            const name = (filledText(object(value).httpHeaderName) ?? "").toLowerCase();
            const sent = request.headers[name];
            const values = sent === undefined ? [] : Array.isArray(sent) ? sent : [sent];
            return texts(object(value).values).some((pattern) => values.some((one) => matchesInAnyCase(pattern, one)));
        }
        case "hostHeader":
            return texts(object(value).values).some((pattern) => matchesInAnyCase(pattern, request.host));
        case "pathPattern":
            return texts(object(value).values).some((pattern) => matchesWildcard(pattern, pathOf(request.url)));
        case "httpRequestMethod":
            return texts(object(value).values).includes(request.method);
        case "sourceIp":
            return texts(object(value).values).some((range) => contains(range, request.source));
        case "queryStrings": {
            const pairs = [...new URLSearchParams(queryOf(request.url))];
            return objects(value).some((wanted) =>
                pairs.some(
                    ([key, one]) =>
                        (filledText(wanted.key) === undefined || matchesInAnyCase(filledText(wanted.key) ?? "", key)) &&
                        matchesInAnyCase(filledText(wanted.value) ?? "", one),
                ),
            );
        }
        default:
            return false;
    }
}

function matchesInAnyCase(pattern: string, value: string): boolean {
    return matchesWildcard(pattern.toLowerCase(), value.toLowerCase());
}
