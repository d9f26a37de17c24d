/** The path of a property in the resource that the program holds, by the name under which the rules know it. */
type PathOf = (name: string) => string;

/** How the program spells a name that the rules know. */
export type Spelling = (name: string) => string;

interface Writing {
    readonly pathOf: PathOf;
    /** For what is missing further below. */
    readonly spelling?: Spelling | undefined;
}

const writings = new WeakMap<object, Writing>();

/** Remembers where the properties of an object are written, so that messages name what the program holds. */
export function write(holder: object, pathOf: PathOf, spelling?: Spelling): void {
    writings.set(holder, { pathOf, spelling });
}

/** Moves some properties of an object: `move` has the path that one had, and undefined where none was remembered. */
export function rewrite(holder: object, move: (name: string, before: string | undefined) => string): void {
    const before = writings.get(holder);
    write(holder, (name) => move(name, before?.pathOf(name)), before?.spelling);
}

/** How an object is written; undefined for one that was not translated. */
export function writingOf(holder: unknown): Writing | undefined {
    return typeof holder === "object" && holder !== null ? writings.get(holder) : undefined;
}

/** The path of a property as the program writes it; undefined for an object that was not translated. */
export function writtenAt(holder: unknown, name: string): string | undefined {
    return writingOf(holder)?.pathOf(name);
}

/** `pathTo("metadata.annotations", "a/b")` is `metadata.annotations["a/b"]`. */
export function pathTo(path: string, key: string): string {
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
}
