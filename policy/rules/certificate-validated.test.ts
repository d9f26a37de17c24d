import assert from "node:assert/strict";

import { resource, stackVerdicts } from "../test/stack";
import { broken, verdicts } from "../test/compliantStack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { certificateValidated } from "./certificate-validated";

describe("certificate-validated", () => {
    testRule(certificateValidated, {
        breaks: {
            "a listener with the certificate itself": [
                "listener.certificateArn",
                "${originCertificate.arn}",
                "violation: listener certificateArn",
            ],
            "a distribution with the certificate itself": [
                "distribution.viewerCertificate.acmCertificateArn",
                "${viewerCertificate.arn}",
                "violation: distribution viewerCertificate.acmCertificateArn",
            ],
        },
        accepts: {
            "a certificate of another stack": ["listener.certificateArn", "arn:aws:acm:eu-west-1:1:certificate/a"],
            "no certificate": ["listener.certificateArn", undefined],
        },
        unknowns: { "listener.certificateArn": [] },
        shapes: ["listener.certificateArn", "distribution.viewerCertificate", "originCertificate.certificateBody"],
    });

    it("accepts a listener that waits for the validation by dependsOn", () => {
        const program = broken("listener.certificateArn", "${originCertificate.arn}");
        if (program.listener) {
            program.listener.options = { dependsOn: ["${originValidation}"] };
        }
        for (const form of ["preview", "state"] as const) {
            assert.deepEqual(verdicts(certificateValidated, program, { form }), []);
        }
    });

    it("asks nothing of certificates that are issued at once, nor of CloudFormation's, which wait by themselves", () => {
        const program = `
resources:
  imported: { type: aws:acm:Certificate, properties: { certificateBody: a, privateKey: b } }
  private: { type: aws:acm:Certificate, properties: { domainName: a.example.com, certificateAuthorityArn: arn } }
  native: { type: aws-native:certificatemanager:Certificate, properties: { domainName: a.example.com } }
  requested: { type: aws:acm:Certificate, properties: { domainName: a.example.com } }
  a: { type: aws:lb:Listener, properties: { certificateArn: "\${imported.arn}" } }
  b: { type: aws:lb:ListenerCertificate, properties: { certificateArn: "\${private.arn}" } }
  c: { type: aws-native:elasticloadbalancingv2:Listener, properties: { certificates: [{ certificateArn: "\${native.arn}" }] } }
  d: { type: aws:lb:ListenerCertificate, properties: { certificateArn: "\${requested.arn}" } }
  e: { type: aws-native:elasticloadbalancingv2:Listener, properties: { certificates: [{ certificateArn: "\${requested.arn}" }] } }
`;
        assert.deepEqual(verdictsOf(certificateValidated, program), [
            "violation: e certificates[0].certificateArn",
            "violation: d certificateArn",
        ]);
    });
});

describe("certificate-validated, value by value", () => {
    const certificate = resource("aws:acm/certificate:Certificate", "certificate", { arn: "arn" });
    const listener = resource("aws:lb/listener:Listener", "listener", { certificateArn: "arn" });
    const validation = resource("aws:acm/certificateValidation:CertificateValidation", "validation");

    it("sees a wait that only the property tells, and none in a dependency that is no URN", () => {
        const waiting = { ...listener, propertyDependencies: { certificateArn: [validation.urn] } };
        assert.deepEqual(stackVerdicts(certificateValidated, [certificate, validation, waiting]), []);
        for (const dependencies of [["nothing"], [certificate.urn]]) {
            const loose = { ...listener, dependencies };
            assert.deepEqual(stackVerdicts(certificateValidated, [certificate, loose]), [
                "violation: listener certificateArn",
            ]);
        }
    });
});

describe("certificate-validated says of", () => {
    it("the certificate itself", () => {
        says(certificateValidated, { "listener.certificateArn": "${originCertificate.arn}" }, [
            'certificateArn refers to certificate "originCertificate" itself, which AWS refuses until its domain is validated. Write the certificateArn of a CertificateValidation for it instead.',
        ]);
    });
});
