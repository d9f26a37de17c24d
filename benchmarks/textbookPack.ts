/** The compiler options that `pulumi new` writes for TypeScript: every program is type-checked when it runs. */
export const compilerOptions = {
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

/** As the templates for policy packs have it: in TypeScript, with the classes of `@pulumi/aws`, one policy a resource type. */
const program = `import * as aws from "@pulumi/aws";
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

/** A policy pack as the documentation of Pulumi teaches it, by file name. */
export const textbookPack: Readonly<Record<string, string>> = {
    "PulumiPolicy.yaml": "runtime: nodejs\ndescription: The textbook pack.\n",
    "package.json": '{ "name": "textbook", "version": "1.0.0", "main": "index.ts" }\n',
    "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }, undefined, 4),
    "index.ts": program,
};
