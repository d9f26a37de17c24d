import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { recipeChanges } from "./recipeChanges";
import { logicalName, RehearsedProject, root } from "./rehearsedProject";

const recipes = path.join(root, "examples", "recipes");
const page = path.join(root, "docs", "recipes.md");

interface Recipe {
    readonly name: string;
    readonly edge: string;
    readonly meaning: string;
    readonly code: string;
}

function readRecipes(): Recipe[] {
    return fs
        .readdirSync(recipes)
        .filter((file) => file.endsWith(".ts") && !["index.ts", "plain.ts", "site.ts"].includes(file))
        .map((file): Recipe => {
            const text = fs.readFileSync(path.join(recipes, file), "utf8");
            const [, meaning = ""] = /\/\*\* (.*) \*\/\nexport const edge/.exec(text) ?? assert.fail(file);
            const [, edge = ""] = /new EncryptedEdge\(\s*"([\w-]+)"/.exec(text) ?? assert.fail(file);
            const code = text.replace(/^import .*\n/gm, "").replace(/^\/\*\* .* \*\/\n/gm, "");
            return { name: path.basename(file, ".ts"), edge, meaning, code: code.trim() };
        });
}

/** Words of a file's name that are written otherwise. */
const spellings: Readonly<Record<string, string>> = {
    acl: "ACL",
    grpc: "gRPC",
    hsts: "HSTS",
    http3: "HTTP/3",
    kms: "KMS",
    "lambda-at-edge": "Lambda@Edge",
    parquet: "Parquet",
};

function titleOf(name: string): string {
    const words =
        spellings[name] ??
        name
            .split("-")
            .map((word) => spellings[word] ?? word)
            .join(" ");
    return name in spellings ? words : words.charAt(0).toUpperCase() + words.slice(1);
}

describe("docs/recipes.md", () => {
    it("has a program that imports every recipe, and a plain edge", () => {
        const program = fs.readFileSync(path.join(recipes, "index.ts"), "utf8");
        const imported = [...program.matchAll(/^import "\.\/(.+)";$/gm)].map(([, name]) => name);
        assert.deepEqual(imported, ["plain", ...readRecipes().map(({ name }) => name)]);
    });

    it("answers each question with arguments that there are, and leads to every recipe", () => {
        const [, table = ""] = /^\| How do I [^]*?\n((?:\|.*\n)+)/m.exec(fs.readFileSync(page, "utf8")) ?? [];
        const [, documented = ""] =
            /<!-- arguments -->([^]*)<!-- \/arguments -->/.exec(
                fs.readFileSync(path.join(root, "docs", "component.md"), "utf8"),
            ) ?? [];
        const paths = new Set(
            documented.split(/^(?=### )/m).flatMap((table) => {
                const [, group] = /^### Fields of `([\w.[\]]+)`/.exec(table) ?? [];
                const prefix = group === undefined ? "" : `${group}.`;
                return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => prefix + name);
            }),
        );
        const named = [...table.matchAll(/`([\w.[\]]+)`/g)].map(([, name = ""]) => name);
        assert.ok(named.length > 30);
        assert.deepEqual(
            named.filter((name) => !paths.has(name)),
            [],
        );
        const missing = readRecipes().filter(({ name }) => {
            const anchor = titleOf(name)
                .toLowerCase()
                .replace(/[^a-z0-9 -]/g, "")
                .replaceAll(" ", "-");
            return !table.includes(`](#${anchor})`);
        });
        assert.deepEqual(missing, []);
    });

    it("shows every recipe as it runs", () => {
        const sections = readRecipes().map(({ name, meaning, code }) => {
            return `## ${titleOf(name)}\n\n${meaning} ([program](../examples/recipes/${name}.ts))\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
        });
        const text = fs.readFileSync(page, "utf8");
        const [, before, shown, after] = /^(.*<!-- recipes -->\n)(.*)(<!-- \/recipes -->.*)$/s.exec(text) ?? [];
        assert.ok(before !== undefined && shown !== undefined && after !== undefined);
        const wanted = `\n${sections.join("\n")}\n`;
        if (process.env.UPDATE_DOCS) {
            fs.writeFileSync(page, before + wanted + after);
            return;
        }
        assert.equal(shown, wanted, "Run UPDATE_DOCS=1 npx mocha test/rehearsal/recipes.test.ts");
    });
});

describe("the recipes, through the real engine and under the policy pack", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    /** The inputs of the resources of each edge, by the end of their names and the names of their properties. */
    const inputs = new Map<string, Record<string, unknown>>();
    const outputs: string[] = [];

    // An account has room for 20 response headers policies, and each edge has one: each half goes into one of its own.
    before(async () => {
        const names = readRecipes().map(({ name }) => name);
        const half = Math.ceil(names.length / 2);
        for (const some of [["plain", ...names.slice(0, half)], names.slice(half)]) {
            const project = new RehearsedProject();
            try {
                copyRecipes(project, some);
                const there = ["--stack", "dev", "--cwd", "examples/recipes"];
                const pack = ["--policy-pack", path.join(root, "policy")];
                outputs.push((await project.succeed("up", "--yes", "--skip-preview", ...there, ...pack)).output);
                const state = await project.succeed("stack", "export", "--show-secrets", ...there);
                for (const [edge, ofEdge] of inputsByEdge(state.output)) {
                    inputs.set(edge, ofEdge);
                }
            } finally {
                project.remove();
            }
        }
    });

    it("are all in this table, and pass without a word of the pack", () => {
        assert.deepEqual(
            readRecipes().map(({ name }) => name),
            Object.keys(recipeChanges),
        );
        assert.equal(outputs.length, 2);
        for (const output of outputs) {
            assert.match(output, /✅ encrypted-edge@v/);
            assert.doesNotMatch(output, /\[advisory\]|\[mandatory\]/);
        }
    });

    for (const { name, edge } of readRecipes()) {
        it(`${name} changes what it says and nothing else`, () => {
            const plain = inputs.get("plain-edge") ?? assert.fail("there is no plain edge");
            const changed = inputs.get(edge) ?? assert.fail(`there is no edge ${edge}`);
            assert.ok(Object.keys(plain).length > 30);
            assert.deepEqual(matched(differences(plain, changed), recipeChanges[name]), recipeChanges[name]);
        });
    }

    it("have a subscription to metrics of the distribution", () => {
        const [metrics] = Object.values(inputs.get("metrics-alone") ?? {}) as { distributionId?: string }[];
        assert.equal(metrics?.distributionId, "#");
    });
});

const broken = `
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

new EncryptedEdge("broken", site("broken"), {
    transform: {
        distribution: (args) => {
            for (const origin of args.origins) {
                origin.customOriginConfig!.originProtocolPolicy = "http-only";
            }
        },
        cloudFrontIngressRule: (args) => {
            delete args.prefixListId;
            args.cidrIpv4 = "0.0.0.0/0";
        },
        listener: (args) => {
            args.defaultActions = [{ type: "fixed-response", fixedResponse: { statusCode: "200", contentType: "text/plain" } }];
        },
    },
});
`;

describe("a transform that breaks the encryption", function () {
    this.timeout(1_800_000);

    it("is refused by the policy pack, in the preview", async () => {
        const project = new RehearsedProject();
        try {
            copyRecipes(project);
            fs.writeFileSync(path.join(project.folder, "examples", "recipes", "index.ts"), broken);
            const pack = ["--policy-pack", path.join(root, "policy")];
            const place = ["--stack", "dev", "--cwd", "examples/recipes"];
            const { code, output, errors } = await project.rehearse("preview", ...place, ...pack);
            assert.notEqual(code, 0, output + errors);
            for (const refusal of [
                /\[mandatory\].* cloudfront-origin-https-only +\(aws:cloudfront:Distribution: broken-distribution\)/,
                /\[mandatory\].* alb-no-public-ingress +\(aws:vpc:SecurityGroupIngressRule: broken-https-from-cloudfront\)/,
                /\[advisory\].* alb-default-action-fail-closed +\(aws:lb:Listener: broken-https\)/,
            ]) {
                assert.match(output, refusal);
            }
        } finally {
            project.remove();
        }
    });
});

/** @param some names of the recipes that the program deploys; all where none are named */
function copyRecipes(project: RehearsedProject, some?: readonly string[]): void {
    fs.mkdirSync(path.join(project.folder, "examples"));
    fs.cpSync(recipes, path.join(project.folder, "examples", "recipes"), {
        recursive: true,
        filter: (file) => !/[/\\]\.rehearsal$/.test(file),
    });
    if (some !== undefined) {
        const program = some.map((name) => `import "./${name}";\n`).join("");
        fs.writeFileSync(path.join(project.folder, "examples", "recipes", "index.ts"), program);
    }
    for (const file of ["tsconfig.json", "examples/tsconfig.json"]) {
        fs.copyFileSync(path.join(root, file), path.join(project.folder, file));
    }
}

interface State {
    readonly deployment: {
        readonly resources: readonly { readonly urn: string; readonly inputs?: Record<string, unknown> }[];
    };
}

function inputsByEdge(state: string): Map<string, Record<string, unknown>> {
    const edges = ["plain-edge", ...readRecipes().map(({ edge }) => edge)];
    const found = new Map<string, Record<string, unknown>>();
    for (const { urn, inputs = {} } of (JSON.parse(state) as State).deployment.resources) {
        const name = logicalName(urn);
        const edge = edges.find((one) => name.startsWith(`${one}-`));
        const key = edge ?? `${name}-alone`;
        const type = urn.split("::")[2] ?? "";
        if (type.includes("aws:") && (edge !== undefined || type.includes("monitoringSubscription"))) {
            const ofEdge = found.get(key) ?? {};
            ofEdge[(edge === undefined ? name : name.slice(edge.length + 1)).replaceAll(key, "NAME")] = neutral(
                inputs,
                key,
            );
            found.set(key, ofEdge);
        }
    }
    return found;
}

/** A value without what differs between any two edges: their names, and ids that AWS or the engine made up. */
function neutral(value: unknown, edge: string): unknown {
    if (typeof value === "string") {
        return value
            .replace(new RegExp(`\\b${edge}\\b`, "g"), "NAME")
            .replace("658327ea-f89d-4fab-a63d-7e88639e58f6", "CachingOptimized")
            .replace("b689b0a8-53d0-40ab-baf2-68738e2966ac", "AllViewerExceptHostHeader")
            .replace(
                /[0-9a-z]{64}|_[0-9a-f]{32}|\bd[0-9a-z]{13}\b|\b[0-9a-f]{4,}\b|\b[A-Z0-9]{13,}\b|\b\d{10,}\b/g,
                "#",
            );
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map((item: unknown) => neutral(item, edge));
    }
    const { plaintext } = value as { plaintext?: string };
    if (plaintext !== undefined) {
        return neutral(JSON.parse(plaintext), edge);
    }
    // Whose defaults the SDK has filled in is its own note.
    const entries = Object.entries(value).filter(([name]) => name !== "__defaults");
    return Object.fromEntries(entries.map(([name, inner]) => [name, neutral(inner, edge)]));
}

/** What is different, with the pattern in the place of each text that it matches. */
function matched(found: Record<string, unknown>, wanted: Readonly<Record<string, unknown>> = {}) {
    const entries = Object.entries(found).map(([name, value]) => {
        const pattern = wanted[name];
        return [name, pattern instanceof RegExp && pattern.test(String(value)) ? pattern : value] as const;
    });
    return Object.fromEntries(entries);
}

/** What is different in the second, each at the deepest path that both have. */
function differences(one: unknown, other: unknown, at = ""): Record<string, unknown> {
    if (JSON.stringify(one) === JSON.stringify(other)) {
        return {};
    }
    const structured = [one, other].every((value) => typeof value === "object" && value !== null);
    if (!structured || one === undefined) {
        return { [at]: other };
    }
    const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return Object.assign(
        {},
        ...names.map((name) => {
            const place = Array.isArray(one) ? `${at}[${name}]` : at === "" ? name : `${at}.${name}`;
            return differences(left[name], right[name], place);
        }),
    ) as Record<string, unknown>;
}
