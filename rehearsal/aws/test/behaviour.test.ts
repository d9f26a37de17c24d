import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { CreateRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { openAccount } from "../account";
import { resourceProviderService } from "../../provider/server/resourceProviderService";
import { Typings } from "../../provider";
import { RehearsedStack, unknownValue } from "./rehearsedStack";

const sdk = path.dirname(require.resolve("@pulumi/aws/package.json"));
const targetGroup = "aws:lb/targetGroup:TargetGroup";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";

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
        assert.equal(typings.resource("aws:lb/nothing:Nothing"), undefined);
        assert.equal(typings.resource("aws:../../x:X"), undefined);
    });
});

describe("the aws provider of the rehearsal", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed("eu-central-1", {
            defaultTags: JSON.stringify({ tags: { team: "edge" } }),
        });
    });
    afterEach(() => stack.remove());
    const target = async (more: object = {}) =>
        stack.create(targetGroup, { port: 443, protocol: "HTTPS", vpcId: await stack.vpcId(), ...more });

    it("says every mistake at once, with paths and the right spelling", () => {
        const { failures } = stack.check(targetGroup, {
            prot: "HTTPS",
            port: "https",
            targetType: "lambada",
            healthCheck: { pth: "/" },
        });
        const found = Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
        assert.match(
            found.prot ?? "",
            /no property of aws:lb\/targetGroup:TargetGroup. Write "port" if that was meant|Write "protocol"/,
        );
        assert.match(found.port ?? "", /is the string "https"; a number is needed/);
        assert.match(found.targetType ?? "", /is "lambada"; AWS allows .*"lambda"/);
        assert.match(found["healthCheck.pth"] ?? "", /"pth" is no property.*Write "path"/);
    });
    it("lets unknown values through a check", () => {
        const { failures } = stack.check(targetGroup, {
            port: unknownValue,
            protocol: unknownValue,
            vpcId: unknownValue,
            healthCheck: unknownValue,
        });
        assert.deepEqual(failures, []);
    });
    it("refuses regions that are none, and those of other partitions", () => {
        for (const region of ["Frankfurt", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]) {
            const [failure] = stack.provider.checkConfiguration({ region }).failures;
            assert.match(failure?.reason ?? "", /no region of the partition "aws".*Write one such as/, region);
        }
        assert.deepEqual(stack.provider.checkConfiguration({ region: "eu-central-1" }).failures, []);
    });
    it("names resources, keeps their names, and fills in region and default tags", async () => {
        const created = await target({ tags: { name: "a" } });
        assert.match(String(created.inputs.name), /^it-[0-9a-f]{7}$/);
        assert.equal(created.inputs.region, "eu-central-1");
        assert.deepEqual(created.properties.tagsAll, { team: "edge", name: "a" });
        assert.equal(stack.check(targetGroup, {}, created.inputs).inputs.name, created.inputs.name);
        assert.match(
            stack
                .check(targetGroup, {}, {}, "a".repeat(25))
                .failures.map(({ reason }) => reason)
                .join(),
            /has 33 characters; AWS allows 32/,
        );
    });
    it("finds no difference after an update or a refresh, and what changed behind its back", async () => {
        const created = await target();
        const { vpcId } = created.properties;
        const given = { port: 443, protocol: "HTTPS", vpcId };
        assert.deepEqual(stack.diff(created, given).differences, []);
        assert.deepEqual((await stack.read(created))?.inputs, created.inputs);
        const record = stack.account.get(targetGroup, created.id);
        assert.ok(record !== undefined);
        stack.account.put({ ...record, properties: { ...record.properties, protocol: "HTTP" } });
        const read = await stack.read(created);
        assert.equal(read?.inputs.protocol, "HTTP");
        assert.deepEqual(
            stack.diff({ ...created, ...read }, given).differences.map(({ path: place }) => place),
            ["protocol"],
        );
        stack.account.delete(record.type, record.id);
        assert.equal(await stack.read(created), undefined);
    });
    it("replaces where AWS cannot change, and deletes first where a fixed name stays", async () => {
        const created = await target();
        const { vpcId } = created.properties;
        assert.deepEqual(stack.diff(created, { port: 8443, protocol: "HTTPS", vpcId }), {
            differences: [{ path: "port", kind: "update", replaces: true }],
            deleteBeforeReplace: false,
        });
        assert.deepEqual(stack.diff(created, { port: 443, protocol: "HTTPS", vpcId, slowStart: 30 }).differences, [
            { path: "slowStart", kind: "add", replaces: false },
        ]);
        assert.equal(
            stack.diff(created, { port: 443, protocol: "HTTPS", vpcId, region: "eu-west-1" }).differences[0]?.replaces,
            true,
        );
        const named = await target({ name: "fixed" });
        assert.equal(
            stack.diff(named, { name: "fixed", port: 8443, protocol: "HTTPS", vpcId }).deleteBeforeReplace,
            true,
        );
    });
    it("makes a resource of any type, and the same named one only once", async () => {
        const made = await stack.create("aws:sns/topic:Topic", {});
        assert.match(String(made.properties.arn), /^arn:aws:sns:eu-central-1:111122223333:topic\/it-/);
        await stack.create("aws:sqs/queue:Queue", { name: "fixed" });
        await assert.rejects(stack.create("aws:sqs/queue:Queue", { name: "fixed" }), /AlreadyExistsException/);
    });
    it("previews without touching the account, outputs unknown", async () => {
        const before = stack.account.list().length;
        const { inputs } = stack.check(securityGroup, {});
        const { properties } = await stack.provider.create({ type: securityGroup, urn: "u", name: "it" }, inputs, true);
        assert.equal(properties.arn, unknownValue);
        assert.equal(stack.account.list().length, before);
    });
    it("keeps secrets out of errors", async () => {
        const service = resourceProviderService(stack.provider) as unknown as Record<
            string,
            (call: unknown, answer: (error: { details: string } | null) => void) => void
        >;
        const hidden = "sg-0123456789abcdef0";
        const request = new CreateRequest()
            .setType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .setUrn("urn")
            .setProperties(
                Struct.fromJavaScript({
                    region: "eu-central-1",
                    securityGroupId: {
                        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                        value: hidden,
                    },
                }),
            );
        const error = await new Promise<{ details: string } | null>((resolve) =>
            service.create?.({ request }, resolve),
        );
        assert.match(error?.details ?? "", /The security group '\[secret\]' does not exist/);
        assert.ok(!JSON.stringify(error).includes(hidden));
    });
});

describe("the rehearsed account", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("is readable by its owner only, and seeded once", async () => {
        assert.equal(statSync(stack.directory).mode & 0o777, 0o700);
        const folder = path.join(stack.directory, "resources");
        for (const file of readdirSync(folder)) {
            assert.equal(statSync(path.join(folder, file)).mode & 0o777, 0o600);
        }
        const before = stack.account.list();
        await stack.seed();
        assert.deepEqual(openAccount(stack.directory).list(), before);
    });
    /** Another process with the account open, which works from the moment that `begin` is called. */
    const work = async (code: string) => {
        const script = `require(${JSON.stringify(path.join(__dirname, "..", "..", "..", "test", "register.cjs"))});
            const { openAccount } = require(${JSON.stringify(path.join(__dirname, "..", "account"))});
            const account = openAccount(${JSON.stringify(stack.directory)});
            process.stdin.once("data", async () => { ${code}; process.exit(0); });
            console.log("ready");`;
        const child = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
        await new Promise((resolve) => child.stdout.once("data", resolve));
        const exit = new Promise((resolve) => child.once("exit", resolve));
        return { begin: () => child.stdin.write("go"), kill: () => child.kill("SIGKILL"), exit };
    };
    it("is whole at every moment, also when its writer is killed", async function () {
        this.timeout(60_000);
        const writer = await work(
            `for (;;) account.put({ type: "aws:x/y:Y", id: "1", inputs: {}, properties: { filler: "x".repeat(2000000) }, createdAt: "" })`,
        );
        writer.begin();
        while (openAccount(stack.directory).list("aws:x/y:Y").length === 0) {
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
        for (let reading = 0; reading < 100; reading++) {
            assert.equal(openAccount(stack.directory).list("aws:x/y:Y").length, 1);
        }
        writer.kill();
        await writer.exit;
        assert.equal(openAccount(stack.directory).list("aws:x/y:Y").length, 1);
    });
    it("a change goes on after one that was killed in the middle", async function () {
        this.timeout(60_000);
        const holder = await work("await account.change(() => { for (;;); })");
        holder.begin();
        await new Promise((resolve) => setTimeout(resolve, 500));
        assert.ok(existsSync(path.join(stack.directory, "lock")));
        holder.kill();
        await holder.exit;
        assert.equal(await stack.account.change(() => "went on"), "went on");
    });
    it("changes of two processes never interleave", async function () {
        this.timeout(60_000);
        const add = `for (let n = 0; n < 200; n++) await account.change(() => {
            const value = (account.get("aws:x/c:C", "c")?.properties.value ?? 0) + 1;
            account.put({ type: "aws:x/c:C", id: "c", inputs: {}, properties: { value }, createdAt: "" });
        })`;
        const adders = await Promise.all([work(add), work(add)]);
        adders.forEach((adder) => adder.begin());
        assert.deepEqual(await Promise.all(adders.map(({ exit }) => exit)), [0, 0]);
        assert.equal(stack.account.get("aws:x/c:C", "c")?.properties.value, 400);
    });
});
