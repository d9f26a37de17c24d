import assert from "node:assert/strict";
import {
    CheckRequest,
    CreateRequest,
    DiffRequest,
    DiffResponse,
    GetSchemaRequest,
    type GetSchemaResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { withoutSecrets } from "../../provider/server/propertyValues";
import { resourceProviderService } from "../../provider/server/resourceProviderService";
import { RehearsedStack, unknownValue } from "./rehearsedStack";

const targetGroup = "aws:lb/targetGroup:TargetGroup";
const securityGroup = "aws:ec2/securityGroup:SecurityGroup";

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
        assert.match(found.prot ?? "", /no property of aws:lb\/targetGroup:TargetGroup. Did you mean "port"\?/);
        assert.match(found.port ?? "", /is the string "https"; a number is needed/);
        assert.match(found.targetType ?? "", /is "lambada"; AWS allows .*"lambda"/);
        assert.match(found["healthCheck.pth"] ?? "", /"pth" is no property.*Did you mean "path"\?/);
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
    it("reads numbers and switches as text where text is due, and the other way round, as YAML writes them", () => {
        const group = (egress: object) => stack.check("aws:ec2/securityGroup:SecurityGroup", { egress: [egress] });
        const { inputs, failures } = group({ protocol: -1, fromPort: "0", toPort: 0, self: "true", description: true });
        assert.deepEqual(failures, []);
        const [read] = inputs.egress as Record<string, unknown>[];
        assert.deepEqual(
            [read?.protocol, read?.fromPort, read?.toPort, read?.self, read?.description],
            ["-1", 0, 0, true, "true"],
        );
        const [wrong] = group({ protocol: ["tcp"], fromPort: 0, toPort: 0, self: true }).failures;
        assert.match(wrong?.reason ?? "", /is a list; a string is needed/);
    });
    it("refuses regions that are none, and those of other partitions", () => {
        for (const region of ["Frankfurt", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]) {
            const [failure] = stack.provider.checkConfiguration({ region }).failures;
            assert.match(failure?.reason ?? "", /no region of the partition "aws".*Write one such as/, region);
        }
        assert.deepEqual(stack.provider.checkConfiguration({ region: "eu-central-1" }).failures, []);
        const list = stack.provider.checkConfiguration({ region: '["eu-central-1"]' }).failures;
        assert.deepEqual(
            list.map(({ reason }) => reason),
            ["is a list; a string is needed."],
        );
        const [mistyped] = stack.provider.checkConfiguration({ region: "eu-centrl-1" }).failures;
        assert.match(mistyped?.reason ?? "", /is "eu-centrl-1".*Did you mean "eu-central-1"\?/);
        assert.match(
            stack
                .check(targetGroup, { region: "us-esat-1" })
                .failures.map(({ reason }) => reason)
                .join(),
            /is "us-esat-1".*Did you mean "us-east-1"\?/,
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
        assert.match(failures[0]?.reason ?? "", /Did you mean "region"\?/);
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
    it("tells an import in which other region the id is", async () => {
        const { type, name, id } = await stack.create(securityGroup, { region: "us-east-1" }, "elsewhere");
        await assert.rejects(
            stack.read({ type, name, id, inputs: {}, properties: {} }),
            new Error(`"${id}" is in us-east-1, not in eu-central-1. Import it as "${id}@us-east-1".`),
        );
        const imported = await stack.read({ type, name, id: `${id}@us-east-1`, inputs: {}, properties: {} });
        assert.equal(imported?.id, id);
        const none = await stack.read({ type, name, id: "sg-0", inputs: {}, properties: {} });
        assert.equal(none, undefined);
    });
    it("refuses an import that the official provider does not know", async () => {
        const type = "aws:acm/certificateValidation:CertificateValidation";
        await assert.rejects(
            stack.read({ type, name: "it", id: "2026-11-28 00:00:00", inputs: {}, properties: {} }),
            new Error(`The official provider cannot import ${type}. Leave it to the next "up" to create it.`),
        );
        const kept = { certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/a" };
        const refreshed = await stack.read({
            type,
            name: "it",
            id: "2026-11-28 00:00:00",
            inputs: kept,
            properties: kept,
        });
        assert.equal(refreshed, undefined);
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
    it("says in words that the disk is full, whichever call finds it", async () => {
        const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
        stack.provider.checkConfiguration = stack.account.change = () => {
            throw full;
        };
        const request = new CreateRequest()
            .setType(securityGroup)
            .setUrn("urn")
            .setProperties(Struct.fromJavaScript({}));
        for (const failed of [call("create", request), call("checkConfig", new CheckRequest())]) {
            await assert.rejects(failed, {
                details: 'Cannot use the folder ".rehearsal" of the project: no space is left on its device (ENOSPC).',
            });
        }
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
        const said = "RequestID: 8cb7-4605, port 60 of 1.60: abcd.1";
        assert.equal(
            withoutSecrets(said, ["60", "abcd", "."]),
            "RequestID: 8cb7-4605, port [secret] of 1.[secret]: [secret].1",
        );
    });
});
