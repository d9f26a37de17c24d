import {
    type Given,
    groupsProblems,
    type InnerProblem,
    type ValueSpec,
    id,
    healthCheckPathProblem,
    matcherProblem,
    choice,
    integer,
    isDeferred,
    itemProblems,
    listOf,
    listProblem,
    plainValueNeeded,
    shown,
} from "../checks/index";
import type { RouteArgs, RouteRuleArgs } from "./routeArgs";
import { actionsTogetherProblems, loginFields } from "./loginSpecs";
import { targetFields, targetProtocol, targetType } from "./targetSpecs";

/** Values that a rule has room for besides three of the secret. Source: ELB user guide, "Quotas" (five values a rule). */
const mostValues = 2;

/** The arguments of a route that say which requests are meant and how their targets are reached. */
export const routeSpecs = {
    priority: { form: "number", required: true, check: priorityProblem },
    paths: { form: "list", default: [], check: pathsProblems },
    hosts: { form: "list", default: [], check: hostsProblems },
    targetProtocol: { form: "text", default: "HTTPS", check: targetProtocol },
    targetPort: {
        form: "number",
        default: ({ targetProtocol }: RouteRuleArgs) => (targetProtocol === "HTTP" ? 80 : 443),
        check: integer(1, 65535, "port"),
    },
    targetType: { form: "text", default: "ip", check: targetType },
    blueGreenEnabled: { form: "boolean", default: false, check: choice(true, false) },
    healthCheckPath: { form: "text", default: "/", check: healthCheckPathProblem },
    healthCheckMatcher: { form: "text", default: "200", check: matcherProblem },
    ...loginFields,
    targets: targetFields,
} as const;

/** The arguments of a route in the list of an edge. */
export const routeItemSpecs = {
    name: { form: "text", required: true, check: routeNameProblem },
    ...routeSpecs,
} as const;

/** Where the edge is, for a route that stands by itself. */
export const connectionSpecs: Readonly<Record<string, ValueSpec>> = {
    listenerArn: { form: "text", required: true, check: listenerArnProblem },
    originSecretValues: { form: "list", required: true, secret: true, check: secretValuesProblem },
    loadBalancerSecurityGroupId: { form: "text", required: true, check: id("sg") },
    vpcId: { form: "text", required: true, check: id("vpc") },
};

/** What is wrong with paths and names as one rule has to hold them. */
export function togetherProblems(route: Pick<RouteRuleArgs, "paths" | "hosts">): InnerProblem[] {
    const { paths, hosts } = route as Given;
    const actions = actionsTogetherProblems(route);
    const count = (listOf(paths) ?? []).length + (listOf(hosts) ?? []).length;
    if (isDeferred(paths) || isDeferred(hosts) || (count > 0 && count <= mostValues)) {
        return actions;
    }
    return [
        ...actions,
        [
            "paths",
            count === 0
                ? 'is empty, and so is hosts, so the route would take every request. Write, for example, paths: ["/api/*"].'
                : `and hosts have ${count} values; a rule has room for ${mostValues} besides the secret. Use a route for each, or a wildcard.`,
        ],
    ];
}

/** The routes of an edge: each right by itself, and no two with one name or priority. */
export function routesProblems(routes: unknown): string | readonly InnerProblem[] {
    return groupsProblems(routes, {
        owner: "a route",
        example: '{ name: "api", priority: 100, paths: ["/api/*"] }',
        fields: routeItemSpecs,
        further: (route, { groups, index, isRight }) => [
            ...(isRight ? togetherProblems(route) : []),
            ...["name", "priority"].flatMap((key): InnerProblem[] =>
                route[key] !== undefined && groups.slice(0, index).some((other) => other[key] === route[key])
                    ? [[key, `is ${shown(route[key])}, which another route has. Write another one.`]]
                    : [],
            ),
        ],
    });
}

/** Names of AWS are made of the edge's name and the route's: together at most 20 characters. */
export function routeNamesProblems(edge: string, routes: readonly RouteArgs[]): InnerProblem[] {
    return routes.flatMap(({ name }, index): InnerProblem[] => {
        const most = 19 - edge.length;
        return name.length > most
            ? [
                  [
                      `routes[${index}].name`,
                      `is ${shown(name)}; after "${edge}-" there is room for ${most} characters. Write a shorter name.`,
                  ],
              ]
            : [];
    });
}

function routeNameProblem(name: unknown): string | undefined {
    return typeof name === "string" && /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(name)
        ? undefined
        : `is ${shown(name)}; a route's name has letters, digits and inner hyphens. Write, for example, "api".`;
}

function priorityProblem(priority: unknown): string | undefined {
    return priority === undefined
        ? "is missing. Write a number from 1 to 49999 that no other rule of the listener has; lower numbers are evaluated first."
        : (integer(1, 49_999, "priority")(priority, {}) as string | undefined);
}

/** Source of length and marks: Elastic Load Balancing user guide, "Path conditions". */
function pathsProblems(paths: unknown): string | readonly InnerProblem[] {
    return (
        listProblem(paths, "/api/*") ??
        itemProblems(paths, (path) => {
            if (isDeferred(path)) {
                return plainValueNeeded;
            }
            if (typeof path !== "string" || !/^\/[\w.$/~"'@:+&*?-]{0,127}$/.test(path)) {
                return `is ${shown(path)}; a path begins with a slash, has at most 128 characters, and besides letters and digits only _-.$/~"'@:+& and the wildcards * and ?. Write, for example, "/api/*".`;
            }
            return /^[/*?]*\*[/*?]*$/.test(path)
                ? `is ${shown(path)}, which is every path. Write the paths of the service, for example "/api/*".`
                : undefined;
        })
    );
}

function hostsProblems(hosts: unknown): string | readonly InnerProblem[] {
    return (
        listProblem(hosts, "api.example.com") ??
        itemProblems(hosts, (host) => {
            if (isDeferred(host)) {
                return plainValueNeeded;
            }
            return typeof host === "string" && /^(?!.*\.\.)[a-z0-9*?][a-z0-9*?.-]{0,126}\.[a-z0-9-]+$/.test(host)
                ? undefined
                : `is ${shown(host)}; it is one of the edge's names in lower case, at most 128 characters, where * and ? are wildcards. Write, for example, "api.example.com".`;
        })
    );
}

function listenerArnProblem(arn: unknown): string | undefined {
    const legal =
        typeof arn === "string" && /^arn:aws[\w-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener\/app\/./.test(arn);
    return legal || isDeferred(arn)
        ? undefined
        : `is ${shown(arn)}; it is the ARN of a listener. Write the edge's output listenerArn.`;
}

/** The values themselves are never shown. */
function secretValuesProblem(values: unknown): string | undefined {
    return isDeferred(values) || (Array.isArray(values) && values.length > 0)
        ? undefined
        : `is ${typeof values === "string" ? "a text" : shown(values)}; without the secret, the load balancer would answer requests that did not come through the edge. Write the edge's output originSecretValues.`;
}
