import * as path from "node:path";
import { generateSchema, getProgramFromFiles } from "typescript-json-schema";
import { replaceFile } from "@encrypted-edge/common";

export const schemaFile = path.join(__dirname, "..", "report.schema.json");

/** The JSON Schema of what `verify-edge --json` writes, made from the types of report.ts and their comments. */
export function reportSchema(): string {
    const program = getProgramFromFiles([path.join(__dirname, "..", "report.ts")], {
        strict: true,
        skipLibCheck: true,
        types: [],
    });
    const schema = generateSchema(program, "Report", {
        required: true,
        noExtraProps: true,
        strictNullChecks: true,
        titles: false,
        ref: true,
    });
    return `${JSON.stringify({ ...schema, title: "Report of verify-edge" }, undefined, 2)}\n`;
}

if (require.main === module) {
    replaceFile(schemaFile, reportSchema());
}
