import type { Values } from "../../../provider";
import { object } from "../../account";
import { doubled, pluck } from "../resource";
import { matches, written } from "./bucketPolicies";

/** Actions on objects and on buckets, as far as their names say it. Source: S3 user guide, "Policy actions for Amazon S3". */
const onObjects = /^s3:(Get|Put|Delete|Restore|Replicate)Object\w*$/i;
const onBuckets = /^s3:(ListBucket\w*|(Get|Put|Delete)Bucket\w*)$/i;

/** Who a statement may be about. Source: IAM user guide, "AWS JSON policy elements: Principal". */
const principal = /^(\*|\d{12}|arn:aws[\w-]*:(iam|sts)::(\d{12}|cloudfront):.+|A[A-Z0-9]{15,})$/;

/**
 * What is wrong with a bucket policy, in S3's words; undefined where nothing is.
 * Sources: IAM user guide, "Grammar of the IAM JSON policy language"; S3 user guide, "Policies and permissions".
 */
export function policyProblem(policy: Values, statements: readonly Values[], arn: string): string | undefined {
    const { Version: version = "2008-10-17" } = policy;
    // Source of the size: S3 user guide, "Bucket policies".
    return Buffer.byteLength(JSON.stringify(policy)) > 20480
        ? "Policy exceeds the maximum allowed document size."
        : statements.length === 0
          ? "Missing required field Statement"
          : version !== "2008-10-17" && version !== "2012-10-17"
            ? "The policy must contain a valid version string"
            : doubled(pluck(statements, "Sid").filter((sid) => sid !== undefined && sid !== "")) !== undefined
              ? "Statement IDs (SID) in a single policy must be unique"
              : statements
                    .map((statement) => statementProblem(statement, arn))
                    .find((problem) => problem !== undefined);
}

/** Source: IAM user guide, "IAM JSON policy elements: Condition operators". */
export const conditionOperator =
    /^(ForAllValues:|ForAnyValue:)?((String(Not)?(Equals(IgnoreCase)?|Like)|Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)|Date((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)$/i;

const fields = /^(Sid|Effect|(Not)?(Principal|Action|Resource)|Condition)$/;

/** Whether an object names somebody: each list of a kind that exists, with one at least. */
function isPrincipal(who: Values): boolean {
    const kinds = Object.entries(who);
    return (
        kinds.length > 0 &&
        kinds.every(([kind, value]) => {
            const named = written(value);
            const form = { AWS: principal, CanonicalUser: /./, Federated: /./, Service: /\./ }[kind];
            return form !== undefined && named.length > 0 && named.every((one) => form.test(one));
        })
    );
}

function statementProblem(statement: Values, arn: string): string | undefined {
    const missing = ["Principal", "Action", "Resource"].find(
        (name) => (statement[name] ?? statement[`Not${name}`]) === undefined,
    );
    const actions = written(statement.Action);
    const resources = written(statement.Resource);
    const isBucket = (resource: string) => matches(resource, arn);
    const isObject = (resource: string) => resource.startsWith(`${arn}/`) || matches(resource, `${arn}/x`);
    const who = statement.Principal ?? statement.NotPrincipal;
    const unknown = Object.keys(statement).find((name) => !fields.test(name));
    const twice = ["Principal", "Action", "Resource"].find(
        (name) => statement[name] !== undefined && statement[`Not${name}`] !== undefined,
    );
    const condition = Object.keys(object(statement.Condition)).find((name) => !conditionOperator.test(name));
    const problems: readonly (readonly [boolean, string])[] = [
        [unknown !== undefined, `Unknown field ${unknown}`],
        [statement.Effect !== "Allow" && statement.Effect !== "Deny", `Invalid effect: ${String(statement.Effect)}`],
        [missing !== undefined, `Missing required field ${missing}`],
        [twice !== undefined, `Statement has both ${twice} and Not${twice}`],
        [condition !== undefined, `Invalid Condition type : ${condition}`],
        [typeof who === "string" ? who !== "*" : !isPrincipal(object(who)), "Invalid principal in policy"],
        [!actions.every((action) => /^(\*|s3[\w-]*:.+)$/i.test(action)), "Policy has invalid action"],
        [
            !resources.every((resource) => resource === "*" || isBucket(resource) || isObject(resource)),
            "Policy has invalid resource",
        ],
        [
            resources.length > 0 &&
                actions.some(
                    (action) =>
                        (onObjects.test(action) && !resources.some(isObject)) ||
                        (onBuckets.test(action) && !resources.some(isBucket)),
                ),
            "Action does not apply to any resource(s) in statement",
        ],
    ];
    return problems.find(([wrong]) => wrong)?.[1];
}
