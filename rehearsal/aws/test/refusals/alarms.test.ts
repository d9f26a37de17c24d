import assert from "node:assert/strict";
import { everyType } from "../everyType";
import { RehearsedStack } from "../rehearsedStack";

describe("refusals of the rehearsed AWS: alarms", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("deleted while a composite alarm names them", async () => {
        const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
        const one = await stack.create(type, { name: "one", ...(await everyType[type]?.(stack)) });
        const composite = (alarmName: string, alarmRule: string) =>
            stack.create("aws:cloudwatch/compositeAlarm:CompositeAlarm", { alarmName, alarmRule }, alarmName);
        const both = await composite("both", 'ALARM("one")');
        const top = await composite("top", `NOT ALARM(${String(both.properties.arn)})`);
        await assert.rejects(
            stack.delete(one),
            /^Error: .*CloudWatch: DeleteAlarms, .*ValidationError: Cannot delete one as there are composite alarm\(s\)/,
        );
        await assert.rejects(stack.delete(both), /Cannot delete both/);
        await assert.rejects(composite("third", "ALARM(none)"), /CloudWatch: PutCompositeAlarm, .*\[none\]/);
        await stack.delete(top);
        await stack.delete(both);
        await stack.delete(one);
    });
});
