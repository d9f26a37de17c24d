import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { refuseStaleBuild } from "./build";

describe("A build of the component", () => {
    const directory = mkdtempSync(path.join(tmpdir(), "build-"));
    const write = (file: string, second: number) => {
        writeFileSync(path.join(directory, file), "");
        utimesSync(path.join(directory, file), second, second);
    };
    mkdirSync(path.join(directory, "bin"));
    after(() => rmSync(directory, { recursive: true }));

    it("is used while no source is newer", () => {
        write("edge.ts", 1000);
        write("edge.test.ts", 3000);
        write("bin/.tsbuildinfo", 2000);
        refuseStaleBuild(directory);
    });

    it("is refused, with the command that renews it, when a source is newer or nothing was built", () => {
        const stale = (error: unknown) =>
            pulumi.RunError.isInstance(error) &&
            /edge\.ts\. Run "npm run build"/.test(error.message) &&
            !error.message.includes("test.ts");
        write("edge.ts", 2001);
        assert.throws(() => refuseStaleBuild(directory), stale);
        rmSync(path.join(directory, "bin"), { recursive: true });
        assert.throws(() => refuseStaleBuild(directory), stale);
    });
});
