import type { InnerProblem } from "./argumentSpec";
import { isDeferred, itemProblems, listOf, listProblem, plainValueNeeded, shown } from "./valueProblems";

const destinations =
    /^arn:aws[\w-]*:(logs:us-east-1:\d{12}:log-group:(?<group>[^:*]+)|s3:::(?<bucket>[a-z0-9.-]+)|firehose:us-east-1:\d{12}:deliverystream\/(?<stream>[\w.-]+))$/;

/** Source: AWS WAF developer guide, "AWS WAF logging destinations". */
export function webAclLogDestinationProblem(arn: unknown): string | undefined {
    const wrong = destinationProblem(arn, "aws-waf-logs-acme");
    if (wrong !== undefined || typeof arn !== "string") {
        return wrong;
    }
    const { group, bucket, stream } = destinations.exec(arn)?.groups ?? {};
    const name = group ?? bucket ?? stream ?? "";
    return name.startsWith("aws-waf-logs-")
        ? undefined
        : `is ${shown(arn)}; AWS WAF writes only to what is named aws-waf-logs- and something. Use one whose name begins like this, for example "aws-waf-logs-${name}".`;
}

/** Source: CloudFront developer guide, "Configure standard logging (v2)". */
export function accessLogDestinationProblem(arn: unknown): string | undefined {
    return destinationProblem(arn, "acme");
}

function destinationProblem(arn: unknown, name: string): string | undefined {
    return isDeferred(arn) || (typeof arn === "string" && destinations.test(arn))
        ? undefined
        : `is ${shown(arn)}; it is the ARN of a log group or a Firehose stream in us-east-1, or of a bucket, without ":*" at its end. Write, for example, "arn:aws:s3:::${name}".`;
}

/** Headers whose values no log holds, as AWS WAF spells them. Source: RFC 9110, "Tokens". */
export function redactedHeadersProblems(headers: unknown): string | readonly InnerProblem[] {
    const count = listOf(headers)?.length ?? 0;
    const crowd: InnerProblem[] =
        count > 20 ? [["", `has ${count} headers; at most 20 are allowed. Leave some of them out.`]] : [];
    const headerProblem = (header: unknown) =>
        isDeferred(header)
            ? plainValueNeeded
            : typeof header !== "string" || !/^[\w!#$%&'*+.^`|~-]{1,64}$/.test(header)
              ? `is ${shown(header)}; a header's name has at most 64 characters, and no space or colon. Write, for example, "x-api-key".`
              : ["authorization", "cookie", "x-origin-verify"].includes(header.toLowerCase())
                ? `is ${shown(header)}, which is redacted anyway. Leave it out.`
                : header === header.toLowerCase()
                  ? undefined
                  : `is ${shown(header)}; AWS WAF spells headers in lower case. Write "${header.toLowerCase()}".`;
    return listProblem(headers, "x-api-key") ?? [...crowd, ...itemProblems(headers, headerProblem)];
}
