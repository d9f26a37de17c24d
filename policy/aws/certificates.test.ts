import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource } from "../graph";
import { resource } from "../test/stack";
import { certificateReads, covers, namesCovered } from "./certificates";

const loadBalancer = resource("aws:lb/loadBalancer:LoadBalancer", "web", { arn: "lb" });
const certificate = (name: string, properties: Record<string, unknown>) =>
    resource("aws:acm/certificate:Certificate", name, { arn: name, ...properties });
const listener = (name: string, properties: Record<string, unknown>) =>
    resource("aws:lb/listener:Listener", name, { arn: name, loadBalancerArn: "lb", protocol: "HTTPS", ...properties });

function covered(...others: Resource[]) {
    const { names, complete } = namesCovered(loadBalancer, new StackGraph([loadBalancer, ...others]));
    return [names, complete];
}

describe("the names that a load balancer's certificates cover", () => {
    const first = certificate("first", { domainName: "A.example.com", subjectAlternativeNames: ["b.example.com"] });
    const second = certificate("second", { domainName: "c.example.com" });

    it("are those of every certificate of its HTTPS listeners, each once and in small letters", () => {
        const again = certificate("again", { domainName: "a.example.com", subjectAlternativeNames: ["a.example.com"] });
        assert.deepEqual(covered(first, listener("l", { certificateArn: "first" })), [
            ["a.example.com", "b.example.com"],
            true,
        ]);
        assert.deepEqual(covered(again, listener("l", { certificateArn: "again" })), [["a.example.com"], true]);
        const both = [listener("l", { certificateArn: "first" }), listener("m", { certificateArn: "second" })];
        assert.deepEqual(covered(first, second, ...both), [["a.example.com", "b.example.com", "c.example.com"], true]);
    });

    it("are found through a validation and through a certificate that is added to the listener", () => {
        const validation = resource("aws:acm/certificateValidation:CertificateValidation", "v", {
            id: "v",
            arn: "v",
            certificateArn: "second",
        });
        const added = resource("aws:lb/listenerCertificate:ListenerCertificate", "added", {
            listenerArn: "l",
            certificateArn: "second",
        });
        assert.deepEqual(covered(second, validation, listener("l", { certificateArn: "v" })), [
            ["c.example.com"],
            true,
        ]);
        assert.deepEqual(covered(first, second, added, listener("l", { certificateArn: "first" }))[0], [
            "a.example.com",
            "b.example.com",
            "c.example.com",
        ]);
    });

    it("are not those of a listener that is no HTTPS listener", () => {
        for (const protocol of ["HTTP", "TLS", UNKNOWN]) {
            assert.deepEqual(covered(first, listener("l", { certificateArn: "first", protocol })), [[], false]);
        }
    });

    it("are incomplete where a certificate was imported, whose names stand in its body", () => {
        const imported = certificate("imported", { certificateBody: "-----BEGIN CERTIFICATE-----" });
        assert.deepEqual(covered(imported, listener("l", { certificateArn: "imported" })), [[], false]);
        const users = [listener("l", { certificateArn: "first" }), listener("m", { certificateArn: "imported" })];
        assert.deepEqual(covered(first, imported, ...users), [["a.example.com", "b.example.com"], false]);
    });

    it("are incomplete where one certificate, or one name of it, is not known here", () => {
        assert.deepEqual(covered(), [[], false]);
        assert.deepEqual(covered(listener("l", {})), [[], false]);
        const outside = listener("m", { certificateArn: "outside" });
        assert.deepEqual(covered(second, listener("l", { certificateArn: "second" }), outside), [
            ["c.example.com"],
            false,
        ]);
        const unknown = certificate("u", { domainName: "c.example.com", subjectAlternativeNames: ["d", UNKNOWN] });
        assert.deepEqual(covered(unknown, listener("l", { certificateArn: "u" })), [["c.example.com", "d"], false]);
    });

    it("are complete in a preview, where the names that the program did not give are still to be filled in", () => {
        const given = { domainName: "c.example.com", subjectAlternativeNames: UNKNOWN, arn: UNKNOWN };
        const used = resource("aws:acm/certificate:Certificate", "c", given, { domainName: [] });
        const other = resource("aws:lb/listener:Listener", "l", {}, {});
        const named = { ...given, arn: "c" };
        const complete = (certificate: Resource, certificateArn: unknown, of: Resource[]) =>
            covered(
                certificate,
                resource(
                    "aws:lb/listener:Listener",
                    "l",
                    { arn: "l", loadBalancerArn: "lb", protocol: "HTTPS", certificateArn: certificateArn as string },
                    { certificateArn: of },
                ),
            );
        assert.deepEqual(complete(used, UNKNOWN, [used]), [["c.example.com"], true]);
        const computed = resource("aws:acm/certificate:Certificate", "c", named, { domainName: [] });
        assert.deepEqual(complete(computed, "c", []), [["c.example.com"], false]);
        const passed = resource("aws:acm/certificate:Certificate", "c", given, {
            domainName: [],
            subjectAlternativeNames: [other],
        });
        assert.deepEqual(complete(passed, UNKNOWN, [passed]), [["c.example.com"], false]);
    });

    it("are compared as TLS clients do", () => {
        assert.ok(covers(["a.example.com"], "a.example.com"));
        assert.ok(covers(["*.example.com"], "a.example.com"));
        assert.ok(!covers(["*.example.com"], "a.b.example.com"));
        assert.ok(!covers(["*.example.com"], "example.com"));
        assert.ok(!covers(["a.example.com"], "b.example.com"));
        assert.ok(!covers([".*.example.com"], ".a.example.com"));
    });
});

describe("where a listener names its certificates", () => {
    it("is its own property and the list, as far as they are there", () => {
        const user = listener("l", { certificateArn: "a", certificates: [{ certificateArn: "b" }, {}] });
        assert.deepEqual(
            certificateReads(user).map(({ property, read }) => [property, read.text]),
            [
                ["certificateArn", "a"],
                ["certificates", "b"],
            ],
        );
        assert.deepEqual(certificateReads(listener("l", {})), []);
    });
});
