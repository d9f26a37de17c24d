import assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";

interface Loaded {
    readonly exports: { answer: () => number; separator: () => string; folder: string };
    readonly keep: () => void;
}

const { loadCompiled } = createRequire(__filename)("../compiledBundle.js") as {
    loadCompiled: (file: string) => Loaded;
};

const sourceFor = (answer: number) =>
    `exports.answer = () => ${answer};\n` +
    'exports.separator = () => require("node:path").sep;\n' +
    'exports.folder = require("node:path").basename(__dirname);\n';

describe("a bundle that was compiled before", () => {
    let folder: string;
    let bundle: string;
    let cache: string;

    beforeEach(() => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "compiled-bundle-"));
        bundle = path.join(folder, "cli.js");
        cache = path.join(folder, "cli.cache");
        fs.writeFileSync(bundle, sourceFor(41));
    });

    afterEach(() => {
        fs.rmSync(folder, { recursive: true, force: true });
    });

    /** Loads it, and says whether what an earlier run compiled was used: then there is nothing to keep. */
    function load(): { answer: number; wasCompiled: boolean } {
        const written = () => fs.statSync(cache, { throwIfNoEntry: false })?.ino;
        const { exports, keep } = loadCompiled(bundle);
        const answer = exports.answer();
        const earlier = written();
        keep();
        return { answer, wasCompiled: earlier !== undefined && earlier === written() };
    }

    it("is used again as it was compiled", () => {
        assert.deepEqual(load(), { answer: 41, wasCompiled: false });
        assert.deepEqual(load(), { answer: 41, wasCompiled: true });
        assert.deepEqual(fs.readdirSync(folder).sort(), ["cli.cache", "cli.js"]);
    });

    it("knows its place and finds packages, compiled now or before", () => {
        for (const time of ["now", "before"]) {
            const { exports, keep } = loadCompiled(bundle);
            assert.equal(exports.folder, path.basename(folder), time);
            assert.equal(exports.separator(), path.sep, time);
            keep();
        }
    });

    it("is compiled anew when its text is another one of the same length", () => {
        load();
        fs.writeFileSync(bundle, sourceFor(42));
        assert.deepEqual(load(), { answer: 42, wasCompiled: false });
        assert.deepEqual(load(), { answer: 42, wasCompiled: true });
    });

    it("is compiled anew when what was kept is damaged or cut off", () => {
        load();
        const whole = fs.readFileSync(cache);
        const damaged = Buffer.from(whole);
        damaged.writeUInt8(damaged.readUInt8(damaged.length - 9) ^ 0xff, damaged.length - 9);
        for (const content of [damaged, whole.subarray(0, whole.length - 40), Buffer.alloc(0)]) {
            fs.writeFileSync(cache, content);
            assert.deepEqual(load(), { answer: 41, wasCompiled: false });
        }
    });

    for (const name of ["cli.js", "pack.js", "worker.js"]) {
        it(`holds no import() in ${name}, which a kept script cannot do`, () => {
            const bundled = fs.readFileSync(path.join(__dirname, "..", "bundle", name), "utf8");
            assert.equal(/(?<![\w.$])import\(/.exec(bundled)?.index, undefined);
        });
    }

    it("is kept once, however often its owner asks for it", () => {
        const { keep } = loadCompiled(bundle);
        keep();
        fs.rmSync(cache);
        keep();
        assert.equal(fs.existsSync(cache), false);
    });

    it("runs where nothing can be kept, and leaves nothing behind", () => {
        fs.mkdirSync(cache);
        assert.equal(load().answer, 41);
        assert.deepEqual(fs.readdirSync(folder).sort(), ["cli.cache", "cli.js"]);
    });
});
