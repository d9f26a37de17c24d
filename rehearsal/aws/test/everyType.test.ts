import assert from "node:assert/strict";
import { services } from "../services";
import { everyType } from "./everyType";
import { RehearsedStack } from "./rehearsedStack";

describe("every type that a service models", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed("eu-central-1", { defaultTags: JSON.stringify({ tags: { a: "b" } }) });
    });
    afterEach(() => stack.remove());

    it("has an example", () => {
        assert.deepEqual(Object.keys(everyType).sort(), Object.keys(services.resources).sort());
    });
    for (const [type, example] of Object.entries(everyType)) {
        it(`${type} is created, refreshed, imported on identical inputs where it can be, and deleted`, async () => {
            const inputs = await example(stack);
            const made = await stack.create(type, inputs);
            const refreshed = await stack.read(made);
            assert.deepEqual(refreshed?.inputs, made.inputs);
            assert.deepEqual(stack.diff({ ...made, ...refreshed }, inputs).differences, []);

            const region = typeof made.inputs.region === "string" ? `@${made.inputs.region}` : "";
            const importing = stack.read({ ...made, id: `${made.id}${region}`, inputs: {}, properties: {} });
            if (services.resources[type]?.importable === false) {
                await assert.rejects(importing, /The official provider cannot import/);
            } else {
                const imported = await importing;
                assert.ok(imported !== undefined, "an import does not find it");
                assert.deepEqual(stack.diff({ ...made, ...imported }, inputs).differences, []);
                assert.deepEqual(stack.check(type, imported.inputs).failures, []);
            }

            await stack.delete(made);
            assert.equal(await stack.read(made), undefined);
        });
    }

    const prefixes = Object.entries(services.resources).flatMap(([type, { replaceOn = [] }]) =>
        replaceOn
            .filter((property) => /^(name|bucket)Prefix$/.test(property))
            .map((property) => [type, property] as const),
    );
    for (const [type, property] of prefixes) {
        it(`${type} is named by ${property}`, async () => {
            const name = property.replace("Prefix", "");
            const inputs: Record<string, unknown> = {
                ...((await everyType[type]?.(stack)) ?? assert.fail(type)),
                [property]: "team-",
            };
            Reflect.deleteProperty(inputs, name);
            const made = await stack.create(type, inputs);
            assert.match(String(made.properties[name]), /^team-[0-9a-f]{8,}$/);
            assert.notEqual(made.id, "");
            const refreshed = await stack.read(made);
            assert.deepEqual(stack.diff({ ...made, ...refreshed }, inputs).differences, []);
        });
    }
});
