/** The path of a property in the resource that the program holds, by the name under which the rules know it. */
type PathOf = (name: string) => string;

const paths = new WeakMap<object, PathOf>();

/** Remembers where the properties of an object are written, so that messages name what the program holds. */
export function write(holder: object, pathOf: PathOf): void {
    paths.set(holder, pathOf);
}

/** Moves some properties of an object: `move` has the path that one had, and undefined where none was remembered. */
export function rewrite(holder: object, move: (name: string, before: string | undefined) => string): void {
    const before = paths.get(holder);
    paths.set(holder, (name) => move(name, before?.(name)));
}

/** The path of a property as the program writes it; undefined for an object that was not translated. */
export function writtenAt(holder: unknown, name: string): string | undefined {
    return typeof holder === "object" && holder !== null ? paths.get(holder)?.(name) : undefined;
}

/** `pathTo("metadata.annotations", "a/b")` is `metadata.annotations["a/b"]`. */
export function pathTo(path: string, key: string): string {
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}
