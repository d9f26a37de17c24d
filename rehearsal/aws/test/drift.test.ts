import assert from "node:assert/strict";
import { distributionInputs, RehearsedStack } from "./rehearsedStack";

const targetGroup = "aws:lb/targetGroup:TargetGroup";
const distribution = "aws:cloudfront/distribution:Distribution";

describe("drift, which the aws provider of the rehearsal finds", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed("eu-central-1", {
            defaultTags: JSON.stringify({ tags: { team: "edge" } }),
        });
    });
    afterEach(() => stack.remove());
    const target = async (more: object = {}) =>
        stack.create(targetGroup, { port: 443, protocol: "HTTPS", vpcId: await stack.vpcId(), ...more });
    const changeByHand = (type: string, id: string, properties: object) => {
        const record = stack.account.get(type, id) ?? assert.fail(`${type} ${id} is not there`);
        stack.account.put({ ...record, properties: { ...record.properties, ...properties } });
        return () => stack.account.put(record);
    };

    it("finds no difference after an update or a refresh, and what changed behind its back", async () => {
        const created = await target();
        const { vpcId } = created.properties;
        const given = { port: 443, protocol: "HTTPS", vpcId };
        assert.deepEqual(stack.diff(created, given).differences, []);
        assert.deepEqual((await stack.read(created))?.inputs, created.inputs);
        changeByHand(targetGroup, created.id, { protocol: "HTTP" });
        const read = await stack.read(created);
        assert.equal(read?.inputs.protocol, "HTTP");
        assert.deepEqual(
            stack.diff({ ...created, ...read }, given).differences.map(({ path: place }) => place),
            ["protocol"],
        );
        stack.account.delete(targetGroup, created.id);
        assert.equal(await stack.read(created), undefined);
    });
    it("shows what was changed by hand in settings and tags that the program leaves out", async () => {
        const created = await target({ tags: { name: "a" } });
        const given = { port: 443, protocol: "HTTPS", vpcId: created.properties.vpcId, tags: { name: "a" } };
        const tags = { team: "edge", name: "a", owner: "somebody" };
        changeByHand(targetGroup, created.id, { deregistrationDelay: 20, tags });
        const read = await stack.read(created);
        assert.deepEqual(
            stack.diff({ ...created, ...read }, given).differences.map(({ path: place, kind }) => [place, kind]),
            [
                ["tags.owner", "delete"],
                ["deregistrationDelay", "delete"],
            ],
        );
    });
    it("shows a number and a switch that were put by hand where the program has none and the provider computes none", async () => {
        const type = "aws:iam/role:Role";
        const inputs = { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }) };
        const created = await stack.create(type, inputs);
        assert.deepEqual((await stack.read(created))?.inputs, created.inputs);
        const changeBack = changeByHand(type, created.id, { maxSessionDuration: 7200, forceDetachPolicies: true });
        const found = (await stack.read(created))?.inputs;
        assert.deepEqual([found?.maxSessionDuration, found?.forceDetachPolicies], [7200, true]);
        changeBack();
        changeByHand(type, created.id, { maxSessionDuration: 0 });
        assert.deepEqual((await stack.read(created))?.inputs, created.inputs);
    });
    it("takes policies for the same whose JSON is, and shows one that says something else", async () => {
        const type = "aws:iam/policy:Policy";
        const written = (effect: string) => ({
            policy: `{"Version":"2012-10-17","Statement":[{"Effect":"${effect}","Action":"s3:GetObject","Resource":"*"}]}`,
        });
        const created = await stack.create(type, written("Allow"));
        const laidOut = {
            policy: `{ "Statement": [{ "Resource": "*", "Action": "s3:GetObject", "Effect": "Allow" }],\n "Version": "2012-10-17" }`,
        };
        changeByHand(type, created.id, laidOut);
        assert.deepEqual((await stack.read(created))?.inputs, created.inputs);
        assert.deepEqual(stack.diff(created, laidOut).differences, []);
        assert.deepEqual(
            stack.diff(created, written("Deny")).differences.map(({ path: place }) => place),
            ["policy"],
        );
    });
    it("shows a text that was put by hand where the program has none and the provider computes none", async () => {
        const created = await stack.create(distribution, distributionInputs());
        assert.deepEqual((await stack.read(created))?.inputs, created.inputs);
        changeByHand(distribution, created.id, { comment: "by hand", defaultRootObject: "index.html" });
        const read = await stack.read(created);
        assert.deepEqual(
            stack
                .diff({ ...created, ...read }, distributionInputs())
                .differences.map(({ path: place, kind }) => [place, kind]),
            [
                ["comment", "delete"],
                ["defaultRootObject", "delete"],
            ],
        );
    });
});
