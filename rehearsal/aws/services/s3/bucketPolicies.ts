import type { Values } from "../../../provider";
import { list, object, objects, text } from "../../account";
import { matchesWildcard } from "../resource";

/** Who asks S3 for what, over TLS. */
export interface BucketRequest {
    /** The names that a policy may know the caller by: services, or ARNs and numbers of accounts. */
    readonly principals: readonly string[];
    readonly action: string;
    readonly resource: string;
    /** What conditions may ask about; a key that is not here is absent from the request. */
    readonly context: Readonly<Record<string, string>>;
}

/** The statements of a bucket policy; undefined where it is no JSON. */
export function readPolicy(policy: unknown): Values[] | undefined {
    try {
        const parsed = typeof policy === "string" ? (JSON.parse(policy) as unknown) : policy;
        const statement = object(parsed).Statement;
        return objects(Array.isArray(statement) ? statement : [statement]);
    } catch {
        return undefined;
    }
}

/**
 * Whether a bucket policy lets a caller of another account in: a statement allows it, and none denies it.
 * Source: IAM user guide, "Policy evaluation logic". A condition that is not known here never allows and always denies.
 */
export function policyAllows(statements: readonly Values[], request: BucketRequest): boolean {
    const matching = (effect: string) =>
        statements.some(
            (statement) =>
                statement.Effect === effect &&
                names(statement.Principal, request.principals) &&
                // Actions are read in any case.
                matches(written(statement.Action).map(lowerCase), lowerCase(request.action)) &&
                matches(statement.Resource, request.resource) &&
                holds(object(statement.Condition), request.context, effect === "Deny"),
        );
    return matching("Allow") && !matching("Deny");
}

/** Conditions that let in somebody named, not the public. Source: S3 user guide, "The meaning of public". */
const restrictingKeys =
    /^(aws:(SourceIp|SourceArn|SourceVpc|SourceVpce|SourceOwner|SourceAccount|PrincipalOrgID|PrincipalOrgPaths|userid)|s3:(x-amz-server-side-encryption-aws-kms-key-id|DataAccessPointArn|DataAccessPointAccount))$/i;

/** Whether a policy makes its bucket public: it allows everybody, under no condition that names somebody. */
export function isPublic(statements: readonly Values[]): boolean {
    return statements.some(
        (statement) =>
            statement.Effect === "Allow" &&
            names(statement.Principal, []) &&
            !Object.values(object(statement.Condition)).some((tests) =>
                Object.keys(object(tests)).some((key) => restrictingKeys.test(key)),
            ),
    );
}

const lowerCase = (name: string) => name.toLowerCase();

function names(principal: unknown, callers: readonly string[]): boolean {
    const named = principal === "*" ? ["*"] : Object.values(object(principal)).flatMap(written);
    return named.some((one) => one === "*" || callers.includes(one));
}

/** Whether one of the patterns of a policy fits. */
export function matches(patterns: unknown, value: string): boolean {
    return written(patterns).some((pattern) => matchesWildcard(pattern, value));
}

/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
function holds(condition: Values, context: BucketRequest["context"], ifUnknown: boolean): boolean {
    return Object.entries(condition).every(([operator, tests]) =>
        Object.entries(object(tests)).every(([key, wanted]) => {
            const actual = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
            switch (operator) {
                case "Bool":
                case "StringEquals":
                    return actual !== undefined && written(wanted).includes(actual);
                case "StringLike":
                case "ArnLike":
                case "ArnEquals":
                    return actual !== undefined && matches(wanted, actual);
                case "StringNotEquals":
                    return actual === undefined || !written(wanted).includes(actual);
                default:
                    return ifUnknown;
            }
        }),
    );
}

/** IAM writes a list of one as the one. */
export function written(value: unknown): string[] {
    return (Array.isArray(value) ? list(value) : [value])
        .filter((one) => typeof one === "string" || typeof one === "boolean")
        .map((one) => (typeof one === "string" ? text(one) : String(one)));
}
