import assert from "node:assert/strict";

import { judgeResource } from "./judge";
import { LazyResource, plainProperties } from "../graph";
import { resourceRule } from "../test/syntheticRule";

const signature = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("a judgement", () => {
    it("shows a secret in no case, however a rule writes it", () => {
        const resource = new LazyResource(
            { urn: "urn:pulumi:test::project::a:b:C::one", type: "a:b:C", name: "one", protect: false },
            (secrets) => plainProperties({ domain: { ...signature, value: "Shop.Example.COM" } }, secrets),
        );
        const rule = resourceRule(({ properties }, report) => {
            const text = properties.domain as string;
            const message = [text, text.toLowerCase(), text.toUpperCase(), `*.${text.toLowerCase()}`].join(", ");
            report({ kind: "violation", resource, message: `${message}; SHOP` });
        });
        const [said] = judgeResource(rule, resource, {});
        assert.equal(said?.message, "[secret], [secret], [secret], *.[secret]; SHOP");
    });
});
