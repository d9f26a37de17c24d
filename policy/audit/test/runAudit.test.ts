import assert from "node:assert/strict";
import * as path from "node:path";

import type { AuditAnswer } from "../auditSource";
import type { AuditedStack } from "../auditedStack";
import { Journal } from "../journal";
import { runAudit, type Auditor, type AuditRun } from "../runAudit";
import { nameOfSource, type Source } from "../sources";
import { temporaryFolder } from "./estate";

const conditions = {
    packVersion: "1.0.0",
    ruleNames: [],
    policyConfiguration: {},
    engine: false,
    showSecrets: false,
    day: "2026-01-01",
};

const open = (place: string | undefined) => new Journal(place, assert.fail, conditions);

const file = (name: string): Source => ({ kind: "file", path: name });
const files = (...names: string[]) => names.map(file);
const inBackend = (stack: string, lastUpdate?: string, backend?: string): Source => ({
    kind: "backend",
    stack,
    lastUpdate,
    backend,
});

function stackOf(source: Source): AuditedStack {
    const name = nameOfSource(source);
    return { stack: `shop/${name}`, source: name, resources: 1, problems: [], results: [] };
}

const judge: Auditor = ({ source }) => Promise.resolve({ kind: "judged", stack: stackOf(source) });

describe("audit: a run over many sources", () => {
    const folder = temporaryFolder();
    after(() => folder.remove());
    let count = 0;
    const journalFile = () => path.join(folder.path, `journal-${count++}`);

    async function run(sources: readonly Source[], audit: Auditor, more: Partial<AuditRun> = {}) {
        const progress: string[] = [];
        const asked: string[] = [];
        const result = await runAudit({
            sources,
            task: { cli: { command: "pulumi", showSecrets: false } },
            audit: (task, signal) => {
                asked.push(nameOfSource(task.source));
                return audit(task, signal);
            },
            parallel: 2,
            journal: open(undefined),
            signal: new AbortController().signal,
            onProgress: (done, total, { source }, resumed) =>
                progress.push(`${done}/${total} ${source}${resumed ? " resumed" : ""}`),
            ...more,
        });
        return { ...result, progress, asked, names: result.stacks.map(({ source }) => source) };
    }

    it("answers in the order of the sources, whichever is done first, and counts as they are done", async () => {
        let release = (): void => undefined;
        const othersAreDone = new Promise<void>((resolve) => (release = resolve));
        const slow: Auditor = async (task, signal) => {
            const name = nameOfSource(task.source);
            if (name === "a") {
                await othersAreDone;
            } else if (name === "c") {
                // Once its answer has been counted.
                setImmediate(release);
            }
            return judge(task, signal);
        };
        const { names, progress, remaining, resumed } = await run(files("a", "b", "c"), slow);
        assert.deepEqual(names, ["a", "b", "c"]);
        assert.deepEqual(progress, ["1/3 b", "2/3 c", "3/3 a"]);
        assert.deepEqual([remaining, resumed], [0, 0]);
    });

    for (const [parallel, most] of [
        [3, 3],
        [1, 1],
        [0, 1],
    ] as const) {
        it(`has ${most} under way at a time for --parallel ${parallel}, and hands on what the audit was told`, async () => {
            let under = 0;
            let peak = 0;
            const policyConfiguration = { all: "advisory" };
            const task = { cli: { command: "other", showSecrets: true }, policyConfiguration };
            const audit: Auditor = async ({ source, ...rest }) => {
                assert.deepEqual(rest, task);
                peak = Math.max(peak, ++under);
                await new Promise((resolve) => setTimeout(resolve, 1));
                under--;
                return { kind: "judged", stack: stackOf(source) };
            };
            const { stacks } = await run(files("a", "b", "c", "d", "e"), audit, { parallel, task });
            assert.equal(peak, most);
            assert.deepEqual(
                stacks.flatMap(({ problems }) => problems),
                [],
            );
        });
    }

    it("has nothing to say of no sources", async () => {
        const { stacks, remaining, resumed } = await run([], judge);
        assert.deepEqual({ stacks, remaining, resumed }, { stacks: [], remaining: 0, resumed: 0 });
    });

    describe("that is interrupted", () => {
        /** Judges `a`, and is interrupted while `b` is under way. */
        const interrupted = (end: (task: Parameters<Auditor>[0]) => Promise<AuditAnswer>, journal?: Journal) => {
            const interruption = new AbortController();
            const audit: Auditor = (task, signal) => {
                assert.equal(signal, interruption.signal);
                if (nameOfSource(task.source) === "a") {
                    return judge(task, signal);
                }
                interruption.abort();
                return end(task);
            };
            return run(files("a", "b", "c"), audit, {
                parallel: 1,
                signal: interruption.signal,
                ...(journal && { journal }),
            });
        };

        it("starts no other, and keeps what was done", async () => {
            const ends: Record<string, (task: Parameters<Auditor>[0]) => Promise<AuditAnswer>> = {
                "an answer after the interruption": ({ source }) =>
                    Promise.resolve({ kind: "judged", stack: stackOf(source) }),
                "a thread that was stopped": () => Promise.reject(new Error("aborted")),
            };
            for (const [title, end] of Object.entries(ends)) {
                const { names, remaining, asked } = await interrupted(end);
                assert.deepEqual([names, remaining, asked], [["a"], 2, ["a", "b"]], title);
            }
        });

        it("goes on from its journal, in which what was done before stays", async () => {
            const place = journalFile();
            open(place).add(["earlier"], stackOf(file("earlier")));
            await interrupted(() => Promise.reject(new Error("aborted")), open(place));
            assert.ok(open(place).get("earlier"));
        });

        it("before it began asks for nothing", async () => {
            const { asked, remaining } = await run(files("a"), judge, { signal: AbortSignal.abort() });
            assert.deepEqual([asked, remaining], [[], 1]);
        });
    });

    describe("where the audit of a state fails", () => {
        const problemsOf = async (error: unknown) => {
            const broken: Auditor = (task, signal) =>
                nameOfSource(task.source) === "broken"
                    ? // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a library may throw anything
                      Promise.reject(error)
                    : judge(task, signal);
            const { stacks, remaining } = await run(files("a", "broken", "c"), broken);
            assert.deepEqual(
                stacks.map(({ source, problems }) => [source, problems.length]),
                [
                    ["a", 0],
                    ["broken", 1],
                    ["c", 0],
                ],
            );
            assert.equal(remaining, 0);
            return String(stacks[1]?.problems[0]);
        };

        it("counts that one as unreadable, judges the others, and tells the kind of error but not its words", async () => {
            for (const [error, named] of [
                [new RangeError("hunter2"), "(RangeError)"],
                [Object.assign(new Error("hunter2"), { code: "ERR_OTHER" }), "(ERR_OTHER)"],
                [Object.assign(new Error("hunter2"), { code: 5 }), "(Error)"],
                ["hunter2", "(string)"],
                [undefined, "(undefined)"],
                [null, "(object)"],
            ] as const) {
                const problem = await problemsOf(error);
                assert.ok(problem.includes(named), problem);
                assert.ok(!problem.includes("hunter2"), problem);
            }
        });

        it("names the options that help where the memory did not suffice", async () => {
            const problem = await problemsOf(Object.assign(new Error("heap"), { code: "ERR_WORKER_OUT_OF_MEMORY" }));
            assert.match(problem, /--max-old-space-size=/);
            assert.match(problem, /--parallel/);
        });
    });

    describe("with a journal", () => {
        const again = (place: string, sources: readonly Source[], audit: Auditor = judge) =>
            run(sources, audit, { journal: open(place) });

        it("exports a stack of a backend again only where it changed, or where the backend does not say", async () => {
            const place = journalFile();
            const known = inBackend("acme/shop/dev", "monday", "s3://a");
            const untold = inBackend("acme/shop/untold");
            const first = await again(place, [known, untold]);
            assert.deepEqual([first.asked.length, first.resumed], [2, 0]);
            const second = await again(place, [known, untold]);
            assert.deepEqual([second.asked, second.resumed], [["acme/shop/untold"], 1]);
            assert.equal(second.progress[0], "1/2 s3://a acme/shop/dev resumed");
            assert.deepEqual(second.stacks, [known, untold].map(stackOf));
            const others = [
                inBackend("acme/shop/dev", "tuesday", "s3://a"),
                inBackend("acme/shop/prod", "monday", "s3://a"),
                inBackend("acme/shop/dev", "monday", "s3://b"),
                inBackend("acme/shop/dev", "monday"),
            ];
            const third = await again(place, [known, ...others]);
            assert.deepEqual([third.asked.length, third.resumed, third.remaining], [others.length, 1, 0]);
        });

        it("keeps after a whole run what that run used, from the journal or not", async () => {
            const place = journalFile();
            const [one, two] = [inBackend("one", "monday"), inBackend("two", "monday")];
            await again(place, [one, two]);
            await again(place, [one]);
            const { asked, resumed } = await again(place, [one, two]);
            assert.deepEqual([asked, resumed], [["two"], 1]);
        });

        it("reads again what could not be read", async () => {
            const place = journalFile();
            const unreadable: Auditor = ({ source }) =>
                Promise.resolve({ kind: "judged", hash: "x", stack: { ...stackOf(source), problems: ["Cut off."] } });
            const source = inBackend("dev", "monday");
            await again(place, [source], unreadable);
            assert.equal(open(place).get("x"), undefined);
            const { asked, stacks } = await again(place, [source]);
            assert.deepEqual([asked, stacks], [["dev"], [stackOf(source)]]);
        });

        it("writes nothing of a state that neither its place nor a hash finds again", async () => {
            const journal = open(journalFile());
            await run(files("a"), judge, { journal });
            assert.deepEqual([...journal.keys], []);
        });

        const hashed: Auditor = ({ source }) =>
            Promise.resolve({ kind: "judged", hash: "same", stack: stackOf(source) });
        const known: Auditor = () => Promise.resolve({ kind: "known", hash: "same" });

        it("takes the verdict of a state that was seen, under the name of where it is now", async () => {
            const place = journalFile();
            await again(place, files("a"), hashed);
            const elsewhere: Source[] = [
                file("b"),
                { kind: "file", path: "c", stack: "acme/c" },
                inBackend("organization/shop/d"),
            ];
            const { stacks, resumed, progress } = await again(place, elsewhere, known);
            assert.deepEqual(
                stacks.map(({ stack, source, resources }) => [stack, source, resources]),
                [
                    ["shop/a", "b", 1],
                    ["acme/c", "c", 1],
                    ["shop/d", "organization/shop/d", 1],
                ],
            );
            assert.equal(resumed, 3);
            assert.ok(progress.every((line) => line.endsWith(" resumed")));
            const { resumed: kept } = await again(place, files("a"), known);
            assert.equal(kept, 1);
        });

        it("calls a state that names no stack by where it is now", async () => {
            const place = journalFile();
            const nameless: Auditor = ({ source }) =>
                Promise.resolve({
                    kind: "judged",
                    hash: "same",
                    stack: { ...stackOf(source), stack: nameOfSource(source) },
                });
            await again(place, files("a"), nameless);
            const { stacks } = await again(place, files("b"), known);
            assert.deepEqual(
                stacks.map(({ stack, source }) => [stack, source]),
                [["b", "b"]],
            );
        });

        it("never passes a state whose verdict is not there", async () => {
            const { stacks, resumed } = await again(journalFile(), files("a"), known);
            assert.deepEqual(
                [stacks[0]?.problems, stacks[0]?.source, resumed],
                [["Its verdict was lost. Run again."], "a", 0],
            );
        });
    });
});
