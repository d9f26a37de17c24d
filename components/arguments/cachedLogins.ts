import { type InnerProblem, shown } from "../checks/index";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import type { AuthenticateCognitoArgs, AuthenticateOidcArgs } from "./loginArgs";

interface Login {
    readonly authenticateOidc?: AuthenticateOidcArgs;
    readonly authenticateCognito?: AuthenticateCognitoArgs;
}

/**
 * Cached paths that a rule with a login takes. The session is in cookies, of which a cached path has none, so nobody would
 * ever be logged in there: each answer would lead to the provider again.
 */
export function cachedLoginsProblems(args: EncryptedEdgeArgs): InnerProblem[] {
    const cached = [
        ...(args.cacheBehaviors ?? []).map(({ path }, index) => [`cacheBehaviors[${index}].path`, path] as const),
        ...(args.cachedPaths ?? []).map((path, index) => [`cachedPaths[${index}]`, path] as const),
    ];
    // Targets of cached paths see the origin's name, so no route with hosts ever takes them.
    const routes = (args.routes ?? [])
        .filter(({ hosts = [], paths = [] }) => hosts.length === 0 && paths.length > 0)
        .sort((one, other) => one.priority - other.priority);
    return cached.flatMap(([place, path]): InnerProblem[] => {
        const taken = routes.findIndex(
            (route) => !demandsLogin(route) && (route.paths ?? []).some((other) => covers(other, path)),
        );
        const before = taken < 0 ? routes : routes.slice(0, taken);
        const route = before.find((one) => demandsLogin(one) && (one.paths ?? []).some((other) => meet(path, other)));
        const where =
            route !== undefined
                ? `the route ${shown(route.name)} has a login`
                : taken < 0 && demandsLogin(args)
                  ? "the site has a login"
                  : undefined;
        return where === undefined
            ? []
            : [
                  [
                      place,
                      `is ${shown(path)}, but ${where}, and a cached path gets no cookies, so viewers would have to log in again and again. Leave the path out, or give it a route without a login and with a lower priority number.`,
                  ],
              ];
    });
}

/** Whether nobody without a session reaches the targets. */
function demandsLogin({ authenticateOidc, authenticateCognito }: Login): boolean {
    const login = authenticateOidc ?? authenticateCognito ?? undefined;
    return login !== undefined && login.onUnauthenticatedRequest !== "allow";
}

/** Whether a pattern matches everything that the other one does; true of fewer pairs than it could be, never of more. */
export function covers(pattern: string, other: string): boolean {
    const isWildcard = (mark: string) => mark === "*" || mark === "?";
    // A wildcard of the other pattern is matched by an asterisk only.
    return together(pattern, other, {
        anyNumber: (mark) => mark === "*",
        anyNumberOfOther: () => false,
        alike: (mark, text) => mark === text || (mark === "?" && !isWildcard(text)),
    });
}

/** Whether some path matches both patterns. */
export function meet(one: string, other: string): boolean {
    const anyNumber = (mark: string) => mark === "*";
    return together(one, other, {
        anyNumber,
        anyNumberOfOther: anyNumber,
        alike: (mark, text) => mark === text || mark === "?" || text === "?",
    });
}

/** Whether two patterns can be read to their ends together, in time that grows with the product of their lengths. */
function together(
    one: string,
    other: string,
    marks: {
        readonly anyNumber: (mark: string) => boolean;
        readonly anyNumberOfOther: (mark: string) => boolean;
        readonly alike: (mark: string, text: string) => boolean;
    },
): boolean {
    let next: boolean[] = [];
    for (let index = one.length; index >= 0; index--) {
        const here: boolean[] = [];
        for (let place = other.length; place >= 0; place--) {
            const [mark, text] = [one[index], other[place]];
            const [skipOne, skipOther, skipBoth] = [next[place], here[place + 1], next[place + 1]].map(Boolean);
            here[place] =
                (mark === undefined && text === undefined) ||
                (mark !== undefined && marks.anyNumber(mark) && Boolean(skipOne || skipOther)) ||
                (text !== undefined && marks.anyNumberOfOther(text) && Boolean(skipOne || skipOther)) ||
                (mark !== undefined && text !== undefined && marks.alike(mark, text) && Boolean(skipBoth));
        }
        next = here;
    }
    return next[0] ?? false;
}
