import assert from "node:assert/strict";
import table from "../facts/outputTable.json";
import { Typings } from "../../provider";
import { RehearsedStack } from "./rehearsedStack";

describe("rehearsed AWS: outputs that a table gives the form of", () => {
    const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("have AWS's own form where it is known", async () => {
        const queue = await stack.create("aws:sqs/queue:Queue", { name: "work" });
        const url = "https://sqs.eu-central-1.amazonaws.com/111122223333/work";
        assert.deepEqual([queue.id, queue.properties.url], [url, url]);
        assert.equal(queue.properties.arn, "arn:aws:sqs:eu-central-1:111122223333:work");
        assert.equal((await stack.lookUp("aws:sqs/getQueue:getQueue", { name: "work" })).url, url);
        const api = await stack.create("aws:appsync/graphQLApi:GraphQLApi", {
            name: "api",
            authenticationType: "API_KEY",
        });
        const { GRAPHQL, REALTIME } = api.properties.uris as Record<string, string>;
        assert.equal(GRAPHQL, `https://${api.id}.appsync-api.eu-central-1.amazonaws.com/graphql`);
        assert.match(String(REALTIME), /^wss:\/\/[0-9a-f]{10}\.appsync-realtime-api\./);
        const cluster = await stack.create("aws:rds/cluster:Cluster", { engine: "aurora-mysql" });
        assert.equal(cluster.properties.arn, `arn:aws:rds:eu-central-1:111122223333:cluster:${cluster.id}`);
        const website = await stack.create("aws:lambda/functionUrl:FunctionUrl", {
            functionName: "f",
            authorizationType: "NONE",
        });
        assert.match(
            String(website.properties.functionUrl),
            /^https:\/\/[0-9a-f]{10}\.lambda-url\.eu-central-1\.on\.aws\/$/,
        );
    });

    it("leave one name to each owner, and count versions from 1", async () => {
        const policy = (role: string) =>
            stack.create("aws:iam/rolePolicy:RolePolicy", { name: "default", role, policy: "{}" }, role);
        assert.notEqual((await policy("one")).id, (await policy("other")).id);
        await assert.rejects(policy("one"), /AlreadyExistsException/);
        const version = { name: "v", document: "{}" };
        const { properties } = await stack.create("aws:route53/trafficPolicy:TrafficPolicy", version);
        assert.equal(properties.version, 1);
    });

    it("take the words of comments in either case", async () => {
        const listeners = [{ instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" }];
        await stack.create("aws:elb/loadBalancer:LoadBalancer", { listeners });
    });

    it("are outputs that the SDK has", () => {
        for (const [name, forms] of Object.entries(table.types)) {
            const outputs = typings.resource(`aws:${name}`)?.outputs ?? {};
            for (const [output, form] of Object.entries(forms)) {
                const kind = typeof form === "object" ? "map" : typeof form;
                assert.equal(output === "id" ? "string" : outputs[output]?.type.kind, kind, `${name} ${output}`);
            }
        }
    });
});
