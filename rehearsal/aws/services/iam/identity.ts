import { accountId, object, objects, text, texts } from "../../account";
import { hex, modelsOf, type ServiceModel } from "../resource";
import table from "./resourceTable.json";
import type { Values } from "../../../provider";

/** IAM, and the look-ups that tell whose account it is. */
export const iam: ServiceModel = {
    title: "IAM",
    resources: modelsOf(table),
    lookups: {
        "aws:index/getCallerIdentity:getCallerIdentity": () => ({
            id: accountId,
            accountId,
            arn: `arn:aws:iam::${accountId}:user/rehearsal`,
            userId: "AIDAREHEARSAL",
        }),
        "aws:index/getPartition:getPartition": () => ({
            id: "aws",
            partition: "aws",
            dnsSuffix: "amazonaws.com",
            reverseDnsPrefix: "com.amazonaws",
        }),
        "aws:iam/getPolicyDocument:getPolicyDocument": ({ args }) => {
            const json = policyDocument(args);
            return { id: hex(10), json: JSON.stringify(json, undefined, 2), minifiedJson: JSON.stringify(json) };
        },
    },
};

/** IAM's JSON of a policy, from the official provider's form of it. */
function policyDocument(args: Values): Values {
    const one = (values: readonly string[]) => (values.length === 1 ? values[0] : [...values].sort());
    const principals = (list: unknown) => {
        const entries = objects(list).map((each) => [text(each.type), one(texts(each.identifiers))] as const);
        return entries.length === 1 && entries[0]?.[0] === "*" ? "*" : Object.fromEntries(entries);
    };
    const conditions = (list: unknown) => {
        const tests: Record<string, Values> = {};
        for (const each of objects(list)) {
            tests[text(each.test)] = {
                ...object(tests[text(each.test)]),
                [text(each.variable)]: one(texts(each.values)),
            };
        }
        return tests;
    };
    const fields = [
        ["Action", "actions", (value: unknown) => one(texts(value))],
        ["NotAction", "notActions", (value: unknown) => one(texts(value))],
        ["Resource", "resources", (value: unknown) => one(texts(value))],
        ["NotResource", "notResources", (value: unknown) => one(texts(value))],
        ["Principal", "principals", principals],
        ["NotPrincipal", "notPrincipals", principals],
        ["Condition", "conditions", conditions],
    ] as const;
    return {
        Version: args.version ?? "2012-10-17",
        ...(args.policyId === undefined ? {} : { Id: args.policyId }),
        Statement: objects(args.statements).map((statement) => ({
            ...(statement.sid === undefined ? {} : { Sid: statement.sid }),
            Effect: statement.effect ?? "Allow",
            ...Object.fromEntries(
                fields
                    .filter(([, name]) => statement[name] !== undefined)
                    .map(([title, name, write]) => [title, write(statement[name])]),
            ),
        })),
    };
}
