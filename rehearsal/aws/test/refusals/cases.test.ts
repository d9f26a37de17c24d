import assert from "node:assert/strict";
import { everyType } from "../everyType";
import { RehearsedStack } from "../rehearsedStack";
import type { Cases, CasesByType, Patch } from "./cases";
import { cloudfront } from "./cases/cloudfront";
import { ec2 } from "./cases/ec2";
import { elbv2 } from "./cases/elbv2";
import * as mistakes from "./cases/mistakes";
import { others } from "./cases/others";
import { route53 } from "./cases/route53";
import * as unusual from "./cases/unusual";
import { wafv2 } from "./cases/wafv2";

const named = (tables: Readonly<Record<string, CasesByType>>, title: string) =>
    Object.entries(tables).map(([name, cases]) => [`${title} of ${name}`, cases] as const);

for (const [service, cases] of [
    ...Object.entries<CasesByType>({ cloudfront, ec2, elbv2, others, route53, wafv2 }),
    ...named(mistakes, "more mistakes"),
    ...named(unusual, "unusual programs"),
]) {
    describe(`cases of the rehearsed AWS: ${service}`, () => {
        let stack: RehearsedStack;
        beforeEach(async () => {
            stack = await new RehearsedStack().seed();
        });
        afterEach(() => stack.remove());

        for (const [type, { refused = [], accepted = [] }] of Object.entries<Cases>(cases)) {
            const create = async (patch: Patch) => {
                const given = await everyType[type]?.(stack);
                assert.ok(given !== undefined, `${type} has no example`);
                return stack.create(type, { ...given, ...(typeof patch === "function" ? await patch(stack) : patch) });
            };
            for (const [what, patch, message] of refused) {
                it(`${type}: ${what}`, async () => {
                    await assert.rejects(create(patch), message);
                });
            }
            for (const [what, patch] of accepted) {
                it(`${type}, nothing of: ${what}`, async () => {
                    await create(patch);
                });
            }
        }
    });
}
