import * as assert from "node:assert/strict";

import { compliantStack, misshapen, verdicts } from "../test/compliantStack";
import { testRule, verdictsOf } from "../test/testRule";
import { findingsOf } from "../test/yamlProgram";
import { validationRecordProtected } from "./validation-record-protected";

describe("validation-record-protected", () => {
    testRule(validationRecordProtected, {
        unknowns: { "viewerValidationRecord.records": [] },
        shapes: ["viewerValidationRecord.records", "viewerValidationRecord.name"],
    });

    it("answers whatever the shape of an unprotected record", () => {
        const paths = [
            "viewerValidationRecord.records",
            "viewerValidationRecord.records.0",
            "viewerValidationRecord.name",
        ];
        const answers = paths
            .flatMap((path) => misshapen(path))
            .map((resources) => {
                const open = resources.map((resource) => ({ ...resource, protect: false }));
                return findingsOf(validationRecordProtected, open).map(({ kind }) => kind);
            });
        assert.deepEqual([...new Set(answers.flat())], ["violation"]);
    });

    it("refuses a validation record that is not protected, and no other record", () => {
        const program = `
resources:
  certificate: { type: aws:acm:Certificate, properties: { domainName: a.example.com } }
  record: { type: aws:route53:Record, properties: { name: _a.a.example.com, type: CNAME, records: [_b.acm-validations.aws.] } }
  native: { type: aws-native:route53:RecordSet, properties: { name: _a.a.example.com, type: CNAME, resourceRecords: [_b.acm-validations.aws] } }
  other: { type: aws:route53:Record, properties: { name: www.example.com, type: CNAME, records: [d1.cloudfront.net] } }
  protected:
    type: aws:route53:Record
    properties: { name: _a.a.example.com, type: CNAME, records: [_b.acm-validations.aws.] }
    options: { protect: true }
`;
        assert.deepEqual(verdictsOf(validationRecordProtected, program), [
            "violation: record name",
            "violation: native name",
        ]);
    });

    it("knows the record by its certificate while the names are unknown", () => {
        const program = compliantStack();
        if (program.viewerValidationRecord) program.viewerValidationRecord.options = { protect: false };
        assert.deepEqual(verdicts(validationRecordProtected, program, { form: "preview" }), [
            "violation: viewerValidationRecord name",
        ]);
    });
});
