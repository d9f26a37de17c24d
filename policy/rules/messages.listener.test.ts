import { UNKNOWN } from "../graph";
import { says } from "../test/testRule";
import { albDefaultActionFailClosed } from "./alb-default-action-fail-closed";
import { albDropInvalidHeaders } from "./alb-drop-invalid-headers";
import { albListenerHttpsOnly } from "./alb-listener-https-only";
import { albListenerSecurityPolicy } from "./alb-listener-security-policy";
import { albTargetHttps } from "./alb-target-https";
import { certificateValidated } from "./certificate-validated";
import { validationRecordProtected } from "./validation-record-protected";

describe("alb-default-action-fail-closed says of", () => {
    it("a default action that forwards", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions": [{ type: "forward", targetGroupArn: "arn" }] }, [
            'Load balancer "loadBalancer" is an origin of distribution "distribution", and a request that matches no rule of this listener is forwarded to targets. Write a default action { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } } and forward from a rule that demands the secret header.',
        ]);
    });

    it("an answer that does not refuse", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions.0.fixedResponse.statusCode": "200" }, [
            'Load balancer "loadBalancer" is an origin of distribution "distribution", and a request that matches no rule of this listener is answered with status "200". Write a default action { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } } and forward from a rule that demands the secret header.',
        ]);
    });

    it("an aws-native answer that does not refuse", () => {
        says(
            albDefaultActionFailClosed,
            { "listener.defaultActions": [{ type: "fixed-response", fixedResponseConfig: { statusCode: 200 } }] },
            [
                'Load balancer "loadBalancer" is an origin of distribution "distribution", and a request that matches no rule of this listener is answered with status 200. Write a default action { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } } and forward from a rule that demands the secret header.',
            ],
        );
    });

    it("an action that is not known yet", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions.0.type": UNKNOWN }, [
            "It cannot be told whether a load balancer behind this origin refuses by default: defaultActions[0].type is not known yet.",
        ]);
    });

    it("actions that are not known yet", () => {
        says(albDefaultActionFailClosed, { "listener.defaultActions": UNKNOWN }, [
            "It cannot be told whether a load balancer behind this origin refuses by default: defaultActions is not known yet.",
        ]);
    });

    it("an origin that is not known yet", () => {
        says(albDefaultActionFailClosed, { "distribution.origins.0.domainName": UNKNOWN }, [
            "It cannot be told whether a load balancer behind this origin refuses by default: origins[0].domainName is not known yet.",
        ]);
    });
});

describe("alb-drop-invalid-headers says of", () => {
    it("false", () => {
        says(albDropInvalidHeaders, { "loadBalancer.dropInvalidHeaderFields": false }, [
            "dropInvalidHeaderFields is false: header fields with invalid names reach the targets, which opens the way to request smuggling. Write true.",
        ]);
    });

    it("a missing setting", () => {
        says(albDropInvalidHeaders, { "loadBalancer.dropInvalidHeaderFields": undefined }, [
            "dropInvalidHeaderFields is missing, for which AWS takes false: header fields with invalid names reach the targets, which opens the way to request smuggling. Write true.",
        ]);
    });

    it("a setting that is not known yet", () => {
        says(albDropInvalidHeaders, { "loadBalancer.dropInvalidHeaderFields": UNKNOWN }, [
            "It cannot be told whether the load balancer drops invalid headers: dropInvalidHeaderFields is not known yet.",
        ]);
    });

    it("a type that is not known yet", () => {
        says(
            albDropInvalidHeaders,
            { "loadBalancer.dropInvalidHeaderFields": false, "loadBalancer.loadBalancerType": UNKNOWN },
            [
                "It cannot be told whether this is an application load balancer, which has to drop invalid headers: loadBalancerType is not known yet.",
            ],
        );
    });
});

describe("alb-listener-https-only says of", () => {
    it("HTTP", () => {
        says(albListenerHttpsOnly, { "listener.protocol": "HTTP" }, [
            'protocol is "HTTP": requests reach the load balancer in clear. Write "HTTPS" with port 443, or remove the listener.',
        ]);
    });

    it("a missing protocol", () => {
        says(albListenerHttpsOnly, { "listener.protocol": undefined }, [
            'protocol is missing, for which AWS takes HTTP: requests reach the load balancer in clear. Write "HTTPS" with port 443, or remove the listener.',
        ]);
    });

    it("a redirect", () => {
        says(
            albListenerHttpsOnly,
            {
                "listener.protocol": "HTTP",
                "listener.defaultActions": [{ type: "redirect", redirect: { protocol: "HTTPS" } }],
            },
            [
                `protocol is "HTTP": requests reach the load balancer in clear. It redirects, which Security Hub's ELB.1 accepts and ELB.18 does not; the first request still travels in clear. Set allowRedirectToHttps to accept it. Write "HTTPS" with port 443, or remove the listener.`,
            ],
        );
    });

    it("a redirect to HTTP", () => {
        says(
            albListenerHttpsOnly,
            {
                "listener.protocol": "HTTP",
                "listener.defaultActions": [{ type: "redirect", redirect: { protocol: "HTTP" } }],
            },
            [
                'protocol is "HTTP": requests reach the load balancer in clear. Write "HTTPS" with port 443, or remove the listener.',
            ],
        );
    });

    it("no action at all", () => {
        says(albListenerHttpsOnly, { "listener.protocol": "HTTP", "listener.defaultActions": [] }, [
            'protocol is "HTTP": requests reach the load balancer in clear. Write "HTTPS" with port 443, or remove the listener.',
        ]);
    });

    it("a protocol that is not known yet", () => {
        says(albListenerHttpsOnly, { "listener.protocol": UNKNOWN }, [
            "It cannot be told whether the listener takes HTTPS only: protocol is not known yet.",
        ]);
    });
});

describe("alb-listener-security-policy says of", () => {
    it("an outdated policy", () => {
        says(albListenerSecurityPolicy, { "listener.sslPolicy": "ELBSecurityPolicy-2016-08" }, [
            'sslPolicy is "ELBSecurityPolicy-2016-08". Write "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", or another of: ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09.',
        ]);
    });

    it("a missing policy", () => {
        says(albListenerSecurityPolicy, { "listener.sslPolicy": undefined }, [
            'sslPolicy is missing, for which AWS takes ELBSecurityPolicy-2016-08 with TLS 1.0. Write "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", or another of: ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09.',
        ]);
    });

    it("a policy that is not known yet", () => {
        says(albListenerSecurityPolicy, { "listener.sslPolicy": UNKNOWN }, [
            "It cannot be told whether the listener's security policy is a recommended one: sslPolicy is not known yet.",
        ]);
    });
});

describe("alb-target-https says of", () => {
    it("HTTP", () => {
        says(albTargetHttps, { "targets.protocol": "HTTP" }, [
            'protocol is "HTTP": requests travel from the load balancer to the targets in clear. Write "HTTPS".',
        ]);
    });

    it("a missing protocol", () => {
        says(albTargetHttps, { "targets.protocol": undefined }, [
            'protocol is missing, for which AWS takes HTTP: requests travel from the load balancer to the targets in clear. Write "HTTPS".',
        ]);
    });

    it("a protocol that is not known yet", () => {
        says(albTargetHttps, { "targets.protocol": UNKNOWN }, [
            'It cannot be told whether "targets" is reached over HTTPS: protocol is not known yet.',
        ]);
    });

    it("a health check over HTTP", () => {
        says(albTargetHttps, { "targets.healthCheck.protocol": "HTTP" }, [
            'healthCheck.protocol is "HTTP": health checks travel in clear. Write "HTTPS".',
        ]);
    });
});

describe("certificate-validated says of", () => {
    it("the certificate itself", () => {
        says(certificateValidated, { "listener.certificateArn": "${originCertificate.arn}" }, [
            'certificateArn comes from certificate "originCertificate" itself, which AWS refuses until its domain is validated. Write the certificateArn of a CertificateValidation for it.',
        ]);
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
                'Record "record" validates an ACM certificate and is not protected: without it the certificate is not renewed, and every hop that uses it fails. Set the resource option protect: true. retainOnDelete protects it too, but Pulumi hides that option from policies; exempt the record if you use it.',
            ],
        );
    });
});
