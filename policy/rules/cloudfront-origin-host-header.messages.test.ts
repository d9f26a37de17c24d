import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { cloudfrontOriginHostHeader } from "./cloudfront-origin-host-header";

const policy = "distribution.defaultCacheBehavior.originRequestPolicyId";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";

describe("cloudfront-origin-host-header says of", () => {
    it("the viewers' Host on a certificate without it", () => {
        says(cloudfrontOriginHostHeader, { [policy]: allViewer }, [
            `CloudFront forwards the viewers' Host header to origin "origin" (origin.example.com) by managed policy AllViewer (defaultCacheBehavior.originRequestPolicyId), but the certificates of load balancer "loadBalancer" cover origin.example.com and not www.example.com, so CloudFront answers 502. Use origin request policy AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac), or add the names to the certificate's subjectAlternativeNames.`,
        ]);
    });

    it("the origin's name on a certificate without it", () => {
        says(cloudfrontOriginHostHeader, { "originCertificate.domainName": "other.example.com" }, [
            `CloudFront sends the origin's own name as the Host header to origin "origin" (origin.example.com), but the certificates of load balancer "loadBalancer" cover other.example.com and not origin.example.com, so CloudFront answers 502. Add the name to the certificate's subjectAlternativeNames.`,
        ]);
    });

    it("a certificate whose names are not in the program", () => {
        says(
            cloudfrontOriginHostHeader,
            { "originCertificate.domainName": undefined, "listener.certificateArn": "${originCertificate.arn}" },
            [
                'Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: not every certificate of load balancer "loadBalancer" is known in this stack.',
            ],
        );
    });

    it("a load balancer's own name", () => {
        says(cloudfrontOriginHostHeader, { "distribution.origins.0.domainName": "${loadBalancer.dnsName}" }, [
            `origins[0].domainName is "loadBalancer-123456789.eu-west-1.elb.amazonaws.com", and CloudFront sends it as the Host header: no certificate of yours can cover a name of AWS's, so CloudFront answers 502. Write a name in your own domain that points to the load balancer, such as origin.example.com, and add it to the load balancer's certificate.`,
        ]);
    });

    it("the viewers' Host without aliases", () => {
        says(
            cloudfrontOriginHostHeader,
            {
                [policy]: allViewer,
                "distribution.aliases": undefined,
            },
            [
                `CloudFront forwards the viewers' Host header to origin "origin" (origin.example.com) by managed policy AllViewer (defaultCacheBehavior.originRequestPolicyId); without aliases, that is a cloudfront.net name, which no certificate of yours can cover. Use origin request policy AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac), or add aliases.`,
            ],
        );
    });

    it("a policy from outside", () => {
        says(cloudfrontOriginHostHeader, { [policy]: "01234567-89ab-cdef-0123-456789abcdef" }, [
            'Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: whether defaultCacheBehavior.originRequestPolicyId (a policy that this pack does not know) forwards Host is decided outside this stack.',
        ]);
    });

    it("a policy that is not known yet", () => {
        says(cloudfrontOriginHostHeader, { [policy]: UNKNOWN }, [
            'Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: defaultCacheBehavior.originRequestPolicyId is not known yet.',
        ]);
    });

    it("a certificate from outside", () => {
        says(cloudfrontOriginHostHeader, { "listener.certificateArn": "arn:aws:acm:eu-west-1:1:certificate/a" }, [
            'Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: not every certificate of load balancer "loadBalancer" is known in this stack.',
        ]);
    });

    it("a load balancer from outside", () => {
        says(
            cloudfrontOriginHostHeader,
            {
                originRecord: undefined,
                [policy]: allViewer,
            },
            [
                `Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: managed policy AllViewer forwards Host, and the origin's certificate is not in this stack.`,
            ],
        );
    });

    it("aliases that are not known yet", () => {
        says(
            cloudfrontOriginHostHeader,
            {
                [policy]: allViewer,
                "distribution.aliases": ["origin.example.com", UNKNOWN],
            },
            [
                'Cannot tell whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: aliases[1] is not known yet.',
            ],
        );
    });
});
