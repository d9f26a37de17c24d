// Reads what CloudFormation says each resource type needs, for the types of table.json, into cloudFormation.json.
// The schemas travel with cfn-lint: pip download --no-deps cfn-lint, unzip it, and name that folder here.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const [folder] = process.argv.slice(2);
if (folder === undefined) {
    console.error("usage: node scripts/permissions/readSchemas.mjs FOLDER_OF_AN_UNPACKED_CFN_LINT");
    process.exit(2);
}

const data = path.join(folder, "cfnlint", "data", "schemas");
const json = (file) => JSON.parse(readFileSync(file, "utf8"));
const table = json(path.join(here, "table.json"));
const wanted = new Set(Object.values(table.types).flatMap(({ cloudFormation }) => cloudFormation?.type ?? []));

const types = {};
for (const file of readdirSync(path.join(data, "resources"))) {
    const schema = file.endsWith(".json") ? json(path.join(data, "resources", file)) : {};
    if (wanted.has(schema.typeName) && schema.handlers !== undefined) {
        const handlers = Object.entries(schema.handlers).filter(([name]) => name !== "list");
        // Some schemas spell the service in capitals; IAM reads both alike.
        const actions = handlers.flatMap(([, { permissions = [] }]) =>
            permissions.map((action) => action.replace(/^[^:]+/, (service) => service.toLowerCase())),
        );
        types[schema.typeName] = [...new Set(actions)].sort();
    }
}
const missing = [...wanted].filter((type) => types[type] === undefined);
if (missing.length > 0) {
    console.error(`No schema with handlers: ${missing.join(", ")}`);
    process.exit(1);
}

const { schema_date: date } = json(path.join(data, "version.json"));
const sorted = Object.fromEntries(Object.entries(types).sort(([a], [b]) => a.localeCompare(b)));
writeFileSync(path.join(here, "cloudFormation.json"), `${JSON.stringify({ date, types: sorted }, undefined, 2)}\n`);
