import assert from "node:assert/strict";
import { RehearsedStack } from "../rehearsedStack";

describe("refusals of the rehearsed AWS: certificates", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    it("validation without its record, or with a wrong one, fails instead of waiting", async () => {
        const { id, properties } = await stack.create("aws:acm/certificate:Certificate", {
            domainName: "www.example.com",
            validationMethod: "DNS",
        });
        const validate = () =>
            stack.create("aws:acm/certificateValidation:CertificateValidation", { certificateArn: id });
        await assert.rejects(
            validate(),
            /timeout while waiting.*no public hosted zone of the account has the CNAME record _/,
        );
        const [option] = properties.domainValidationOptions as Record<string, string>[];
        await stack.record({ name: option?.resourceRecordName, type: "CNAME", records: ["wrong.example.com"] });
        await assert.rejects(validate(), /holds wrong.example.com instead of _/);
    });
    it("the token is the same in every region and for the wildcard", async () => {
        const [one, other] = await Promise.all(
            [
                ["us-east-1", "example.com"],
                ["eu-west-1", "*.example.com"],
            ].map(([region, domainName]) =>
                stack.create("aws:acm/certificate:Certificate", { domainName, validationMethod: "DNS", region }),
            ),
        );
        const name = (of: typeof one) =>
            (of?.properties.domainValidationOptions as Record<string, string>[])[0]?.resourceRecordName;
        assert.match(name(one) ?? "", /^_[0-9a-f]{32}\.example\.com\.$/);
        assert.equal(name(one), name(other));
    });
    it("names that are too long, or no names", async () => {
        const request = (domainName: string) =>
            stack.create("aws:acm/certificate:Certificate", { domainName, validationMethod: "DNS" });
        await assert.rejects(
            request(`${"a".repeat(53)}.example.com`),
            /domainName: can be no longer than 64 characters, .*InvalidDomainValidationOptionsException/,
        );
        for (const name of ["my_site.example.com", "www.example.com.", "-a.example.com", "a.*.example.com", "com"]) {
            await assert.rejects(
                request(name),
                /^Error: domainName: is ".*"; AWS allows DNS names such as "www.example.com"[^\n]*$/,
                name,
            );
        }
        await request(`${"a".repeat(52)}.example.com`);
    });
    it("deleting one that a listener uses", async () => {
        const certificate = await stack.certificate("eu-central-1", "origin.example.com");
        await stack.listener({ certificateArn: certificate.id });
        await assert.rejects(stack.delete(certificate), /ResourceInUseException/);
    });
});
