import { Script } from "node:vm";
import { type Account, accountId, object, objects, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { capitals, type Operation, refusals, type Report, type ResourceModel } from "../resource";

const refuse = refusals("CloudFront");

/** Source: CloudFront developer guide, "Quotas on CloudFront Functions". */
const codeQuota = 10 * 1024;

export const cloudFrontFunction: ResourceModel = {
    autoName: { maximum: 64 },
    replaceOn: ["name"],
    defaults: { publish: true, comment: "" },
    check(inputs, report) {
        const { comment, keyValueStoreAssociations: stores } = inputs;
        if (text(comment).length > 128) {
            report("comment", `has ${text(comment).length} characters; AWS allows 128.`);
        }
        // Source: CloudFront developer guide, "Restrictions on CloudFront Functions": runtime 2.0, and one store.
        if (Array.isArray(stores) && stores.length > 1) {
            report("keyValueStoreAssociations", `has ${stores.length} key value stores; a function has at most one.`);
        }
        if (Array.isArray(stores) && stores.length > 0 && inputs.runtime === "cloudfront-js-1.0") {
            report("runtime", 'is "cloudfront-js-1.0", which has no key value stores. Write "cloudfront-js-2.0".');
        }
    },
    create(operation) {
        const { account, inputs } = operation;
        const name = text(inputs.name);
        if (account.all("Function").some(({ id, type }) => type.startsWith("aws:cloudfront/") && id === name)) {
            refuse("CreateFunction", "FunctionAlreadyExists", "A function with the same name already exists.", 409);
        }
        checkCode(inputs, "CreateFunction");
        return { id: name, name, arn: `arn:aws:cloudfront::${accountId}:function/${name}`, ...stages(operation) };
    },
    update(operation) {
        checkCode(operation.inputs, "UpdateFunction");
        return stages(operation);
    },
    delete({ account, old }) {
        if (usersOf(account, text(old.properties.arn)).length > 0) {
            refuse(
                "DeleteFunction",
                "FunctionInUse",
                "The function is attached to one or more cache behaviors. Detach it first.",
                409,
            );
        }
    },
};

function checkCode(inputs: Values, action: string): void {
    const bytes = Buffer.byteLength(text(inputs.code));
    if (bytes === 0) {
        refuse(action, "InvalidArgument", "The parameter FunctionCode is not valid: it is empty.");
    }
    const wrong = syntaxError(text(inputs.code));
    if (wrong !== undefined) {
        refuse(action, "InvalidArgument", `The parameter FunctionCode is not valid: SyntaxError: ${wrong}`);
    }
    if (bytes > codeQuota) {
        refuse(
            action,
            "FunctionSizeLimitExceeded",
            `The function is too large. (It has ${bytes} bytes; the quota is ${codeQuota}.)`,
            413,
        );
    }
}

/** CreateFunction compiles the code. Source: CloudFront API reference, CreateFunction. @returns what the compiler says. */
function syntaxError(code: string): string | undefined {
    try {
        // Scripts import the module of key value stores, which scripts of Node do not.
        new Script(code.replace(/^\s*import\s[^;\n]*;?/gm, ""));
        return undefined;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}

/** The tags of the stages: only what is published reaches the one that viewers meet. */
function stages({ account, properties, old }: Operation): Values {
    const etag = `E${capitals(13)}`;
    const live = properties.publish === true ? etag : text(old?.properties.liveStageEtag);
    const used = old !== undefined && usersOf(account, text(old.properties.arn)).length > 0;
    return { etag, liveStageEtag: live, status: live === "" ? "UNPUBLISHED" : used ? "ASSOCIATED" : "UNASSOCIATED" };
}

function usersOf(account: Account, arn: string): unknown[] {
    return account
        .all("Distribution")
        .flatMap(({ properties }) => [
            object(properties.defaultCacheBehavior),
            ...objects(properties.orderedCacheBehaviors),
        ])
        .flatMap((behavior) => objects(behavior.functionAssociations))
        .filter((association) => association.functionArn === arn);
}

/** Source: CloudFront developer guide, "Restrictions on all edge functions". */
export function checkAssociations(behavior: Values, path: string, report: Report): void {
    const functions = objects(behavior.functionAssociations);
    const lambdas = objects(behavior.lambdaFunctionAssociations);
    const taken = new Map<unknown, string>();
    for (const [name, associations] of [
        ["functionAssociations", functions],
        ["lambdaFunctionAssociations", lambdas],
    ] as const) {
        associations.forEach(({ eventType }, index) => {
            const place = `${path}.${name}[${index}]`;
            const other = taken.get(eventType);
            if (other !== undefined && eventType !== unknownValue) {
                report(
                    `${place}.eventType`,
                    `is "${text(eventType)}", which ${other} has already. An event has one function.`,
                );
            }
            taken.set(eventType, place);
        });
    }
    const viewer = ({ eventType }: Values) => text(eventType).startsWith("viewer-");
    if (functions.length > 0 && lambdas.some(viewer)) {
        report(
            `${path}.lambdaFunctionAssociations`,
            "has a Lambda function on a viewer event beside CloudFront Functions, which AWS does not combine. Use one of the two there.",
        );
    }
}

/** Refuses functions that are missing or were never published. */
export function checkFunctions(account: Account, behavior: Values, action: string): void {
    for (const { functionArn } of objects(behavior.functionAssociations)) {
        const found = account.find("Function", functionArn);
        if (found === undefined || text(found.properties.liveStageEtag) === "") {
            const why = found === undefined ? "it does not exist" : "it is not published to the LIVE stage";
            refuse(
                action,
                "InvalidFunctionAssociation",
                `The function ${text(functionArn)} cannot be associated: ${why}.`,
            );
        }
    }
}
