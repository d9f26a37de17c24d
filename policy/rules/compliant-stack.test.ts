import assert from "node:assert/strict";

import { compliantStack } from "../test/compliantStack";
import { findingsOf, resourcesOf } from "../test/yamlProgram";
import { rules } from "./index";

describe("the compliant stack", () => {
    for (const form of ["preview", "state"] as const) {
        for (const rule of rules) {
            it(`satisfies ${rule.name} (${form})`, () => {
                assert.deepEqual(
                    findingsOf(rule, resourcesOf(compliantStack(), form)).map((finding) => finding.message),
                    [],
                );
            });
        }
    }
});
