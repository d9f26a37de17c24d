import { Script } from "node:vm";
import { object, objects, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { behaviors } from "./distributionRules";
import { etag, identity } from "./identity";
import { type Operation, type Report, type ResourceModel, ruleForms, valuesAt } from "../resource";

const { rule } = ruleForms("InvalidArgument");

export const cloudFrontFunction: ResourceModel = {
    rules: [
        rule("code", (code) => (typeof code === "string" ? codeProblem(code) : undefined)),
        // Source: CloudFront developer guide, "Quotas on CloudFront Functions".
        ruleForms("FunctionSizeLimitExceeded").form(
            "code",
            (code) => Buffer.byteLength(code) <= 10 * 1024,
            "up to 10,240 bytes",
        ),
    ],
    create(operation) {
        const name = text(operation.inputs.name);
        return { ...identity("function", name), name, ...stages(operation) };
    },
    update: stages,
};

/** CreateFunction compiles the code. Source: CloudFront API reference, CreateFunction. */
function codeProblem(code: string): string | undefined {
    try {
        // Scripts import the module of key value stores, which scripts of Node do not.
        new Script(code.replace(/^\s*import\s[^;\n]*;?/gm, ""));
        return code === "" ? "is empty." : undefined;
    } catch (error) {
        return `does not compile: ${String(error)}.`;
    }
}

/** The tags of the stages: only what is published reaches the one that viewers meet. */
function stages({ account, properties, old }: Operation): Values {
    const tag = etag();
    const live = properties.publish === true ? tag.etag : text(old?.properties.liveStageEtag);
    const isUsed = account
        .all("Distribution")
        .flatMap((user) => behaviors.flatMap((each) => valuesAt(user.properties, `${each}.functionAssociations`)))
        .some((association) => old !== undefined && object(association).functionArn === old.properties.arn);
    return {
        ...tag,
        liveStageEtag: live,
        status: live === "" ? "UNPUBLISHED" : isUsed ? "ASSOCIATED" : "UNASSOCIATED",
    };
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
export function checkFunctions({ account, refuseIf }: Operation, behavior: Values): void {
    for (const { functionArn } of objects(behavior.functionAssociations)) {
        const found = account.find("Function", functionArn);
        const why = found === undefined ? "it does not exist" : "it is not published to the LIVE stage";
        refuseIf(
            text(found?.properties.liveStageEtag) === "",
            "InvalidFunctionAssociation",
            `The function ${text(functionArn)} cannot be associated: ${why}.`,
        );
    }
}
