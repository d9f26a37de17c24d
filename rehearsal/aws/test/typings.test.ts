import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Typings } from "../../provider";

const sdk = path.dirname(require.resolve("@pulumi/aws/package.json"));

describe("typings of @pulumi/aws", () => {
    const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });

    it("every resource class derives, with its inputs and outputs", function () {
        this.timeout(120_000);
        let count = 0;
        for (const folder of readdirSync(sdk, { withFileTypes: true }).filter(
            (entry) => entry.isDirectory() && entry.name !== "types",
        )) {
            for (const file of readdirSync(path.join(sdk, folder.name)).filter((name) => name.endsWith(".js"))) {
                const code = readFileSync(path.join(sdk, folder.name, file), "utf8");
                const token = /__pulumiType = '([^']*)'/.exec(code)?.[1];
                if (token === undefined) {
                    continue;
                }
                count++;
                const typing = typings.resource(token);
                assert.ok(typing !== undefined, `${token} does not derive`);
                // The code names the same inputs and required ones: a second source for what the declarations say.
                const inputs = [
                    ...new Set(
                        [...code.matchAll(/resourceInputs\["(\w+)"\] = (?:\(?args\?|pulumi\.output\(\(?args)/g)].map(
                            (match) => match[1],
                        ),
                    ),
                ];
                const missing = inputs.filter((name) => typing.inputs[name ?? ""] === undefined);
                assert.deepEqual(missing, [], `${token} lacks inputs`);
                const required = [...code.matchAll(/args\?\.(\w+) === undefined && !opts\.urn/g)]
                    .map((match) => match[1])
                    .sort();
                const derived = Object.entries(typing.inputs)
                    .filter(([, property]) => property.required)
                    .map(([name]) => name)
                    .sort();
                assert.deepEqual(derived, required, `${token} has other required inputs`);
            }
        }
        assert.ok(count > 1500, `only ${count} resource classes were found`);
    });
    it("knows the regions, of version 2 of the package too", () => {
        const directory = mkdtempSync(path.join(tmpdir(), "sdk-"));
        const installed = path.join(directory, "node_modules", "@pulumi", "aws");
        mkdirSync(installed, { recursive: true });
        writeFileSync(path.join(installed, "package.json"), '{"name":"@pulumi/aws","version":"2.13.1"}');
        writeFileSync(
            path.join(installed, "region.d.ts"),
            'export declare let USEast1Region: Region;\nexport declare type Region = "eu-south-1" | "us-east-1";\n',
        );
        const old = new Typings({ packageName: "@pulumi/aws", projectDirectory: directory });
        assert.deepEqual([old.version, old.regions], ["2.13.1", ["eu-south-1", "us-east-1"]]);
        rmSync(directory, { recursive: true });
        assert.ok(typings.regions.includes("eu-central-1"));
    });
    it("reads types, enumerations, bounds, replacement and secrets", () => {
        const listener = typings.resource("aws:lb/listener:Listener");
        assert.deepEqual(listener?.inputs.alpnPolicy?.values, [
            "HTTP1Only",
            "HTTP2Only",
            "HTTP2Optional",
            "HTTP2Preferred",
            "None",
        ]);
        assert.deepEqual(listener?.inputs.defaultActions?.type, {
            kind: "array",
            of: { kind: "object", name: "lb.ListenerDefaultAction" },
        });
        assert.equal(typings.object("lb.ListenerDefaultAction").type?.required, true);
        assert.ok(typings.resource("aws:rds/instance:Instance")?.secrets.includes("password"));
        const rule = typings.resource("aws:cloudwatch/eventRule:EventRule");
        assert.deepEqual([rule?.inputs.eventBusName?.default, rule?.inputs.state?.default], ["default", "ENABLED"]);
        assert.equal(typings.resource("aws:lb/nothing:Nothing"), undefined);
        assert.equal(typings.resource("aws:../../x:X"), undefined);
    });
});
