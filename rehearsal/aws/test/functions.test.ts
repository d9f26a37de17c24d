import assert from "node:assert/strict";
import { everyType } from "./everyType";
import { RehearsedStack } from "./rehearsedStack";

const type = "aws:lambda/function:Function";

describe("a function of Lambda", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed("us-east-1");
    });
    afterEach(() => stack.remove());

    const inputs = async (more: object = {}) => ({ ...(await everyType[type]?.(stack)), name: "edge", ...more });

    it("has a numbered version with publish, a new one for each new code", async () => {
        const arn = "arn:aws:lambda:us-east-1:111122223333:function:edge";
        const made = await stack.create(type, await inputs());
        assert.equal(made.properties.qualifiedArn, `${arn}:1`);
        const same = await stack.update(made, await inputs({ description: "the same code" }));
        assert.equal(same.properties.qualifiedArn, `${arn}:1`);
        const other = await stack.update(made, await inputs({ s3Key: "other.zip" }));
        assert.equal(other.properties.qualifiedArn, `${arn}:2`);
    });

    it("has none without publish, which no distribution takes", async () => {
        const made = await stack.create(type, await inputs({ publish: false }));
        assert.match(String(made.properties.qualifiedArn), /:\$LATEST$/);
    });
});
