// What the component can deploy, and what the program looks up, read from the sources: `new lb.Listener(` under
// `import * as lb from "@pulumi/aws/lb"` is the type that the SDK gives that class.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);

/** Every source file of the component and of the program. */
function sources() {
    return ["components", "stack", "."].flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: folder !== "." })
            .map(String)
            .filter(
                (file) =>
                    /\.ts$/.test(file) && !/(\.test|\.d)\.ts$/.test(file) && !/^(bin|test|node_modules)\b/.test(file),
            )
            .map((file) => path.join(root, folder, file)),
    );
}

/** The resource types and the look-ups of the component and of the program, sorted. */
export function usedByTheSources() {
    const types = new Set();
    const functions = new Set();
    for (const file of sources()) {
        const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
        const imported = importsOf(source, file);
        const visit = (node) => {
            const name = usedName(node);
            const value = name && imported.get(name.root);
            if (value !== undefined) {
                const used = name.member === undefined ? value.exported : value.module[name.member];
                if (ts.isNewExpression(node) && used?.__pulumiType !== undefined) {
                    types.add(used.__pulumiType);
                } else if (ts.isCallExpression(node) && /^get[A-Z]/.test(name.member ?? value.name)) {
                    functions.add(tokenOf(value.path, (name.member ?? value.name).replace(/Output$/, "")));
                }
            }
            ts.forEachChild(node, visit);
        };
        visit(source);
    }
    return { types: [...types].sort(), functions: [...functions].sort() };
}

/** What the component can deploy under a name of its own. */
export function componentResources(name = "edge") {
    return usedByTheSources().types.flatMap((type) =>
        (names[type] ?? [""]).map((ending) => ({ type, name: name + ending })),
    );
}

/** What stands behind the component's name where the name decides on what is permitted. */
const names = {
    "aws:s3/bucket:Bucket": ["-load-balancer-log", "-error-pages", "-static-files"],
    "aws:s3/bucketObjectv2:BucketObjectv2": ["-error-pages-page"],
};

/** `lb.Listener` of `new lb.Listener(...)`, `getCallerIdentity` of `getCallerIdentity(...)`. */
function usedName(node) {
    if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) {
        return undefined;
    }
    const { expression } = node;
    if (ts.isIdentifier(expression)) {
        return { root: expression.text };
    }
    return ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression)
        ? { root: expression.expression.text, member: expression.name.text }
        : undefined;
}

/** Values that a file imports from the AWS SDK and from @pulumi/random, by their local names. */
function importsOf(source, file) {
    const imported = new Map();
    for (const statement of source.statements.filter(ts.isImportDeclaration)) {
        const { text } = statement.moduleSpecifier;
        const clause = statement.importClause;
        if (!/^@pulumi\/(aws|random)(\/|$)/.test(text) || clause === undefined || clause.isTypeOnly) {
            continue;
        }
        const module = require(text);
        const bindings = clause.namedBindings;
        if (clause.name !== undefined || bindings === undefined) {
            throw new Error(`${file}: import the AWS SDK by namespace or by name, so that its use can be read.`);
        }
        if (ts.isNamespaceImport(bindings)) {
            imported.set(bindings.name.text, { module, path: text });
            continue;
        }
        for (const element of bindings.elements.filter((each) => !each.isTypeOnly)) {
            const name = (element.propertyName ?? element.name).text;
            imported.set(element.name.text, { module, exported: module[name], name, path: text });
        }
    }
    return imported;
}

/** The token of a look-up: the SDK holds it only inside the function, so it follows from the module's name. */
function tokenOf(modulePath, name) {
    const [, , module] = modulePath.split("/");
    return `aws:${module === undefined || module === name ? "index" : module}/${name}:${name}`;
}
