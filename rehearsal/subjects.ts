import { appendFileSync, readFileSync } from "node:fs";

/** A resource of a run, and whether its provider models more of it than its typings say. */
export interface Subject {
    readonly urn: string;
    readonly type: string;
    readonly isModelled: boolean;
    /** The program has it no more: the run has deleted it. */
    readonly isDeleted?: boolean;
    /** What AWS takes, and what the program's owner should know of it all the same. */
    readonly warning?: string;
    /** Of a provider: the version that the program's SDK asks for, and that of the types by which it is checked. */
    readonly versions?: { readonly asked: string; readonly checked: string };
}

/** Notes a resource in the file that the run was given for that, so that the run can tell in the end what was modelled. */
export function noteSubject(subject: Subject, file = process.env.REHEARSAL_SUBJECTS): void {
    if (file !== undefined && file !== "") {
        appendFileSync(file, `${JSON.stringify(subject)}\n`);
    }
}

/** The resources that were noted, each once, and once more where one was deleted; none where nothing was. */
export function readSubjects(file: string): Subject[] {
    let lines: string[];
    try {
        lines = readFileSync(file, "utf8").split("\n");
    } catch {
        return [];
    }
    const subjects = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Subject);
    return [...new Map(subjects.map((subject) => [`${subject.urn} ${subject.isDeleted}`, subject])).values()];
}
