import assert from "node:assert/strict";
import { RehearsedStack } from "../rehearsedStack";

describe("refusals of the rehearsed AWS: alarms", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("deleted while a composite alarm names them", async () => {
        const one = await stack.create("aws:cloudwatch/metricAlarm:MetricAlarm", {
            name: "one",
            comparisonOperator: "GreaterThanThreshold",
            evaluationPeriods: 1,
            metricName: "5xxErrorRate",
            namespace: "AWS/CloudFront",
            period: 60,
            statistic: "Average",
            threshold: 5,
        });
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
