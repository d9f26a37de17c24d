import assert from "node:assert/strict";
import { RehearsedStack } from "./rehearsedStack";

const group = "aws:lb/targetGroup:TargetGroup";
const connection = "aws:directconnect/connection:Connection";

describe("rehearsed AWS: words that the SDK's comments write as properties are written", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const failing = (failover: object) =>
        stack.create(group, { port: 6081, protocol: "GENEVE", vpcId: "vpc-1", targetFailovers: [failover] });
    const connected = (encryptionMode: string) =>
        stack.create(connection, { bandwidth: "10Gbps", location: "EqDC2", encryptionMode });

    it("are those of the provider where it tells", async () => {
        await assert.rejects(
            failing({ onDeregistration: "noRebalance", onUnhealthy: "noRebalance" }),
            /onUnhealthy: is "noRebalance"; AWS allows "rebalance", "no_rebalance"\. Did you mean "no_rebalance"\?/,
        );
        await assert.rejects(
            failing({ onDeregistration: "rebalance" }),
            /onUnhealthy: Missing .*: one of "rebalance", "no_rebalance"\./,
        );
        await assert.rejects(
            stack.create("aws:cognito/userPool:UserPool", { mfaConfiguration: "YES" }),
            /mfaConfiguration: is "YES"; AWS allows "OFF", "ON", "OPTIONAL"\./,
        );
    });
    it("stay where the provider writes words so, too", async () => {
        await stack.create("aws:sqs/queue:Queue", { fifoQueue: true, fifoThroughputLimit: "perMessageGroupId" });
    });
    it("pass in either spelling where nothing tells", async () => {
        await connected("must_encrypt");
        await assert.rejects(connected("never"), /AWS allows "noEncrypt", "no_encrypt", .*"must_encrypt"\./);
    });
});
