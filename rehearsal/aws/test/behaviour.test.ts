import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import {
    CreateRequest,
    DiffRequest,
    DiffResponse,
    GetSchemaRequest,
    type GetSchemaResponse,
} from "@pulumi/pulumi/proto/provider_pb";
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
    /** Calls the provider as the engine does. */
    const call = <Response>(method: string, request: unknown): Promise<Response> =>
        new Promise((resolve, reject) => {
            const handler = resourceProviderService(stack.provider)[method] as unknown as (
                call: unknown,
                answer: (error: Error | null, response: Response) => void,
            ) => void;
            handler({ request }, (error, response) => (error === null ? resolve(response) : reject(error)));
        });
    const resourceOf = (type: string) => ({ type, name: "it", urn: `urn:pulumi:test::test::${type}::it` });
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
            /no property of aws:lb\/targetGroup:TargetGroup. Write "port" if that was meant/,
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
        const [mistyped] = stack.provider.checkConfiguration({ region: "eu-centrl-1" }).failures;
        assert.match(mistyped?.reason ?? "", /is "eu-centrl-1".*Write "eu-central-1" if that was meant/);
        assert.match(
            stack
                .check(targetGroup, { region: "us-esat-1" })
                .failures.map(({ reason }) => reason)
                .join(),
            /is "us-esat-1".*Write "us-east-1" if that was meant/,
        );
    });
    it("refuses settings that the provider does not have", () => {
        const settings = {
            version: "7.48.0",
            region: "eu-central-1",
            regoin: "eu-west-1",
            defaultTags: JSON.stringify({ tag: { a: "b" } }),
            skipCredentialsValidation: "true",
        };
        const { failures } = stack.provider.checkConfiguration(settings);
        assert.deepEqual(
            failures.map(({ property }) => property),
            ["regoin", "defaultTags.tag"],
        );
        assert.match(failures[0]?.reason ?? "", /Write "region" if that was meant/);
    });
    it("tells which settings differ, and replaces neither itself nor, with itself, everything", async () => {
        const request = new DiffRequest()
            .setOldInputs(Struct.fromJavaScript({ region: "eu-central-1", version: "7.48.0", profile: "a" }))
            .setNews(Struct.fromJavaScript({ region: "eu-west-1", version: "7.49.0", defaultTags: "{}" }));
        const answer = await call<DiffResponse>("diffConfig", request);
        assert.equal(answer.getChanges(), DiffResponse.DiffChanges.DIFF_SOME);
        assert.deepEqual(answer.getDiffsList().sort(), ["defaultTags", "profile", "region"]);
        assert.deepEqual(answer.getReplacesList(), []);
        request.setNews(request.getOldInputs());
        assert.equal(
            (await call<DiffResponse>("diffConfig", request)).getChanges(),
            DiffResponse.DiffChanges.DIFF_NONE,
        );
    });
    it("answers with the schema of the whole package", async function () {
        // Reading all 1,700 types takes seconds where it was not done before.
        this.timeout(120_000);
        const answer = (await call<GetSchemaResponse>("getSchema", new GetSchemaRequest())).getSchema();
        type Properties = Record<string, { type?: string; items?: { $ref?: string } }>;
        const schema = JSON.parse(answer) as {
            name: string;
            resources: Record<
                string,
                { inputProperties: Properties; requiredInputs: string[]; properties: Properties }
            >;
            functions: Record<string, { inputs: { properties: Properties }; outputs: { properties: Properties } }>;
            types: Record<string, { properties: Properties }>;
        };
        assert.equal(schema.name, "aws");
        assert.ok(Object.keys(schema.resources).length > 1_500);
        const listener = schema.resources["aws:lb/listener:Listener"];
        assert.deepEqual(listener?.requiredInputs.sort(), ["defaultActions", "loadBalancerArn"]);
        assert.equal(listener?.properties.arn?.type, "string");
        const action = "aws:lb/ListenerDefaultAction:ListenerDefaultAction";
        assert.equal(listener?.inputProperties.defaultActions?.items?.$ref, `#/types/${action}`);
        assert.equal(listener?.properties.defaultActions?.items?.$ref, `#/types/${action}`);
        assert.equal(schema.types[action]?.properties.type?.type, "string");
        assert.equal(schema.functions["aws:ec2/getVpc:getVpc"]?.inputs.properties.default?.type, "boolean");
        // Every reference leads somewhere.
        for (const [, name] of answer.matchAll(/"#\/types\/([^"]+)"/g)) {
            assert.ok(schema.types[name ?? ""], name);
        }
    });
    it("leaves nothing of a call that is refused", async () => {
        const before = stack.account.list();
        const create = () => {
            const inputs = { vpcOriginEndpointConfig: { arn: "arn:aws:elasticloadbalancing:x:loadbalancer/app/a/b" } };
            return stack.provider.create(
                { type: "aws:cloudfront/vpcOrigin:VpcOrigin", urn: "u", name: "a" },
                inputs,
                false,
            );
        };
        await assert.rejects(create(), /InvalidArgument/);
        await assert.rejects(
            stack.account.change(() => {
                stack.account.put({ type: "aws:x/y:Y", id: "1", inputs: {}, properties: {}, createdAt: "" });
                assert.equal(stack.account.list("aws:x/y:Y").length, 1);
                throw new Error("refused");
            }),
            /refused/,
        );
        assert.deepEqual(stack.account.list(), before);
    });
    it("imports what AWS made itself, and tells an import what does not match", async () => {
        stack.provider.configure({ region: "eu-central-1" });
        const vpcId = await stack.vpcId();
        const [standard] = stack.account.all("SecurityGroup", "eu-central-1");
        assert.ok(standard !== undefined);
        const imported = {
            type: securityGroup,
            name: "it",
            ...(await stack.provider.read(resourceOf(securityGroup), { id: standard.id, inputs: {}, properties: {} }))!,
        };
        const given = { name: "default", description: "default VPC security group", vpcId };
        assert.deepEqual(stack.diff(imported, given).differences, []);
        assert.deepEqual(
            stack
                .diff(imported, { ...given, description: "another" })
                .differences.map(({ path: place, replaces }) => [place, replaces]),
            [["description", true]],
        );
        // The name of a resource by another logical name was not chosen for this one.
        assert.deepEqual(
            stack.diff(imported, { description: given.description, vpcId }).differences.map(({ path: place }) => place),
            ["name"],
        );
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
    it("shows what was changed by hand in settings and tags that the program leaves out", async () => {
        const created = await target({ tags: { name: "a" } });
        const given = { port: 443, protocol: "HTTPS", vpcId: created.properties.vpcId, tags: { name: "a" } };
        const record = stack.account.get(targetGroup, created.id);
        assert.ok(record !== undefined);
        const properties = {
            ...record.properties,
            deregistrationDelay: 20,
            tags: { team: "edge", name: "a", owner: "somebody" },
        };
        stack.account.put({ ...record, properties });
        const read = await stack.read(created);
        assert.deepEqual(
            stack.diff({ ...created, ...read }, given).differences.map(({ path: place, kind }) => [place, kind]),
            [
                ["tags.owner", "delete"],
                ["deregistrationDelay", "delete"],
            ],
        );
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
        const made = await stack.create("aws:sfn/activity:Activity", {});
        assert.match(String(made.properties.arn), /^arn:aws:sfn:eu-central-1:111122223333:activity\/it-/);
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
        await assert.rejects(call("create", request), (error: { details: string }) => {
            assert.match(error.details, /The security group '\[secret\]' does not exist/);
            return !JSON.stringify(error).includes(hidden);
        });
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
    it("names a file that holds no record, and leaves it to its owner", () => {
        const folder = path.join(stack.directory, "resources");
        const [file = ""] = readdirSync(folder);
        const whole = readFileSync(path.join(folder, file), "utf8");
        for (const [content, reason] of [
            ["null", "type, id, createdAt, inputs, properties are missing or of the wrong type"],
            ["[]", "type, id, createdAt, inputs, properties are missing"],
            ["5", "type, id, createdAt, inputs, properties are missing"],
            ["", "Unexpected end of JSON input"],
            [
                whole.replace(/"properties": \{/, '"properties": [], "was": {'),
                "properties is missing or of the wrong type",
            ],
        ] as const) {
            writeFileSync(path.join(folder, file), content);
            assert.throws(
                () => openAccount(stack.directory).list(),
                (error: Error) => {
                    assert.ok(error.message.includes(path.join(folder, file)), error.message);
                    assert.ok(error.message.includes(reason), error.message);
                    assert.match(error.message, /Delete this file, which makes the rehearsal forget the resource/);
                    return true;
                },
            );
        }
        rmSync(path.join(folder, file));
        mkdirSync(path.join(folder, file));
        assert.throws(() => openAccount(stack.directory).list(), /cannot be read: .*Its content is not to blame/);
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
