import * as path from "node:path";

/** Where one project's rehearsal keeps what it must not forget. All of it may be deleted: the next run starts over. */
export interface RehearsalPaths {
    /** `<project>/.rehearsal`, ignored by git. */
    root: string;
    /** PULUMI_HOME: plugins and workspaces of the rehearsal. */
    home: string;
    /** The file backend that holds the stacks' states. */
    backend: string;
    /** What the AWS on this machine holds. */
    account: string;
    /** The passphrase of the rehearsed stacks' secrets, made once. */
    passphrase: string;
    /** The stack files as the engine sees them. */
    stackFiles: string;
}

/** @param projectDirectory the directory that holds Pulumi.yaml. */
export function rehearsalPaths(projectDirectory: string): RehearsalPaths {
    const root = path.join(path.resolve(projectDirectory), ".rehearsal");
    return {
        root,
        home: path.join(root, "home"),
        backend: path.join(root, "backend"),
        account: path.join(root, "account"),
        passphrase: path.join(root, "passphrase"),
        stackFiles: path.join(root, "stacks"),
    };
}
