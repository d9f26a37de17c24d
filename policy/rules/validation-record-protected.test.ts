import assert from "node:assert/strict";

import { UNKNOWN, type Resource } from "../graph";
import { resource, stackMessages, stackVerdicts } from "../test/stack";
import { compliantStack, misshapen, verdicts, changed } from "../test/compliantStack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { findingsOf } from "../test/yamlProgram";
import { messages, validationRecordProtected } from "./validation-record-protected";

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
        if (program.viewerValidationRecord) {
            program.viewerValidationRecord.options = { protect: false };
        }
        assert.deepEqual(verdicts(validationRecordProtected, program, { form: "preview" }), [
            "violation: viewerValidationRecord name",
        ]);
    });
});

describe("validation-record-protected, of records inside a component", () => {
    const component = (deletionProtection: unknown, type = "encrypted-edge:index:ValidatedCertificate") =>
        resource(type, "origin", { deletionProtection });
    const inside = (parent: Resource) =>
        resource("aws:route53/record:Record", "record", { records: ["b.acm-validations.aws"] }, {}, parent);

    it("names the component's own option where it has one", () => {
        const parent = component(true);
        assert.deepEqual(stackMessages(validationRecordProtected, [parent, inside(parent)]), [
            'Record "record" validates an ACM certificate and is not protected: without it, ACM does not renew the certificate, and every hop that uses it fails. Set deletionProtection of the component to true. retainOnDelete protects it too, but Pulumi hides that option from policies; exempt the record if you use it.',
        ]);
        const other = component(undefined, "company:index:Certificate");
        assert.deepEqual(stackMessages(validationRecordProtected, [other, inside(other)]), [
            'Record "record" validates an ACM certificate and is not protected: without it, ACM does not renew the certificate, and every hop that uses it fails. Set the resource option protect: true in component "origin", which creates the record, or with a transform. retainOnDelete protects it too, but Pulumi hides that option from policies; exempt the record if you use it.',
        ]);
        const stack = resource("pulumi:pulumi:Stack", "stack");
        assert.deepEqual(stackMessages(validationRecordProtected, [stack, inside(stack)]), [
            messages.notProtected(inside(stack)),
        ]);
    });

    it("takes the component's word that it retains them, of no other component and no other value", () => {
        const retaining = (value: unknown, type = "encrypted-edge:index:ValidatedCertificate") =>
            resource(type, "origin", { validationRecordsRetained: value });
        const parent = retaining(true);
        assert.deepEqual(stackVerdicts(validationRecordProtected, [parent, inside(parent)]), []);
        for (const other of [
            retaining(true, "company:index:Certificate"),
            retaining(false),
            retaining("true"),
            retaining(UNKNOWN),
        ]) {
            assert.deepEqual(stackVerdicts(validationRecordProtected, [other, inside(other)]), [
                "violation: record name",
            ]);
        }
    });

    it("takes deletionProtection: false for the choice that it is, of no other component and no other value", () => {
        const parent = component(false);
        assert.deepEqual(stackVerdicts(validationRecordProtected, [parent, inside(parent)]), []);
        for (const other of [component(false, "company:index:Certificate"), component(UNKNOWN), component("false")]) {
            assert.deepEqual(stackVerdicts(validationRecordProtected, [other, inside(other)]), [
                "violation: record name",
            ]);
        }
    });
});

describe("validation-record-protected, of records inside the whole edge, as the engine shows it", () => {
    const edge = resource("encrypted-edge:index:EncryptedEdge", "edge");
    const certificate = resource("encrypted-edge:index:ValidatedCertificate", "origin", {}, {}, edge);
    const record = resource(
        "aws:route53/record:Record",
        "record",
        { records: ["b.acm-validations.aws"] },
        {},
        certificate,
    );
    const balancer = (enableDeletionProtection: unknown, parent = edge) =>
        resource("aws:lb/loadBalancer:LoadBalancer", "alb", { enableDeletionProtection }, {}, parent);
    const said = (...others: Resource[]) =>
        stackVerdicts(validationRecordProtected, [edge, certificate, record, ...others]);

    it("takes the load balancer's protection for the option that the engine does not send", () => {
        assert.deepEqual(said(balancer(false)), []);
        for (const other of [balancer(true), balancer(UNKNOWN), balancer(undefined)]) {
            assert.deepEqual(said(other), ["violation: record name"]);
        }
        const other = resource("encrypted-edge:index:EncryptedEdge", "other");
        assert.deepEqual(said(other, balancer(false, other)), ["violation: record name"]);
    });
});

describe("validation-record-protected, value by value", () => {
    const record = (properties: Record<string, unknown>, type = "aws:route53:Record") => ({
        record: { type, properties },
    });

    it("survives resources that a damaged state names as each other's parents", () => {
        const type = "aws:route53/record:Record";
        const urnOf = (name: string) => `urn:pulumi:test::project::${type}::${name}`;
        const value = { name: "_a.a.example.com", type: "CNAME", records: ["_b.acm-validations.aws."] };
        const circle = [
            ["one", "other"],
            ["other", "one"],
        ].map(([name = "", parent = ""]) => ({
            ...resource(type, name, value),
            urn: urnOf(name),
            parent: urnOf(parent),
        }));
        assert.deepEqual(
            findingsOf(validationRecordProtected, circle).map(({ kind }) => kind),
            ["violation", "violation"],
        );
    });

    it("knows only records that lead to ACM's own domain", () => {
        says(validationRecordProtected, record({ name: "a", records: ["b.acm-validations.aws.example.com"] }), []);
        says(validationRecordProtected, record({ name: "a", records: [7] }), []);
    });

    it("knows a record by any property that comes from a certificate, while it is unknown", () => {
        const from = "${originCertificate.domainValidationOptions[0].resourceRecordName}";
        for (const program of [
            record({ name: from, records: ["a"] }),
            record({ name: "a", records: [from] }),
            record({ name: "a", records: ["b", from] }),
            record({ name: "a", resourceRecords: [from] }, "aws-native:route53:RecordSet"),
        ]) {
            assert.deepEqual(verdicts(validationRecordProtected, changed(program), { form: "preview" }), [
                "violation: record name",
            ]);
        }
    });

    it("does not take an unknown record for one where no certificate, or another property, is behind it", () => {
        const from = "${originCertificate.domainName}";
        for (const program of [
            record({ name: "${loadBalancer.dnsName}", records: ["${loadBalancer.dnsName}"] }),
            record({ name: "${loadBalancer.dnsName}", zoneId: from, records: ["a"] }),
        ]) {
            assert.deepEqual(verdicts(validationRecordProtected, changed(program), { form: "preview" }), []);
        }
        const known = resource("aws:route53/record:Record", "known", { name: "a", records: ["b"] });
        const certificate = resource("aws:acm/certificate:Certificate", "certificate");
        const linked = { ...known, propertyDependencies: { name: [certificate.urn] } };
        assert.deepEqual(stackVerdicts(validationRecordProtected, [certificate, linked]), []);
    });
});

describe("validation-record-protected says of", () => {
    it("a record that is not protected", () => {
        says(
            validationRecordProtected,
            {
                record: {
                    type: "aws:route53:Record",
                    properties: { name: "_a.example.com", records: ["_b.acm-validations.aws."] },
                },
            },
            [
                'Record "record" validates an ACM certificate and is not protected: without it, ACM does not renew the certificate, and every hop that uses it fails. Set the resource option protect: true. retainOnDelete protects it too, but Pulumi hides that option from policies; exempt the record if you use it.',
            ],
        );
    });
});
