import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { onceInternetGateway } from "./internetGateway";
import { settled } from "./test/settled";

const quick = { everyMilliseconds: 1, times: 5 };

/** A VPC that has its gateway when it has been asked for that often; Infinity for never. */
async function account(asksUntilAttached: number, refusal = "no matching EC2 Internet Gateway found", preview = false) {
    const asked: unknown[] = [];
    await pulumi.runtime.setMocks(
        {
            newResource: ({ name }) => ({ id: name, state: {} }),
            call: ({ token, inputs }) => {
                assert.equal(token, "aws:ec2/getInternetGateway:getInternetGateway");
                asked.push((inputs as { filters: unknown }).filters);
                if (asked.length < asksUntilAttached) {
                    // As gRPC hands an error on.
                    throw Object.assign(new Error(refusal), { code: 2, details: refusal });
                }
                return { id: "igw-1" };
            },
        },
        "encrypted-edge",
        "test",
        preview,
    );
    return asked;
}

const subnetIds = ["subnet-1", "subnet-2"];
const filters = [{ name: "attachment.vpc-id", values: ["vpc-1"] }];

describe("A VPC that the same program makes", () => {
    it("is waited for until its internet gateway is attached", async () => {
        const asked = await account(3);
        const known = onceInternetGateway(pulumi.output("vpc-1"), subnetIds, {}, quick);
        assert.deepEqual(await settled(known), subnetIds);
        assert.deepEqual(asked, [filters, filters, filters]);
    });

    it("that gets no internet gateway is refused in a sentence", async () => {
        await account(Infinity);
        const known = onceInternetGateway(pulumi.output("vpc-1"), subnetIds, {}, quick);
        await assert.rejects(settled(known), /^Error: VPC vpc-1 has no internet gateway, .*Attach one to it/);
    });

    it("is left to AWS where the caller may not ask", async () => {
        const asked = await account(Infinity, "UnauthorizedOperation: DescribeInternetGateways");
        assert.deepEqual(await settled(onceInternetGateway(pulumi.output("vpc-1"), subnetIds, {}, quick)), subnetIds);
        assert.equal(asked.length, 1);
    });

    it("is not asked for in a preview, nor where it is written out", async () => {
        const asked = await account(1, "", true);
        assert.equal(onceInternetGateway(pulumi.output("vpc-1"), subnetIds, {}, quick), subnetIds);
        await account(1);
        assert.equal(onceInternetGateway("vpc-1", subnetIds, {}, quick), subnetIds);
        assert.deepEqual(asked, []);
    });
});
