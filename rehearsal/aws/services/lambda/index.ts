import { isDeepStrictEqual } from "node:util";
import { accountId, text } from "../../account";
import type { Values } from "../../../provider";
import type { Operation, ServiceModel } from "../resource";

/** What a version that is published is made of. Source: Lambda developer guide, "Manage Lambda function versions". */
const published = "code s3Key s3ObjectVersion imageUri sourceCodeHash runtime handler environment".split(" ");

/** The ARNs by which Lambda@Edge and others name a function: `$LATEST`, or a numbered version with `publish`. */
function versioned({ region, inputs }: Operation, number: number): Values {
    const arn = `arn:aws:lambda:${region}:${accountId}:function:${text(inputs.name)}`;
    const version = inputs.publish === true ? String(number) : "$LATEST";
    const invokeArn = (of: string) => `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${of}/invocations`;
    const qualifiedArn = `${arn}:${version}`;
    return { arn, version, qualifiedArn, invokeArn: invokeArn(arn), qualifiedInvokeArn: invokeArn(qualifiedArn) };
}

export const lambda: ServiceModel = {
    title: "Lambda",
    resources: {
        "aws:lambda/function:Function": {
            // Source: Lambda API reference, CreateFunction, FunctionName.
            autoName: { maximum: 64 },
            files: [
                [
                    "s3Bucket",
                    "s3Key",
                    "InvalidParameterValueException",
                    "Error occurred while GetObject. S3 Error Code: NoSuchKey.",
                ],
            ],
            create: (operation) => ({ id: text(operation.inputs.name), ...versioned(operation, 1) }),
            update(operation) {
                const { inputs, old } = operation;
                const last = Number(old?.properties.version) || 0;
                const same = published.every((one) => isDeepStrictEqual(inputs[one], old?.inputs[one]));
                return versioned(operation, same && last > 0 ? last : last + 1);
            },
        },
    },
};
