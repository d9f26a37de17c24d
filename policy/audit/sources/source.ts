/** One place that a stack's state is read from. */
export type Source = FileSource | StandardInputSource | BackendSource | MissingSource;

/** An exported state or a checkpoint file of a backend that lies in a folder. */
export interface FileSource {
    readonly kind: "file";
    readonly path: string;
    /** The stack's name where the place tells it; else it is read from the state. */
    readonly stack?: string;
}

/** The content is read once, by the main thread: a worker has no standard input. */
export interface StandardInputSource {
    readonly kind: "standard input";
    readonly content: Uint8Array;
}

/** A stack that the `pulumi` CLI exports. */
export interface BackendSource {
    readonly kind: "backend";
    /** `organization/project/stack`, as `pulumi stack ls` writes it. */
    readonly stack: string;
    /** Backend URL; the one that the CLI is logged in to where left out. */
    readonly backend?: string;
    /** When the stack last changed, as the backend says; a stack that says nothing is read again each time. */
    readonly lastUpdate?: string;
}

/** A target that gives no state at all; it is reported like a state that cannot be read. */
export interface MissingSource {
    readonly kind: "missing";
    readonly target: string;
    readonly problem: string;
}

/** How a source is called in reports. A password in a backend's URL is left out. */
export function nameOfSource(source: Source): string {
    switch (source.kind) {
        case "file":
            return source.path;
        case "standard input":
            return "standard input";
        case "backend":
            return source.backend === undefined ? source.stack : `${withoutPassword(source.backend)} ${source.stack}`;
        case "missing":
            return withoutPassword(source.target);
    }
}

/** Leaves out what stands between `//` and `@` in a URL: a password, a token or an access key. */
export function withoutPassword(text: string): string {
    return text.replace(/(\w:\/\/)[^\s/@]*@/g, "$1[secret]@");
}
