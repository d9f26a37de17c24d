import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PassThrough, Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";

import { standardOutput, terminal, writeOut } from "./standardOutput";

describe("standard output", () => {
    let folder: string;
    const opened = new Set<number>();
    const open = (place: string, flags: string | number) => {
        const descriptor = openSync(place, flags);
        opened.add(descriptor);
        return descriptor;
    };
    const close = (descriptor: number) => {
        opened.delete(descriptor);
        closeSync(descriptor);
    };
    /** Both ends of a pipe, neither of which waits. */
    const pipe = (name: string) => {
        const place = path.join(folder, name);
        assert.equal(spawnSync("mkfifo", [place]).status, 0);
        const reader = open(place, constants.O_RDONLY | constants.O_NONBLOCK);
        return { reader, writer: open(place, constants.O_WRONLY | constants.O_NONBLOCK) };
    };
    const noStream = () => assert.fail("the stream was made");

    before(() => {
        folder = mkdtempSync(path.join(tmpdir(), "output-"));
    });
    after(() => {
        opened.forEach(closeSync);
        rmSync(folder, { recursive: true });
    });

    it("is written without a stream into a file, every piece in its order", async () => {
        const file = path.join(folder, "file");
        await writeOut(["one ", "", "zwölf ", "three"], { descriptor: open(file, "w"), stream: noStream });
        assert.equal(readFileSync(file, "utf8"), "one zwölf three");
    });

    it("says by the system's own error that it cannot be written", async () => {
        const descriptor = open(path.join(folder, "file"), "r");
        await assert.rejects(writeOut(["text"], { descriptor, stream: noStream }), { code: "EBADF" });
    });

    it("of a pipe whose reader is slow is written to the last byte, and holds one piece at a time", async () => {
        const { reader, writer } = pipe("slow");
        const pieces = [1, 2, 3, 4].map((number) => String(number).repeat(200_000));
        const socket = new Socket({ fd: writer, readable: false, writable: true });
        opened.delete(writer);
        let given = 0;
        let held = 0;
        const counted = function* () {
            for (const piece of pieces) {
                held = Math.max(held, socket.writableLength);
                given++;
                yield piece;
            }
        };
        const written = writeOut(counted(), { descriptor: writer, stream: () => socket });
        await turn();
        assert.equal(given, 1);
        const read: Buffer[] = [];
        const buffer = Buffer.alloc(50_000);
        const all = pieces.join("");
        for (let length = 0; length < all.length; await turn()) {
            try {
                const count = readSync(reader, buffer);
                read.push(Buffer.from(buffer.subarray(0, count)));
                length += count;
            } catch (error) {
                assert.equal((error as NodeJS.ErrnoException).code, "EAGAIN");
            }
        }
        await written;
        socket.destroy();
        assert.ok(Buffer.concat(read).toString() === all);
        assert.equal(held, 0);
    });

    it("of a pipe whose reader has gone ends the process as a broken pipe does, once it is done", async () => {
        const { reader, writer } = pipe("gone");
        close(reader);
        const before = process.listeners("exit");
        const taken: string[] = [];
        const pieces = function* () {
            for (const piece of ["one", "two"]) {
                taken.push(piece);
                yield piece;
            }
        };
        await writeOut(pieces(), { descriptor: writer, stream: noStream });
        assert.deepEqual(taken, ["one"]);
        const { exitCode } = process;
        const [end, ...others] = process.listeners("exit").filter((listener) => !before.includes(listener));
        assert.ok(end !== undefined && others.length === 0);
        process.removeListener("exit", end);
        process.exitCode = undefined;
        try {
            end(0);
            assert.equal(process.exitCode, 141);
        } finally {
            process.exitCode = exitCode;
        }
    });

    it("of a device is written by its stream, which a terminal needs", async () => {
        const stream = new PassThrough();
        await writeOut(["one ", "two"], { descriptor: open("/dev/null", "w"), stream: () => stream });
        assert.equal(String(stream.read()), "one two");
    });

    it("is a terminal only where it is a device, and has columns there", () => {
        const stream = Object.assign(new Writable(), { isTTY: true, columns: 80 });
        const device = terminal({ descriptor: open("/dev/null", "w"), stream: () => stream });
        assert.deepEqual([device.isTTY, device.columns], [true, 80]);
        const file = open(path.join(folder, "file"), "w");
        assert.deepEqual(terminal({ descriptor: file, stream: noStream }), {});
    });

    it("has one listener for its errors, which ends the process and says why", () => {
        const exit: unknown = Reflect.get(process, "exit");
        const before = process.stdout.listeners("error");
        standardOutput();
        assert.equal(standardOutput(), process.stdout);
        const added = process.stdout.listeners("error").filter((listener) => !before.includes(listener));
        const listeners = [...new Set(process.stdout.listeners("error"))];
        assert.equal(process.stdout.listeners("error").length, listeners.length);
        const [end] = added.length > 0 ? added : before.slice(-1);
        const answer = (error: Error) => {
            let said = "";
            const codes: unknown[] = [];
            Object.assign(process, {
                exit: (code: number) => {
                    codes.push(code);
                    throw new Error("ended");
                },
            });
            process.stderr.write = (text: unknown) => {
                said += String(text);
                return true;
            };
            try {
                assert.throws(() => end?.(error), /^Error: ended$/);
            } finally {
                Object.assign(process, { exit });
                // What the stream's class offers shows again.
                Reflect.deleteProperty(process.stderr, "write");
            }
            return [codes, said];
        };
        const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
        assert.deepEqual(answer(Object.assign(new Error("EPIPE"), { code: "EPIPE" })), [[141], ""]);
        assert.deepEqual(answer(full), [
            [3],
            "standard output could not be written: no space is left on its device.\n",
        ]);
        assert.deepEqual(answer(new Error("odd")), [[3], "standard output could not be written: odd.\n"]);
    });
});
