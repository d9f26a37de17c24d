import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { cloudfrontOriginAuthenticated, messages } from "./cloudfront-origin-authenticated";

describe("cloudfront-origin-authenticated says of", () => {
    it("no header", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customHeaders": undefined }, [
            'The distribution sends nothing that distinguishes it from anyone else\'s distribution, so every AWS customer can point CloudFront at origin "origin" (origin.example.com) and bypass this distribution. Send a secret header (a custom header of the origin) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify, or a VPC origin.',
        ]);
    });

    it("a header that no rule demands", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.httpHeaderName": "X-Other" }, [
            'The distribution sends "X-Origin-Verify", but no listener rule of load balancer "loadBalancer" demands it, so every AWS customer can point CloudFront at origin "origin" (origin.example.com) and bypass this distribution. Send a secret header (a custom header of the origin) and demand it in every listener rule that forwards; or use origin mTLS with mutualAuthentication verify, or a VPC origin.',
            `This rule of load balancer "loadBalancer" forwards without the header that CloudFront sends, so it accepts requests that bypassed the web ACL. Add an HTTP header condition with the header's name and its secret value.`,
        ]);
    });

    it("a header whose name is not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customHeaders.0.name": UNKNOWN }, [
            "Cannot tell whether the origin can distinguish this distribution from anyone else's: origins[0].customHeaders[0].name is not known yet.",
        ]);
    });

    it("a rule that accepts another value", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.values": ["fedcba9876543210"] }, [
            'No listener rule of load balancer "loadBalancer" accepts the value of "X-Origin-Verify" that the distribution sends, so its requests are refused. Give the rule the same value.',
        ]);
    });

    it("a rule that accepts any value", () => {
        says(cloudfrontOriginAuthenticated, { "rule.conditions.0.httpHeader.values": ["*"] }, [
            `This rule of load balancer "loadBalancer" accepts any value of the header, so it accepts requests that bypassed the web ACL. Add an HTTP header condition with the header's name and its secret value.`,
        ]);
    });

    it("a listener that forwards by default", () => {
        says(cloudfrontOriginAuthenticated, { "listener.defaultActions": [{ type: "forward" }] }, [
            'This listener of load balancer "loadBalancer" forwards what no rule matches, with or without the header that CloudFront sends, so it accepts requests that bypassed the web ACL. Make the default action a fixed response (type "fixed-response", content type "text/plain", status code "403") and forward from a rule that demands the header.',
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
                'CloudFront presents a client certificate to origin "origin" (origin.example.com), but no listener of load balancer "loadBalancer" verifies it. Set mutualAuthentication.mode to "verify" with a trust store on the listener.',
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
                "Cannot tell whether the origin can distinguish this distribution from anyone else's: mutualAuthentication.mode of the listener is not known yet.",
            ],
        );
    });

    it("an origin whose settings are not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.customOriginConfig": UNKNOWN }, [
            "Cannot tell whether the origin can distinguish this distribution from anyone else's: origins[0].customOriginConfig is not known yet.",
        ]);
    });

    it("a load balancer of another stack", () => {
        says(
            cloudfrontOriginAuthenticated,
            { originRecord: undefined, "distribution.origins.0.domainName": "other-1.eu-west-1.elb.amazonaws.com" },
            [
                "Cannot tell whether the origin can distinguish this distribution from anyone else's: what the load balancer demands is not known in this stack.",
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
            [messages.sendsNothing('origin "origin" (other-1.eu-west-1.elb.amazonaws.com)')],
        );
    });

    it("an origin that is not known yet", () => {
        says(cloudfrontOriginAuthenticated, { "distribution.origins.0.domainName": UNKNOWN }, [
            "Cannot tell whether the origin can distinguish this distribution from anyone else's: origins[0].domainName is not known yet.",
        ]);
    });
});
