import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { testRule, verdictsOf, says } from "../test/testRule";
import { cloudfrontViewerHttps } from "./cloudfront-viewer-https";

const policy = "distribution.defaultCacheBehavior.viewerProtocolPolicy";
const violation = "violation: distribution defaultCacheBehavior.viewerProtocolPolicy";

describe("cloudfront-viewer-https", () => {
    testRule(cloudfrontViewerHttps, {
        breaks: {
            "allow-all": [policy, "allow-all", violation],
            "a missing policy": [policy, undefined, violation],
            "another case than AWS's": [policy, "HTTPS-only", violation],
            "an ordered behavior that allows all": [
                "distribution.orderedCacheBehaviors",
                [
                    { pathPattern: "/a", viewerProtocolPolicy: "https-only" },
                    { pathPattern: "/b", viewerProtocolPolicy: "allow-all" },
                ],
                "violation: distribution orderedCacheBehaviors[1].viewerProtocolPolicy",
            ],
            "a missing default behavior": ["distribution.defaultCacheBehavior", undefined, violation],
        },
        accepts: { "https-only": [policy, "https-only"] },
        unknowns: {
            [policy]: ["cannot tell: distribution defaultCacheBehavior.viewerProtocolPolicy"],
            "distribution.defaultCacheBehavior": ["cannot tell: distribution defaultCacheBehavior"],
            "distribution.orderedCacheBehaviors": ["cannot tell: distribution orderedCacheBehaviors"],
        },
        shapes: ["distribution.defaultCacheBehavior", policy, "distribution.orderedCacheBehaviors"],
    });

    it("judges a known behavior beside an unknown one", () => {
        const program = `
resources:
  other: { type: aws:s3:Bucket }
  distribution:
    type: aws-native:cloudfront:Distribution
    properties:
      distributionConfig:
        defaultCacheBehavior: { viewerProtocolPolicy: allow-all }
        cacheBehaviors: [{ viewerProtocolPolicy: allow-all }, { viewerProtocolPolicy: https-only }]
  multitenant:
    type: aws:cloudfront:MultitenantDistribution
    properties:
      defaultCacheBehavior: { viewerProtocolPolicy: https-only }
      cacheBehaviors: [{ viewerProtocolPolicy: allow-all }]
`;
        assert.deepEqual(verdictsOf(cloudfrontViewerHttps, program), [
            "violation: distribution distributionConfig.defaultCacheBehavior.viewerProtocolPolicy",
            "violation: distribution distributionConfig.cacheBehaviors[0].viewerProtocolPolicy",
            "violation: multitenant cacheBehaviors[0].viewerProtocolPolicy",
        ]);
    });
});

describe("cloudfront-viewer-https says of", () => {
    it("allow-all", () => {
        says(cloudfrontViewerHttps, { "distribution.defaultCacheBehavior.viewerProtocolPolicy": "allow-all" }, [
            'defaultCacheBehavior.viewerProtocolPolicy is "allow-all": viewers of every path that no other behavior matches may be served over plain HTTP. Write "redirect-to-https" or "https-only".',
        ]);
    });

    it("allow-all for some paths: the paths, the value and what to write", () => {
        const behaviors = [{ pathPattern: "/images/*", viewerProtocolPolicy: "allow-all" }];
        says(cloudfrontViewerHttps, { "distribution.orderedCacheBehaviors": behaviors }, [
            'orderedCacheBehaviors[0].viewerProtocolPolicy is "allow-all": viewers of paths /images/* may be served over plain HTTP. Write "redirect-to-https" or "https-only".',
        ]);
    });

    it("a policy that is not known yet", () => {
        says(cloudfrontViewerHttps, { "distribution.defaultCacheBehavior.viewerProtocolPolicy": UNKNOWN }, [
            "Cannot tell whether viewers must use HTTPS: defaultCacheBehavior.viewerProtocolPolicy is not known yet.",
        ]);
    });
});
