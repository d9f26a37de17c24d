import assert from "node:assert/strict";
import { type ResourceTyping, Typings } from "../../provider";
import { RehearsedStack } from "./rehearsedStack";

/** An SDK before version 7, whose resources have no input `region`. */
class OlderTypings extends Typings {
    override readonly version = "6.83.4";

    override resource(token: string): ResourceTyping | undefined {
        const typing = super.resource(token);
        const inputs = Object.fromEntries(Object.entries(typing?.inputs ?? {}).filter(([name]) => name !== "region"));
        return typing && { ...typing, inputs };
    }
}

describe("rehearsed AWS: programs with an SDK before version 7", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        const typings = new OlderTypings({ packageName: "@pulumi/aws", projectDirectory: __dirname });
        stack = await new RehearsedStack(typings).seed("us-west-2");
    });
    afterEach(() => stack.remove());

    it("finds what they create in the region of the provider", async () => {
        const vpc = await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
        await stack.create("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
        assert.equal((await stack.read(vpc))?.id, vpc.id);
        assert.equal(stack.account.find("Vpc", vpc.id)?.region, "us-west-2");
    });

    it("keeps in no region what belongs to none", async () => {
        const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
        await stack.create("aws:iam/role:Role", { name: "worker", assumeRolePolicy });
        await stack.create("aws:route53/zone:Zone", { name: "example.org" });
        await stack.create("aws:route53/resolverEndpoint:ResolverEndpoint", {
            direction: "INBOUND",
            securityGroupIds: ["sg-1"],
            ipAddresses: [{ subnetId: "subnet-1" }, { subnetId: "subnet-2" }],
        });
        const regions = ["Role", "Zone", "ResolverEndpoint"].map((kind) => stack.account.all(kind).at(-1)?.region);
        assert.deepEqual(regions, [undefined, undefined, "us-west-2"]);
    });
});
