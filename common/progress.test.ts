import assert from "node:assert/strict";
import { progressBar, showProgress } from "./progress";

/** What is written to a stream that is a terminal or none. */
function stream(isTTY: boolean, columns = 20): { readonly written: string[]; readonly to: NodeJS.WriteStream } {
    const written: string[] = [];
    const to = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
    return { written, to: to as Partial<NodeJS.WriteStream> as NodeJS.WriteStream };
}

/** Runs with a clock that goes on by these milliseconds each time it is read. */
function withClock(step: number, run: () => void): void {
    const { now } = Date;
    let time = 0;
    Date.now = () => (time += step);
    try {
        run();
    } finally {
        Date.now = now;
    }
}

describe("progress", () => {
    it("replaces one line on a terminal, cut to its width, and takes it away at the end", () => {
        const { written, to } = stream(true);
        withClock(200, () => {
            const progress = showProgress(to);
            progress.end();
            progress.update("one");
            progress.update("a text that is longer than the line");
            progress.note("Look.");
            progress.end();
        });
        assert.deepEqual(written, ["\r\u001b[Kone", "\r\u001b[Ka text that is long", "\r\u001b[K", "Look.\n"]);
    });

    it("shows no text for less than a tenth of a second", () => {
        const { written, to } = stream(true);
        withClock(60, () => {
            const progress = showProgress(to);
            ["one", "two", "three"].forEach((text) => progress.update(text));
        });
        assert.deepEqual(written, ["\r\u001b[Kone", "\r\u001b[Kthree"]);
    });

    it("writes a line now and then to a log", () => {
        const { written, to } = stream(false);
        withClock(1_000, () => {
            const progress = showProgress(to, { logInterval: 2_000 });
            ["one", "two", "three", "four", "five"].forEach((text) => progress.update(text));
            progress.end();
        });
        assert.deepEqual(written, ["two\n", "four\n"]);
    });

    it("begins a log with the first update where that is asked for", () => {
        const { written, to } = stream(false);
        withClock(1_000, () => {
            const progress = showProgress(to, { logInterval: 3_000, atOnce: true });
            ["one", "two", "three", "four"].forEach((text) => progress.update(text));
        });
        assert.deepEqual(written, ["one\n", "four\n"]);
    });

    it("obeys no control character of a name", () => {
        const { written, to } = stream(false);
        showProgress(to, { atOnce: true }).update("a\u001b[2J\nb\u202e");
        assert.deepEqual(written, ["a\uFFFD[2J\uFFFDb\uFFFD\n"]);
    });

    it("draws a bar", () => {
        assert.equal(progressBar(1, 3, "web"), `[${"#".repeat(10)}${"-".repeat(20)}] 1/3 web`);
        assert.equal(progressBar(0, 0, ""), `[${"-".repeat(30)}] 0/0`);
        assert.equal(progressBar(5, 3, ""), `[${"#".repeat(30)}] 5/3`);
    });
});
