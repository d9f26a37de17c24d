import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { settled } from "../components/test/settled";
import type { Configuration } from "./configuration";
import { network } from "./network";

const configuration = { hostedZoneName: "example.com", domainNames: ["www.example.com"] } satisfies Configuration;

/** An account whose default VPC has these default subnets. */
async function account(subnetIds: string[]): Promise<void> {
    await pulumi.runtime.setMocks({
        newResource: ({ name }) => ({ id: name, state: {} }),
        call: ({ token, inputs }: { token: string; inputs: Record<string, unknown> }) => {
            if (token === "aws:ec2/getVpc:getVpc") {
                return { id: inputs.default === true ? "vpc-default" : "vpc-other" };
            }
            assert.deepEqual(inputs.filters, [
                { name: "vpc-id", values: ["vpc-default"] },
                { name: "default-for-az", values: ["true"] },
            ]);
            return { ids: subnetIds };
        },
    });
}

describe("The network of the load balancer", () => {
    it("is the one that the stack file names", () => {
        const named = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
        assert.deepEqual(network({ ...configuration, ...named }), named);
    });

    it("is the default VPC with its default subnets where none is named", async () => {
        await account(["subnet-a", "subnet-b"]);
        const { vpcId, subnetIds } = network(configuration);
        assert.equal(await settled(vpcId), "vpc-default");
        assert.deepEqual(await settled(subnetIds), ["subnet-a", "subnet-b"]);
    });

    it("is refused, with what to write instead, where the default VPC has fewer than two default subnets", async () => {
        await account(["subnet-a"]);
        await assert.rejects(
            settled(network(configuration).subnetIds),
            /The default VPC's subnets could not be looked up: vpc-default has one default subnet, .*vpcId, and subnetIds/,
        );
    });
});
