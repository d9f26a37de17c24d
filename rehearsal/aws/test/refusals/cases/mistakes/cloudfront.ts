import type { CasesByType } from "..";
import { behavior, legacy, letters, origin } from "../parts";

/** Programs with one mistake each. */
export const cloudfront: CasesByType = {
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "no protocols",
                origin({}, { originSslProtocols: [] }),
                /origins\[0\]\.customOriginConfig\.originSslProtocols: is empty\. Give it one at least\./,
            ],
            [
                "completion under read",
                origin({ responseCompletionTimeout: 10 }),
                /origins\[0\]\.responseCompletionTimeout: is 10, less than "originReadTimeout", which is 30\. \(/,
            ],
            [
                "header name with space",
                origin({ customHeaders: [{ name: "X A", value: "a" }] }),
                /origins\[0\]\.customHeaders\[0\]\.name: is "X A"; AWS allows names of headers, without spaces\. \(/,
            ],
            [
                "shield without region",
                origin({ originShield: { enabled: true } }),
                /origins\[0\]\.originShield\.originShieldRegion: is missing, which the enabled "true" needs\. \(A/,
            ],
            [
                "shield region",
                origin({ originShield: { enabled: true, originShieldRegion: "eu-central-9" } }),
                /origins\[0\]\.originShield\.originShieldRegion: is "eu-central-9"; AWS allows regions that have Origin Shield/,
            ],
            [
                "cached not allowed",
                behavior({ cachedMethods: ["GET", "HEAD", "OPTIONS"] }),
                /defaultCacheBehavior\.cachedMethods: has OPTIONS, which "allowedMethods" has not\./,
            ],
            [
                "origin request policy with forwarded values",
                legacy({ originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3" }),
                /defaultCacheBehavior\.originRequestPolicyId: goes with "cachePolicyId" only\./,
            ],
            [
                "all headers and one",
                legacy({}, { headers: ["*", "Origin"] }),
                /defaultCacheBehavior\.forwardedValues\.headers: has "\*" beside other names; "\*" is all of th/,
            ],
            [
                "lambda body on response",
                behavior({
                    lambdaFunctionAssociations: [
                        {
                            eventType: "origin-response",
                            includeBody: true,
                            lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:a:1",
                        },
                    ],
                }),
                /defaultCacheBehavior\.lambdaFunctionAssociations\[0\]\.includeBody: goes with events of reques/,
            ],
            [
                "sni-only with SSLv3",
                async (stack) => ({
                    viewerCertificate: {
                        acmCertificateArn: (await stack.certificate("us-east-1", "a.example.com")).id,
                        sslSupportMethod: "sni-only",
                        minimumProtocolVersion: "SSLv3",
                    },
                }),
                /viewerCertificate\.minimumProtocolVersion: is "SSLv3", which has no SNI\. Write "TLSv1\.2_202/,
            ],
            [
                "log bucket no acl",
                async (stack) => {
                    const b = await stack.create("aws:s3/bucket:Bucket", { bucket: "cflogs" }, "b");
                    return { loggingConfig: { bucket: b.properties.bucketDomainName } };
                },
                /InvalidArgument: The S3 bucket that you specified for C/,
            ],
            [
                "grpc get only",
                { ...behavior({ grpcConfig: { enabled: true } }), httpVersion: "http2" },
                /defaultCacheBehavior\.grpcConfig: needs HTTP\/2 and all methods, POST among them\./,
            ],
            [
                "realtime missing",
                behavior({ realtimeLogConfigArn: "arn:aws:cloudfront::111122223333:realtime-log-config/x" }),
                /NoSuchRealtimeLogConfig: The real-time log configuratio/,
            ],
        ],
    },
    "aws:cloudfront/cachePolicy:CachePolicy": {
        refused: [
            [
                "cache header accept-encoding",
                {
                    parametersInCacheKeyAndForwardedToOrigin: {
                        cookiesConfig: { cookieBehavior: "none" },
                        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Accept-Encoding"] } },
                        queryStringsConfig: { queryStringBehavior: "none" },
                    },
                },
                /parametersInCacheKeyAndForwardedToOrigin\.headersConfig\.headers\.items\[0\]: is "Accept-Encodi/,
            ],
            [
                "cache header Cookie",
                {
                    parametersInCacheKeyAndForwardedToOrigin: {
                        cookiesConfig: { cookieBehavior: "none" },
                        headersConfig: { headerBehavior: "whitelist", headers: { items: ["Cookie"] } },
                        queryStringsConfig: { queryStringBehavior: "none" },
                    },
                },
                /parametersInCacheKeyAndForwardedToOrigin\.headersConfig\.headers\.items\[0\]: is "Cookie"; AWS/,
            ],
            ["cache negative", { minTtl: -1 }, /minTtl: is -1; AWS allows 0 or more/],
        ],
    },
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
        refused: [
            [
                "orp x-amz-cf-id",
                { headersConfig: { headerBehavior: "whitelist", headers: { items: ["X-Amz-Cf-Id"] } } },
                /headersConfig\.headers\.items\[0\]: is "X-Amz-Cf-Id"; AWS allows no Authorization and no Accep/,
            ],
        ],
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        refused: [
            [
                "rhp hsts negative",
                { securityHeadersConfig: { strictTransportSecurity: { accessControlMaxAgeSec: -1, override: true } } },
                /securityHeadersConfig\.strictTransportSecurity\.accessControlMaxAgeSec: is -1; AWS allows 0/,
            ],
            [
                "rhp custom connection",
                { customHeadersConfig: { items: [{ header: "Connection", value: "close", override: true }] } },
                /customHeadersConfig\.items\[0\]\.header: is "Connection"; AWS allows names of headers, but not/,
            ],
            [
                "rhp custom twice",
                {
                    customHeadersConfig: {
                        items: [
                            { header: "X-A", value: "1", override: true },
                            { header: "x-a", value: "2", override: true },
                        ],
                    },
                },
                /customHeadersConfig\.items: has the header x-a twice\./,
            ],
            [
                "rhp xss report and block",
                {
                    securityHeadersConfig: {
                        xssProtection: {
                            modeBlock: true,
                            reportUri: "https://a.com",
                            override: true,
                            protection: true,
                        },
                    },
                },
                /securityHeadersConfig\.xssProtection\.modeBlock: goes with "protection" only, and with no "r/,
            ],
            [
                "rhp xss unprotected block",
                { securityHeadersConfig: { xssProtection: { modeBlock: true, override: true, protection: false } } },
                /securityHeadersConfig\.xssProtection\.modeBlock: goes with "protection" only, and with no "r/,
            ],
            [
                "rhp custom header with space",
                { customHeadersConfig: { items: [{ header: "X A", value: "1", override: true }] } },
                /customHeadersConfig\.items\[0\]\.header: is "X A"; AWS allows names of headers, but not of tho/,
            ],
            [
                "rhp remove x-amz",
                { removeHeadersConfig: { items: [{ header: "Content-Length" }] } },
                /removeHeadersConfig\.items\[0\]\.header: is "Content-Length"; AWS allows names of headers, but/,
            ],
        ],
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        refused: [
            [
                "oac name 65",
                { name: letters(65) },
                /name: is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; AWS allows 1/,
            ],
        ],
    },
    "aws:cloudfront/function:Function": {
        refused: [
            [
                "fn syntax",
                { code: "function handler(event) { return " },
                /code: does not compile: SyntaxError: .*\(AWS: InvalidArgument\)/,
            ],
        ],
    },
};
