import assert from "node:assert/strict";

import { arnOf, isFarFromEdge } from "./arn";

describe("an ARN", () => {
    it("has a service, a Region where the service has any, and a resource that may hold colons", () => {
        assert.deepEqual(arnOf("arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/a1"), {
            service: "wafv2",
            region: "us-east-1",
            resource: "global/webacl/edge/a1",
        });
        assert.deepEqual(arnOf("arn:aws:s3:::logs"), { service: "s3", region: "", resource: "logs" });
        assert.equal(arnOf("arn:aws:logs:eu-west-1:111122223333:log-group:a:*")?.resource, "log-group:a:*");
    });

    it("is no other text", () => {
        for (const text of ["", "edge", "arn", "arn:", "arn:aws:s3:eu-west-1:111122223333", "urn:aws:s3:::logs"]) {
            assert.equal(arnOf(text), undefined, text);
        }
    });
});

describe("a Region", () => {
    it("is far from the edge where CloudFront finds no certificate and no web ACL in it", () => {
        for (const region of ["eu-west-1", "us-west-2", "me-central-1", "us-east-2"]) {
            assert.equal(isFarFromEdge(region), true, region);
        }
    });

    it("is not where CloudFront looks there, in other partitions, or where it is no Region", () => {
        const others = [
            "cn-north-1",
            "us-gov-west-1",
            "us-iso-east-1",
            "us-isob-east-1",
            "eu-isoe-west-1",
            "eusc-de-east-1",
        ];
        for (const region of ["us-east-1", ...others, "", "eu-west-1a", "my-eu-west-1", "global", undefined]) {
            assert.equal(isFarFromEdge(region), false, String(region));
        }
    });
});
