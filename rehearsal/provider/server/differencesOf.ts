import { same, type Values } from "./propertyValues";
import type { Difference } from "./provider";

/** Which properties differ at the top, Pulumi's own `__` keys aside. @param replaces whether any of them replaces */
export function differencesOf(olds: Values, news: Values, replaces: boolean): Difference[] {
    return [...new Set([...Object.keys(olds), ...Object.keys(news)])]
        .filter((name) => !name.startsWith("__") && !same(olds[name], news[name]))
        .map((path) => ({
            path,
            kind: olds[path] === undefined ? "add" : news[path] === undefined ? "delete" : "update",
            replaces,
        }));
}
