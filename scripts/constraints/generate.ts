import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { Typings } from "../../rehearsal/provider";
import { fromBotocore } from "./botocore";
import { fromCloudFormation } from "./cloudFormation";
import { type Found, merge } from "./merge";
import { answered, type Answers, furtherTypes, relations } from "./providerAnswers";
import { sourceTypes } from "./sourceTypes";

/**
 * Writes rehearsal/aws/constraints/table.json from data: what the official provider answered when it was asked to
 * validate impossible values, the API models that AWS publishes with botocore, and AWS's schemas of CloudFormation's
 * resources, as cfn-lint ships them.
 *
 * Run: node --require ./test/register.cjs scripts/constraints/generate.ts <provider values>
 * It fetches botocore and cfn-lint with pip, of the versions that the table names or that BOTOCORE and CFN_LINT name.
 */

/** Where the sources lie: a file of the provider's answers, and the packages `botocore` and `cfnlint` as pip installs them. */
export interface Sources {
    readonly answers: string;
    readonly packages: string;
}

type Versions = Readonly<Record<"botocore" | "cfn-lint", string>>;

/** Lists that the provider hands on in parts, where AWS bounds those of one call. */
const inParts: ReadonlyMap<string, readonly string[]> = new Map([
    ["aws:ec2/managedPrefixList:ManagedPrefixList", ["entries"]],
]);

/** The whole table. */
export function generate({ answers: file, packages }: Sources, versions: Versions): string {
    const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });
    const answers = JSON.parse(readFileSync(file, "utf8")) as Answers;
    const types: Record<string, Found> = {};
    for (const type of [...new Set([...Object.keys(answers), ...furtherTypes, ...Object.keys(sourceTypes)])].sort()) {
        if (typings.resource(type) === undefined) {
            continue;
        }
        const found: Found = answered(typings, type, answers[type] ?? {});
        const ofApi = fromBotocore(path.join(packages, "botocore"), type, typings);
        Object.entries(ofApi).forEach(([at, constraint]) => merge(found, at, constraint));
        const ofSchemas = fromCloudFormation(path.join(packages, "cfnlint"), type, typings);
        for (const [at, constraint] of Object.entries(ofSchemas)) {
            // They speak only where nobody else does, and enumerate nothing of types whose API model was read: what that
            // takes as any text they know in part. Their list of countries lacks Kosovo.
            if (constraint.values === undefined || sourceTypes[type]?.api === undefined) {
                found[at] ??= constraint;
            }
        }
        const kept = Object.entries(found)
            .filter(([at]) => inParts.get(type)?.includes(at) !== true)
            .sort(([one], [other]) => (one < other ? -1 : 1));
        if (kept.length > 0) {
            types[type] = Object.fromEntries(kept);
        }
    }
    const sources = {
        provider: "hashicorp/aws 5.100.0, its answers to impossible values",
        botocore: versions.botocore,
        cfnLint: versions["cfn-lint"],
        sdk: typings.version,
        sha256: digest([types, relations]),
        generator: generatorDigest(),
    };
    const lines = Object.entries(types).map(([type, constraints]) => {
        const inner = Object.entries(constraints).map(
            ([at, constraint]) => `      ${JSON.stringify(at)}: ${JSON.stringify(constraint)}`,
        );
        return `    ${JSON.stringify(type)}: {\n${inner.join(",\n")}\n    }`;
    });
    const rows = Object.entries(relations).map(([type, row]) => `    ${JSON.stringify(type)}: ${JSON.stringify(row)}`);
    const parts = { types: lines, relations: rows };
    return `{\n  "sources": ${JSON.stringify(sources)},\n${Object.entries(parts)
        .map(([name, part]) => `  "${name}": {\n${part.join(",\n")}\n  }`)
        .join(",\n")}\n}\n`;
}

/** A digest of what the table holds, so that a change by hand shows. */
export function digest(types: unknown): string {
    return createHash("sha256").update(JSON.stringify(types)).digest("hex");
}

/** A digest of the generator, so that a change of it without a new table shows. */
export function generatorDigest(): string {
    const files = readdirSync(__dirname);
    const hash = createHash("sha256");
    files.sort().forEach((name) => hash.update(readFileSync(path.join(__dirname, name))));
    return hash.digest("hex");
}

/** Fetches packages with pip into a folder that goes again, and hands its place on. */
function withPackages<Result>(versions: Versions, use: (packages: string) => Result): Result {
    const directory = mkdtempSync(path.join(tmpdir(), "constraints-"));
    try {
        const packages = Object.entries(versions).map(([name, version]) => `${name}==${version}`);
        const words = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", directory, ...packages];
        execFileSync(process.env.PYTHON ?? "python3", words, { stdio: ["ignore", "ignore", "inherit"] });
        return use(directory);
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

if (require.main === module) {
    const [answers = ""] = process.argv.slice(2);
    const file = path.join(__dirname, "../../rehearsal/aws/constraints/table.json");
    const known = JSON.parse(readFileSync(file, "utf8")) as { sources: { botocore: string; cfnLint: string } };
    const versions = {
        botocore: process.env.BOTOCORE ?? known.sources.botocore,
        "cfn-lint": process.env.CFN_LINT ?? known.sources.cfnLint,
    };
    withPackages(versions, (packages) => writeFileSync(file, generate({ answers, packages }, versions)));
}
