import type { Values } from "../../../provider";
import { object } from "../../account";
import { matches, written } from "./bucketPolicies";

/** Actions on objects and on buckets, as far as their names say it. Source: S3 user guide, "Policy actions for Amazon S3". */
const onObjects = /^s3:(Get|Put|Delete|Restore|Replicate)Object\w*$/i;
const onBuckets = /^s3:(ListBucket\w*|(Get|Put|Delete)Bucket\w*)$/i;

/** Who a statement may be about. Source: IAM user guide, "AWS JSON policy elements: Principal". */
const principal = /^(\*|\d{12}|arn:aws[\w-]*:(iam|sts)::[\w-]+:.+|A[A-Z0-9]{15,})$/;

/**
 * What is wrong with a bucket policy, in S3's words; undefined where nothing is.
 * Sources: IAM user guide, "Grammar of the IAM JSON policy language"; S3 user guide, "Policies and permissions".
 */
export function policyProblem(policy: string, statements: readonly Values[], arn: string): string | undefined {
    const { Version: version = "2008-10-17" } = object(JSON.parse(policy));
    return statements.length === 0
        ? "Missing required field Statement"
        : version !== "2008-10-17" && version !== "2012-10-17"
          ? "The policy must contain a valid version string"
          : statements.map((statement) => statementProblem(statement, arn)).find((problem) => problem !== undefined);
}

function statementProblem(statement: Values, arn: string): string | undefined {
    const missing = [["Principal"], ["Action"], ["Resource"]].find(
        ([name = ""]) => (statement[name] ?? statement[`Not${name}`]) === undefined,
    );
    const actions = written(statement.Action);
    const resources = written(statement.Resource);
    const isBucket = (resource: string) => matches(resource, arn);
    const isObject = (resource: string) => resource.startsWith(`${arn}/`) || matches(resource, `${arn}/x`);
    const principals = written(object(statement.Principal ?? statement.NotPrincipal).AWS);
    return statement.Effect !== "Allow" && statement.Effect !== "Deny"
        ? `Invalid effect: ${String(statement.Effect)}`
        : missing !== undefined
          ? `Missing required field ${missing[0]}`
          : !principals.every((one) => principal.test(one))
            ? "Invalid principal in policy"
            : !actions.every((action) => /^(\*|s3[\w-]*:.+)$/i.test(action))
              ? "Policy has invalid action"
              : !resources.every((resource) => resource === "*" || isBucket(resource) || isObject(resource))
                ? "Policy has invalid resource"
                : resources.length > 0 &&
                    actions.some(
                        (action) =>
                            (onObjects.test(action) && !resources.some(isObject)) ||
                            (onBuckets.test(action) && !resources.some(isBucket)),
                    )
                  ? "Action does not apply to any resource(s) in statement"
                  : undefined;
}
