import { isDeferred, shown } from "./valueProblems";

/** What is wrong with the ARN of a certificate in whatever region. */
export function certificateProblem(arn: unknown): string | undefined {
    return arnProblem(arn, {
        pattern: /^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
        what: "the ARN of an ACM certificate",
        example: "arn:aws:acm:eu-central-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    });
}

export function viewerCertificateProblem(arn: unknown): string | undefined {
    return arnProblem(arn, {
        pattern: /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
        what: "the ARN of an ACM certificate in us-east-1, where CloudFront looks for it",
        example: "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012",
    });
}

export function webAclProblem(arn: unknown): string | undefined {
    return arnProblem(arn, {
        pattern: /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[\w-]+$/,
        what: "the ARN of a web ACL with scope CLOUDFRONT, in us-east-1",
        example: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/own/12345678-1234-1234-1234-123456789012",
    });
}

/** Source: Amazon S3 user guide, "General purpose bucket naming rules". */
export function bucketNameProblem(name: unknown): string | undefined {
    const legal = typeof name === "string" && /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name);
    return legal || isDeferred(name)
        ? undefined
        : `is ${shown(name)}; a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens. Write, for example, "acme-load-balancer-logs".`;
}

/** Source: Amazon S3 user guide, "Virtual hosting of buckets"; the website's name speaks plain HTTP only. */
export function bucketDomainNameProblem(name: unknown): string | undefined {
    const legal =
        typeof name === "string" &&
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\.s3\.[a-z0-9-]+\.amazonaws\.com$/.test(name) &&
        !name.includes(".s3-website");
    return legal || isDeferred(name)
        ? undefined
        : `is ${shown(name)}; it is a bucket's name, ".s3.", its region and ".amazonaws.com", not a website endpoint. Write, for example, "acme-files.s3.eu-central-1.amazonaws.com".`;
}

/** What is wrong with an ARN; a missing one is wrong where it is asked for. */
export function arnProblem(
    arn: unknown,
    { pattern, what, example }: { pattern: RegExp; what: string; example: string },
): string | undefined {
    return isDeferred(arn) || (typeof arn === "string" && pattern.test(arn))
        ? undefined
        : arn === undefined
          ? `is missing. Write ${what}, for example "${example}".`
          : `is ${shown(arn)}; it is ${what}. Write, for example, "${example}".`;
}
