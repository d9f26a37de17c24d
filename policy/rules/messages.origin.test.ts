import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { cloudfrontOriginAuthenticated } from "./cloudfront-origin-authenticated";
import { cloudfrontOriginHostHeader } from "./cloudfront-origin-host-header";
import { cloudfrontOriginTlsVersions } from "./cloudfront-origin-tls-versions";

describe("cloudfront-origin-authenticated says of", () => {
    it("no header", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customHeaders": undefined }, [
            'The distribution sends nothing that tells it from a distribution of anyone else, so every AWS customer can point CloudFront at origin "origin" (origin.example.com) (origins[0].domainName) and pass by this firewall. Send a secret header (customHeaders) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify; or a VPC origin.',
        ]);
    });

    it("a header that no rule demands", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.httpHeaderName": "X-Other" }, [
            'The distribution sends "X-Origin-Verify", but no listener rule of load balancer "loadBalancer" demands it, so every AWS customer can point CloudFront at origin "origin" (origin.example.com) (origins[0].domainName) and pass by this firewall. Send a secret header (customHeaders) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify; or a VPC origin.',
            `This rule of load balancer "loadBalancer" forwards without the header that CloudFront sends, so it lets in requests that did not pass the firewall. Add a condition httpHeader with the header's name and its secret value.`,
        ]);
    });

    it("a header whose name is not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customHeaders.0.name": UNKNOWN }, [
            "It cannot be told whether the origin can tell this distribution from anyone else's: origins[0].customHeaders[0].name is not known yet.",
        ]);
    });

    it("a rule that accepts another value", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.values": ["fedcba9876543210"] }, [
            'No listener rule of load balancer "loadBalancer" accepts the value of "X-Origin-Verify" that the distribution sends: its requests are refused. Give the rule the same value.',
        ]);
    });

    it("a rule that accepts any value", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.values": ["*"] }, [
            `This rule of load balancer "loadBalancer" accepts any value of the header, so it lets in requests that did not pass the firewall. Add a condition httpHeader with the header's name and its secret value.`,
        ]);
    });

    it("a client certificate that nobody verifies", () => {
        says(
            cloudfrontOriginAuthenticated,
            {
                "distribution.origins.0.customHeaders": undefined,
                "distribution.origins.0.customOriginConfig.originMtlsConfig": {
                    clientCertificateArn: "arn:aws:acm:us-east-1:1:certificate/client",
                },
            },
            [
                'CloudFront shows origin "origin" (origin.example.com) a client certificate, but no listener of load balancer "loadBalancer" verifies one. Set mutualAuthentication.mode to "verify" with a trust store on the listener.',
            ],
        );
    });

    it("a client certificate, where it is not known whether a listener verifies it", () => {
        says(
            cloudfrontOriginAuthenticated,
            {
                "distribution.origins.0.customHeaders": undefined,
                "distribution.origins.0.customOriginConfig.originMtlsConfig": {
                    clientCertificateArn: "arn:aws:acm:us-east-1:1:certificate/client",
                },
                "listener.mutualAuthentication": { mode: UNKNOWN },
            },
            [
                "It cannot be told whether the origin can tell this distribution from anyone else's: mutualAuthentication.mode of the listener is not known yet.",
            ],
        );
    });

    it("an origin whose settings are not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customOriginConfig": UNKNOWN }, [
            "It cannot be told whether the origin can tell this distribution from anyone else's: origins[0].customOriginConfig is not known yet.",
        ]);
    });

    it("a load balancer of another stack", () => {
        says(
            cloudfrontOriginAuthenticated,
            { originRecord: undefined, "distribution.origins.0.domainName": "other-1.eu-west-1.elb.amazonaws.com" },
            [
                "It cannot be told whether the origin can tell this distribution from anyone else's: what the load balancer demands is not known in this stack.",
            ],
        );
    });

    it("a load balancer of another stack to which nothing is sent", () => {
        says(
            cloudfrontOriginAuthenticated,
            {
                originRecord: undefined,
                "distribution.origins.0.domainName": "other-1.eu-west-1.elb.amazonaws.com",
                "distribution.origins.0.customHeaders": undefined,
            },
            [
                'The distribution sends nothing that tells it from a distribution of anyone else, so every AWS customer can point CloudFront at origin "origin" (other-1.eu-west-1.elb.amazonaws.com) and pass by this firewall. Send a secret header (customHeaders) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify; or a VPC origin.',
            ],
        );
    });

    it("an origin that is not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.domainName": UNKNOWN }, [
            "It cannot be told whether the origin can tell this distribution from anyone else's: origins[0].domainName is not known yet.",
        ]);
    });
});

describe("cloudfront-origin-host-header says of", () => {
    it("the viewers' Host on a certificate without it", () => {
        says(
            cloudfrontOriginHostHeader,
            { "distribution.defaultCacheBehavior.originRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3" },
            [
                `managed policy AllViewer (defaultCacheBehavior.originRequestPolicyId) forwards the viewers' Host header to origin "origin" (origin.example.com), but the certificates of load balancer "loadBalancer" cover origin.example.com and not www.example.com: the origin answers 502. Write origin request policy AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac), or add the names to the certificate's subjectAlternativeNames.`,
            ],
        );
    });

    it("the origin's name on a certificate without it", () => {
        says(cloudfrontOriginHostHeader, { "originCertificate.domainName": "other.example.com" }, [
            `CloudFront sends the origin's own name as Host header to origin "origin" (origin.example.com), but the certificates of load balancer "loadBalancer" cover other.example.com and not origin.example.com: the origin answers 502. Add the name to the certificate's subjectAlternativeNames.`,
        ]);
    });

    it("no certificate name at all", () => {
        says(
            cloudfrontOriginHostHeader,
            { "originCertificate.domainName": undefined, "listener.certificateArn": "${originCertificate.arn}" },
            [
                `CloudFront sends the origin's own name as Host header to origin "origin" (origin.example.com), but the certificates of load balancer "loadBalancer" cover no name and not origin.example.com: the origin answers 502. Add the name to the certificate's subjectAlternativeNames.`,
            ],
        );
    });

    it("a load balancer's own name", () => {
        says(cloudfrontOriginHostHeader, { "distribution.origins.0.domainName": "${loadBalancer.dnsName}" }, [
            `origins[0].domainName is "loadBalancer-123456789.eu-west-1.elb.amazonaws.com" and CloudFront sends it as Host header: no certificate of yours can cover a name of AWS's, so the origin answers 502. Write a name of your own that leads to the load balancer, such as origin.example.com, and put it on the load balancer's certificate.`,
        ]);
    });

    it("the viewers' Host without aliases", () => {
        says(
            cloudfrontOriginHostHeader,
            {
                "distribution.defaultCacheBehavior.originRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3",
                "distribution.aliases": undefined,
            },
            [
                `managed policy AllViewer (defaultCacheBehavior.originRequestPolicyId) forwards the viewers' Host header to origin "origin" (origin.example.com), and without aliases that is a name of cloudfront.net, which no certificate of yours can cover. Write origin request policy AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac), or aliases.`,
            ],
        );
    });

    it("a policy from outside", () => {
        says(
            cloudfrontOriginHostHeader,
            { "distribution.defaultCacheBehavior.originRequestPolicyId": "01234567-89ab-cdef-0123-456789abcdef" },
            [
                'It cannot be told whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: whether defaultCacheBehavior.originRequestPolicyId (a policy that is not known here) forwards Host is decided outside this stack.',
            ],
        );
    });

    it("a policy that is not known yet", () => {
        says(cloudfrontOriginHostHeader, { "distribution.defaultCacheBehavior.originRequestPolicyId": UNKNOWN }, [
            'It cannot be told whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: defaultCacheBehavior.originRequestPolicyId is not known yet.',
        ]);
    });

    it("a certificate from outside", () => {
        says(cloudfrontOriginHostHeader, { "listener.certificateArn": "arn:aws:acm:eu-west-1:1:certificate/a" }, [
            'It cannot be told whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: not every certificate of load balancer "loadBalancer" is known in this stack.',
        ]);
    });

    it("a load balancer from outside", () => {
        says(
            cloudfrontOriginHostHeader,
            {
                originRecord: undefined,
                "distribution.defaultCacheBehavior.originRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3",
            },
            [
                `It cannot be told whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: managed policy AllViewer forwards Host, and the origin's certificate is not in this stack.`,
            ],
        );
    });

    it("aliases that are not known yet", () => {
        says(
            cloudfrontOriginHostHeader,
            {
                "distribution.defaultCacheBehavior.originRequestPolicyId": "216adef6-5c7f-47e4-b989-5492eafa07d3",
                "distribution.aliases": ["origin.example.com", UNKNOWN],
            },
            [
                'It cannot be told whether the certificate of origin "origin" (origin.example.com) covers the Host header that CloudFront sends: aliases[1] is not known yet.',
            ],
        );
    });
});

describe("cloudfront-origin-tls-versions says of", () => {
    it("an outdated version", () => {
        says(
            cloudfrontOriginTlsVersions,
            { "distribution.origins.0.customOriginConfig.originSslProtocols": ["TLSv1.2", "TLSv1"] },
            [
                'origins[0].customOriginConfig.originSslProtocols of origin "origin" (origin.example.com) is ["TLSv1.2", "TLSv1"], so CloudFront may reach it with an outdated protocol. Write ["TLSv1.2"].',
            ],
        );
    });

    it("a version that is not known yet", () => {
        says(
            cloudfrontOriginTlsVersions,
            { "distribution.origins.0.customOriginConfig.originSslProtocols": [UNKNOWN] },
            [
                'It cannot be told whether CloudFront speaks nothing older than TLS 1.2 to origin "origin" (origin.example.com): origins[0].customOriginConfig.originSslProtocols[0] is not known yet.',
            ],
        );
    });

    it("a VPC origin", () => {
        says(
            cloudfrontOriginTlsVersions,
            {
                vpcOrigin: {
                    type: "aws:cloudfront:VpcOrigin",
                    properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
                },
            },
            [
                'vpcOriginEndpointConfig.originSslProtocols of the VPC origin is missing, so CloudFront may reach it with an outdated protocol. Write ["TLSv1.2"].',
            ],
        );
    });
});
