import assert from "node:assert/strict";
import { isAllowed } from "./iamEvaluation";

const arn = "arn:aws:sns:us-east-1:111122223333:edge";
const tag = "aws:ResourceTag/Environment";

/** Whether one policy of these statements lets `sns:DeleteTopic` through. */
function allowed(statements: readonly object[], context: Readonly<Record<string, string>> = {}): boolean {
    return isAllowed([{ Version: "2012-10-17", Statement: statements }], {
        action: "sns:DeleteTopic",
        resource: arn,
        context,
    });
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const when = (Condition: object, Effect = "Allow") => ({ ...everything, Effect, Condition });

// Each as the IAM user guide has it: "Policy evaluation logic", "Condition operators".
const cases: [string, boolean, readonly object[], Readonly<Record<string, string>>?][] = [
    ["nothing says anything", false, []],
    ["it is allowed", true, [everything]],
    ["an allow and a deny meet", false, [everything, { ...everything, Effect: "Deny" }]],
    ["the deny comes first", false, [{ ...everything, Effect: "Deny" }, everything]],
    ["only a deny is there, for something else", false, [{ ...everything, Effect: "Deny", Action: "sqs:*" }]],
    ["the action is written in another case", true, [{ ...everything, Action: "SNS:deletetopic" }]],
    ["one action of a list fits", true, [{ ...everything, Action: ["sqs:*", "sns:Delete*"] }]],
    ["the action begins like it", false, [{ ...everything, Action: "sns:Delete" }]],
    ["a question mark stands for one letter", true, [{ ...everything, Action: "sns:DeleteTopi?" }]],
    ["the resource is another one", false, [{ ...everything, Resource: `${arn}s` }]],
    ["the resource has another case", false, [{ ...everything, Resource: arn.toUpperCase() }]],
    ["a pattern of the resource fits", true, [{ ...everything, Resource: ["arn:aws:s3:::a", "arn:aws:sns:*:edge"] }]],
    ["a dot is no wildcard", false, [{ ...everything, Resource: arn.replace("edge", "edg.") }]],
    ["the tag is the one asked for", true, [when({ StringEquals: { [tag]: ["dev", "prod"] } })], { [tag]: "dev" }],
    ["the tag is another one", false, [when({ StringEquals: { [tag]: "dev" } })], { [tag]: "prod" }],
    ["the tag has another case", false, [when({ StringEquals: { [tag]: "dev" } })], { [tag]: "Dev" }],
    ["the tag that is asked for is missing", false, [when({ StringEquals: { [tag]: "dev" } })]],
    ["a tag must not be this one and is missing", true, [when({ StringNotEquals: { [tag]: "dev" } })]],
    ["a tag must not be this one and is", false, [when({ StringNotEquals: { [tag]: "dev" } })], { [tag]: "dev" }],
    [
        "the key of the tag has another case",
        true,
        [when({ StringEquals: { [tag]: "a" } })],
        { [tag.toLowerCase()]: "a" },
    ],
    ["a key must be missing and is", true, [when({ Null: { [tag]: "true" } })]],
    ["a key must be missing and is there", false, [when({ Null: { [tag]: "true" } })], { [tag]: "dev" }],
    ["a key must be there and is missing", false, [when({ Null: { [tag]: "false" } })]],
    [
        "of two conditions one does not hold",
        false,
        [when({ StringNotEquals: { [tag]: "dev" }, Null: { [tag]: "false" } })],
    ],
    [
        "a deny whose conditions hold",
        false,
        [everything, when({ StringNotEquals: { [tag]: "dev" }, Null: { [tag]: "false" } }, "Deny")],
        { [tag]: "prod" },
    ],
];

describe("isAllowed", () => {
    for (const [situation, wanted, statements, context] of cases) {
        it(`says ${wanted ? "yes" : "no"} where ${situation}`, () => {
            assert.equal(allowed(statements, context), wanted);
        });
    }

    it("refuses what it does not know, instead of passing over it", () => {
        assert.throws(() => allowed([when({ StringLike: { [tag]: "d*" } })]), /operator StringLike/);
        assert.throws(() => allowed([{ ...everything, NotAction: "sns:*" }]), /no such elements/);
    });
});
