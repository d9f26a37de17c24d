import { at, isObject, type Value } from "../../provider";

/** What AWS refuses of tags, whatever they are on. Source: AWS General Reference, "Tag naming limits and requirements". */
export function tagProblems(tags: Value): (readonly [property: string, reason: string])[] {
    const all = isObject(tags) ? Object.entries(tags).filter(([key]) => !key.startsWith("__")) : [];
    const problems = all.flatMap(([key, value]) => [
        ...(/^aws:/i.test(key) ? [[at("tags", key), 'begins with "aws:", which AWS keeps for itself.'] as const] : []),
        ...([...key].length > 128 ? [[at("tags", key), "has a key of more than 128 characters."] as const] : []),
        ...(typeof value === "string" && [...value].length > 256
            ? [[at("tags", key), `has ${[...value].length} characters; AWS allows 256.`] as const]
            : []),
    ]);
    return all.length > 50 ? [...problems, ["tags", `has ${all.length} tags; AWS allows 50.`]] : problems;
}
