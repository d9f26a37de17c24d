import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest, type GetSchemaResponse } from "@pulumi/pulumi/proto/provider_pb";
import stored from "../../components/schema.json";
import manifest from "../../components/package.json";
import { Consumer, unpack } from "./consumer";

/** What `pulumi new` writes since 3.229: options that the compiler within the SDK does not know. */
const modernProject = { compilerOptions: { strict: true, target: "ES2022", module: "nodenext" } };

describe("the packed component as a plugin", function () {
    this.timeout("20m");
    let consumer: Consumer;
    let place: string;

    before(() => {
        consumer = new Consumer();
        place = path.join(consumer.folder, "node_modules", "@encrypted-edge", "encrypted-edge");
        consumer.write("tsconfig.json", JSON.stringify(modernProject));
    });

    after(() => consumer.remove());

    /** Starts a plugin as the engine does, and asks for its schema. */
    async function schemaOf(command: string, args: readonly string[], environment = {}): Promise<unknown> {
        const child = spawn(command, [...args, "127.0.0.1:1"], {
            cwd: consumer.folder,
            env: { ...process.env, ...environment },
            stdio: ["ignore", "pipe", "pipe"],
        });
        let errors = "";
        child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        try {
            const port = await new Promise<number>((resolve, reject) => {
                child.stdout.once("data", (chunk: Buffer) => resolve(Number.parseInt(chunk.toString(), 10)));
                child.on("close", (code) => reject(new Error(`ended with ${code}: ${errors}`)));
            });
            const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
            const response = await new Promise<GetSchemaResponse>((resolve, reject) => {
                client.getSchema(new GetSchemaRequest(), (error, answer) =>
                    error === null ? resolve(answer) : reject(error),
                );
            });
            client.close();
            return JSON.parse(response.getSchema()) as unknown;
        } finally {
            child.kill("SIGKILL");
        }
    }

    it("holds no TypeScript that a compiler could read", () => {
        const files = fs.readdirSync(place, { recursive: true, encoding: "utf8" });
        assert.deepEqual(
            files.filter((file) => /(?<!\.d)\.ts$|tsconfig/.test(file)),
            [],
        );
        assert.ok(files.includes("schema.json"));
    });

    it("answers with the stored schema by itself, although no compiler may be registered", async () => {
        const refused = consumer.write(
            "refuseCompiler.cjs",
            `const { Module } = require("node:module");
const load = Module._load;
Module._load = function (name, ...rest) {
    if (/(^|[\\\\/])ts-node([\\\\/@]|$)/.test(name)) {
        throw new Error("a compiler was loaded: " + name);
    }
    return load.call(this, name, ...rest);
};
`,
        );
        const command = path.join(consumer.folder, "node_modules", ".bin", "pulumi-resource-encrypted-edge");
        const environment = { NODE_OPTIONS: `--require ${JSON.stringify(refused)}` };
        assert.deepEqual(await schemaOf(command, [], environment), stored);
    });

    it("answers so through the Node language host, too, which finds it by its folder", async () => {
        const script = createRequire(path.join(place, "package.json")).resolve("@pulumi/pulumi/cmd/run-plugin");
        assert.deepEqual(await schemaOf(process.execPath, [script, place]), stored);
    });

    it("is the components themselves for who imports it by its name", () => {
        const load = createRequire(path.join(consumer.folder, "index.js"));
        const library = load(manifest.name) as Record<string, unknown>;
        assert.deepEqual(
            ["EncryptedEdge", "EdgeRoute"].map((name) => typeof library[name]),
            ["function", "function"],
        );
    });

    it("gives its schema to the engine as an installed package", async () => {
        const { output } = await consumer.succeed(
            consumer.folder,
            ...["package", "get-schema", "./node_modules/.bin/pulumi-resource-encrypted-edge"],
        );
        assert.deepEqual((JSON.parse(output) as typeof stored).resources, stored.resources);
    });

    it("gives its schema to the engine as an unpacked tarball, for which only what it needs to run is installed", async () => {
        const folder = path.join(consumer.folder, "package");
        unpack(consumer.tarballs.components, folder);
        // Until there is a release, no registry has the shared package; and of the peers this folder has all already.
        const file = path.join(folder, "package.json");
        const { dependencies, ...rest } = JSON.parse(fs.readFileSync(file, "utf8")) as typeof manifest;
        const shared = { "@encrypted-edge/common": `file:${consumer.tarballs.common}` };
        consumer.write("development/package.json", JSON.stringify({ name: "development", version: "1.0.0" }));
        const development = { development: "file:../development" };
        const changed = { ...rest, dependencies: { ...dependencies, ...shared }, devDependencies: development };
        fs.writeFileSync(file, JSON.stringify(changed));
        fs.writeFileSync(path.join(folder, ".npmrc"), "legacy-peer-deps=true\npackage-lock=false\n");
        const { output } = await consumer.succeed(consumer.folder, "package", "get-schema", "./package");
        assert.deepEqual((JSON.parse(output) as typeof stored).resources, stored.resources);
        assert.deepEqual(
            fs
                .readdirSync(path.join(folder, "node_modules"))
                .filter((name) => !name.startsWith("."))
                .sort(),
            ["@encrypted-edge", "fastest-levenshtein", "ipaddr.js"],
        );
    });
});
