import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** The compiler options that `pulumi new` writes for TypeScript: every program is type-checked when it runs. */
const compilerOptions = {
    strict: true,
    outDir: "bin",
    target: "es2022",
    module: "commonjs",
    moduleResolution: "node",
    sourceMap: true,
    experimentalDecorators: true,
    pretty: true,
    noFallthroughCasesInSwitch: true,
    noImplicitReturns: true,
    forceConsistentCasingInFileNames: true,
    esModuleInterop: true,
    resolveJsonModule: true,
};

/** A pack as the templates for policy packs have it: in TypeScript, with the classes of `@pulumi/aws`. */
const pack = `import * as aws from "@pulumi/aws";
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";

new PolicyPack("textbook", {
    policies: [
        {
            name: "cloudfront-origin-https-only",
            description: "CloudFront reaches every custom origin over HTTPS only.",
            enforcementLevel: "mandatory",
            validateResource: validateResourceOfType(aws.cloudfront.Distribution, (distribution, _args, reportViolation) => {
                for (const origin of distribution.origins) {
                    if (origin.customOriginConfig && origin.customOriginConfig.originProtocolPolicy !== "https-only") {
                        reportViolation(\`origin \${origin.originId} is not https-only\`);
                    }
                }
            }),
        },
        {
            name: "alb-no-public-ingress",
            description: "No security group admits every address.",
            enforcementLevel: "mandatory",
            validateResource: validateResourceOfType(aws.vpc.SecurityGroupIngressRule, (rule, _args, reportViolation) => {
                if (rule.cidrIpv4 === "0.0.0.0/0" || rule.cidrIpv6 === "::/0") {
                    reportViolation("the rule admits every address");
                }
            }),
        },
    ],
});
`;

/**
 * Makes this project over again beside the original, so that what the developer has deployed in the rehearsal changes
 * nothing. The component and the pack are the compiled ones.
 */
export function makeOwnProject(repository: string, directory: string): void {
    const settings = ["Pulumi.yaml", "package.json"];
    for (const part of ["index.ts", "Pulumi.dev.yaml", "stack", ...settings]) {
        cpSync(path.join(repository, part), path.join(directory, part), { recursive: true });
    }
    for (const part of ["components", "policy", "node_modules"]) {
        symlinkSync(path.join(repository, part), path.join(directory, part));
    }
}

/**
 * Makes the same project as most projects are: the same program and stack file, with the whole of `@pulumi/aws` and
 * type-checked at run time, and a TypeScript pack with the two mandatory rules.
 */
export function makeTextbookProject(repository: string, directory: string): void {
    for (const part of ["Pulumi.dev.yaml", "components", "stack"]) {
        cpSync(path.join(repository, part), path.join(directory, part), {
            recursive: true,
            filter: (file) => !/[/\\](bin|node_modules)$|\.test\.ts$/.test(file),
        });
    }
    symlinkSync(path.join(repository, "node_modules"), path.join(directory, "node_modules"));
    mkdirSync(path.join(directory, "policy"));
    const write = (file: string, content: unknown): void => {
        writeFileSync(
            path.join(directory, file),
            typeof content === "string" ? content : JSON.stringify(content, undefined, 4),
        );
    };
    cpSync(path.join(repository, "index.ts"), path.join(directory, "index.ts"));
    for (const part of ["components", "stack"]) {
        readdirSync(path.join(directory, part))
            .filter((file) => file.endsWith(".ts"))
            .forEach((file) => importWholeProvider(path.join(directory, part, file)));
    }
    write("Pulumi.yaml", "name: encrypted-edge\nruntime: nodejs\n");
    write("package.json", { name: "textbook", main: "index.ts" });
    write("tsconfig.json", { compilerOptions, files: ["index.ts"] });
    write("policy/PulumiPolicy.yaml", "runtime: nodejs\ndescription: The textbook pack.\n");
    write("policy/package.json", { name: "textbook-policy", version: "0.0.1", main: "index.ts" });
    write("policy/tsconfig.json", { compilerOptions, files: ["index.ts"] });
    write("policy/index.ts", pack);
}

/** Single modules of the provider are already a way to start faster; the textbook has `import * as aws`. */
function importWholeProvider(file: string): void {
    const source = readFileSync(file, "utf8");
    writeFileSync(
        file,
        source.replace(/import \* as (\w+) from "@pulumi\/aws\/\1"/g, 'import { $1 } from "@pulumi/aws"'),
    );
}
