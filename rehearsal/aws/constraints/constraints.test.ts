import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { AwsValueCheck } from "../resources/checkValue";
import { Typings } from "../../provider";
import { services } from "../services";
import { constraintPath, constraintsOf } from "./index";
import { digest, generate, generatorDigest } from "../../../scripts/constraints/generate";
import table from "./table.json";

/** Where `provider-values.json` and the packages `botocore` and `cfnlint` lie, from which the table was made. */
const sources = process.env.CONSTRAINT_SOURCES;

describe("the table of constraints", () => {
    const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });

    it("is what the generator wrote, for the SDK that is installed", () => {
        assert.equal(table.sources.sdk, typings.version, "Write the table anew: see generate.ts.");
        assert.equal(
            table.sources.sha256,
            digest([table.types, table.relations]),
            "The table was changed by hand: change generate.ts.",
        );
        assert.equal(table.sources.generator, generatorDigest(), "Write the table anew: see generate.ts.");
    });
    if (sources !== undefined) {
        it("is what its sources say", () => {
            const made = generate(
                { answers: path.join(sources, "provider-values.json"), packages: sources },
                { botocore: table.sources.botocore, "cfn-lint": table.sources.cfnLint },
            );
            assert.equal(made, readFileSync(path.join(__dirname, "table.json"), "utf8"));
        });
    }
    it("names inputs that the SDK has, with at most what the SDK itself allows refused", () => {
        const narrower: string[] = [];
        let count = 0;
        for (const [type, constraints] of Object.entries(table.types)) {
            const inputs = typings.resource(type)?.inputs ?? {};
            for (const [at, constraint] of Object.entries(constraints as Record<string, { values?: string[] }>)) {
                for (const value of constraint.values ?? []) {
                    count++;
                    const check = new AwsValueCheck(typings, type, services.resources[type]);
                    check.object(nested(typings, inputs, at.split("."), value), inputs);
                    const refused = check.failures.filter(({ reason }) => reason.startsWith("is "));
                    narrower.push(...refused.map(() => `${type} ${at} ${value}`));
                }
            }
        }
        assert.ok(count > 4000, `only ${count} values`);
        // What the provider itself takes and AWS's own documentation denies, each with its source beside the model.
        assert.deepEqual(narrower, [
            "aws:cloudfront/distribution:Distribution defaultCacheBehavior.functionAssociations.eventType origin-request",
            "aws:cloudfront/distribution:Distribution defaultCacheBehavior.functionAssociations.eventType origin-response",
            "aws:cloudfront/distribution:Distribution orderedCacheBehaviors.functionAssociations.eventType origin-request",
            "aws:cloudfront/distribution:Distribution orderedCacheBehaviors.functionAssociations.eventType origin-response",
            "aws:cloudfront/distribution:Distribution priceClass None",
        ]);
    });
    it("keeps a statement within a statement under one path", () => {
        const path = "rules.statement.byteMatchStatement.positionalConstraint";
        for (const within of [
            "rules.statement.notStatement.statement.byteMatchStatement.positionalConstraint",
            "rules.statement.andStatement.statements.orStatement.statements.byteMatchStatement.positionalConstraint",
            "rules.statement.rateBasedStatement.scopeDownStatement.notStatement.statement.byteMatchStatement.positionalConstraint",
        ]) {
            assert.equal(constraintPath(within), path);
        }
        assert.deepEqual(constraintsOf("aws:wafv2/webAcl:WebAcl")[path]?.values?.includes("STARTS_WITH"), true);
        assert.equal(constraintsOf("aws:alb/listener:Listener"), constraintsOf("aws:lb/listener:Listener"));
    });
});

/** Inputs that hold one value at a path. */
function nested(
    typings: Typings,
    inputs: ReturnType<Typings["object"]>,
    [step = "", ...rest]: string[],
    value: string,
): Record<string, unknown> {
    const type = inputs[step]?.type;
    const element = type?.kind === "array" ? type.of : type;
    const inner =
        rest.length === 0 || element?.kind !== "object"
            ? value
            : nested(typings, typings.object(element.name), rest, value);
    return { [step]: type?.kind === "array" ? [inner] : inner };
}
