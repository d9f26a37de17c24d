import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { locateCli, rehearsalEnvironment } from "../../rehearsal/bin/engine";
import type { EstateResource } from "./estate";
import { tools } from "./tools";
import type { Call, Measurement } from "../measure";
import { emptyPack } from "../emptyPack";
import { textbookPack } from "../textbookPack";

/** What is measured: one way to judge an estate. */
export interface Subject {
    readonly name: string;
    readonly title: string;
    /** Whether it is a pack that the Pulumi engine runs. */
    readonly inEngine?: boolean;
    /** Sizes above it would take hours; the reason is shown in the results. */
    readonly largest: number;
    /** Undefined where its tool is not installed, or the estate is not there in its form. */
    prepare(files: Files): Promise<Call | undefined> | Call | undefined;
    /** Whether it did its work; one that stopped at once must not look fast. */
    succeeded(measurement: Measurement): boolean;
    /** How many breaches of the two mandatory rules it found; undefined where it has no such rules. */
    found(measurement: Measurement): number | undefined;
}

/** The same estate in the form that each subject reads; a stack that was exported is there as a state alone. */
export interface Files {
    readonly state: string;
    readonly terraformPlan?: string;
    readonly cloudFormation?: string;
}

const repository = path.join(__dirname, "..", "..");
const policy = path.join(repository, "policy");
const ownRules = ["alb-no-public-ingress", "cloudfront-origin-https-only"];
/** What OPA and cfn-guard are given to judge, and no more. */
const twoRules = { all: "disabled", ...Object.fromEntries(ownRules.map((rule) => [rule, "mandatory"])) };

/** @param scratch a folder inside the repository, so that packs made there find its packages */
export function subjects(scratch: string): Subject[] {
    const engine = (
        name: string,
        title: string,
        largest: number,
        pack: () => string | undefined,
        counts: boolean,
    ): Subject => ({
        name,
        title,
        inEngine: true,
        largest,
        async prepare({ state }) {
            const folder = pack();
            if (folder === undefined) {
                return undefined;
            }
            const { path: cli } = await locateCli();
            const env = { ...rehearsalEnvironment(scratch) };
            env.PATH = [path.dirname(cli), env.PATH].join(path.delimiter);
            return {
                command: cli,
                args: ["policy", "analyze", "--file", state, "--policy-pack", folder, "--json"],
                cwd: scratch,
                env,
            };
        },
        succeeded: ({ stdout }) => stdout.includes('"summaryEvent"'),
        found: (measurement) => (counts ? mandatoryEvents(measurement.stdout) : undefined),
    });
    const direct = (name: string, title: string, options: () => string[]): Subject => ({
        name,
        title,
        largest: Infinity,
        prepare: ({ state }) => ({
            command: process.execPath,
            args: [path.join(policy, "encrypted-edge-policy.js"), "audit", state, "--json", ...options()],
        }),
        succeeded: ({ exitCode }) => exitCode === 1,
        found: ({ stdout }) => {
            const report = JSON.parse(stdout) as { stacks: { results: { rule: string; standing: string }[] }[] };
            return report.stacks.flatMap(({ results }) => results).filter(({ standing }) => standing === "mandatory")
                .length;
        },
    });
    const opa = (name: string, title: string, rules: string, input: (files: Files) => string | undefined): Subject => ({
        name,
        title,
        largest: 100_000,
        prepare(files) {
            const command = tools.opa();
            const file = input(files);
            if (command === undefined || file === undefined) {
                return undefined;
            }
            const data = written(path.join(scratch, `${name}.rego`), rules);
            return {
                command,
                args: ["eval", "--format", "raw", "--data", data, "--input", file, "count(data.edge.deny)"],
            };
        },
        succeeded: ({ exitCode }) => exitCode === 0,
        found: ({ stdout }) => Number(stdout),
    });
    return [
        direct("direct", "this pack, `encrypted-edge-policy audit`", () => []),
        direct("direct-two", "this pack, `audit` with the two mandatory rules alone", () => [
            "--policy-config",
            written(path.join(scratch, "two-rules.json"), JSON.stringify(twoRules)),
        ]),
        engine("floor", "engine, empty precompiled pack", 10_000, () => packFolder(scratch, "floor", emptyPack), false),
        engine("pack", "engine, this pack", 10_000, () => policy, true),
        engine(
            "textbook",
            "engine, textbook TypeScript pack",
            10_000,
            () => packFolder(scratch, "textbook", textbookPack),
            true,
        ),
        engine("awsguard", "engine, @pulumi/awsguard", 10_000, () => tools.awsguard(), false),
        opa("opa", "OPA over a Terraform plan", planRules, ({ terraformPlan }) => terraformPlan),
        opa("opa-state", "OPA over the state", stateRules, ({ state }) => state),
        {
            name: "cfn-guard",
            title: "cfn-guard over CloudFormation",
            largest: 100_000,
            prepare({ cloudFormation }) {
                const command = tools.cfnGuard();
                if (command === undefined || cloudFormation === undefined) {
                    return undefined;
                }
                const rules = written(path.join(scratch, "edge.guard"), guardRules);
                return {
                    command,
                    args: [
                        "validate",
                        "--data",
                        cloudFormation,
                        "--rules",
                        rules,
                        "--structured",
                        "--output-format",
                        "json",
                        "--show-summary",
                        "none",
                    ],
                };
            },
            // Its exit code for failed rules.
            succeeded: ({ exitCode }) => exitCode === 19,
            // One comparison that failed is one property of one resource.
            found: ({ stdout }) => stdout.match(/"from": \{/g)?.length,
        },
        {
            name: "checkov",
            title: "Checkov over a Terraform plan",
            largest: 10_000,
            prepare({ terraformPlan }) {
                const command = tools.checkov();
                if (command === undefined || terraformPlan === undefined) {
                    return undefined;
                }
                const checks =
                    "CKV_AWS_260,CKV_AWS_24,CKV2_AWS_72,CKV_AWS_34,CKV_AWS_68,CKV_AWS_86,CKV_AWS_103,CKV_AWS_131,CKV_AWS_174";
                return {
                    command,
                    args: ["-f", terraformPlan, "--check", checks, "--compact", "--quiet", "-o", "json"],
                };
            },
            succeeded: ({ stdout }) => stdout.includes('"failed_checks"') || stdout.includes('"failed"'),
            // Its checks draw other lines than ours, so their number says nothing beside ours.
            found: () => undefined,
        },
    ];
}

/** The breaches that a subject should find. */
export function expected(resources: readonly EstateResource[]): number {
    return resources.filter((resource) => resource.breaks !== undefined).length;
}

function mandatoryEvents(stdout: string): number {
    return stdout.split("\n").filter((line) => {
        if (!line.includes('"policyEvent"')) {
            return false;
        }
        const { policyEvent } = JSON.parse(line) as { policyEvent?: { policyName: string; enforcementLevel: string } };
        return policyEvent?.enforcementLevel === "mandatory" && ownRules.includes(policyEvent.policyName);
    }).length;
}

function packFolder(scratch: string, name: string, files: Readonly<Record<string, string>>): string {
    const folder = path.join(scratch, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, content] of Object.entries(files)) {
        written(path.join(folder, file), content);
    }
    return folder;
}

function written(file: string, content: string): string {
    if (!existsSync(file) || readFileSync(file, "utf8") !== content) {
        writeFileSync(file, content);
    }
    return file;
}

const planRules = `package edge

deny contains address if {
	some resource in input.planned_values.root_module.resources
	resource.type == "aws_cloudfront_distribution"
	some origin in resource.values.origin
	some custom in origin.custom_origin_config
	custom.origin_protocol_policy != "https-only"
	address := resource.address
}

on_load_balancer contains group if {
	some resource in input.planned_values.root_module.resources
	resource.type == "aws_lb"
	some group in resource.values.security_groups
}

deny contains address if {
	some resource in input.planned_values.root_module.resources
	resource.type == "aws_vpc_security_group_ingress_rule"
	resource.values.security_group_id in on_load_balancer
	resource.values.cidr_ipv4 == "0.0.0.0/0"
	address := resource.address
}
`;

const stateRules = `package edge

resources := input.deployment.resources

origins(inputs) := inputs.origins if is_array(inputs.origins)

origins(inputs) := json.unmarshal(inputs.origins.plaintext) if is_object(inputs.origins)

deny contains resource.urn if {
	some resource in resources
	resource.type == "aws:cloudfront/distribution:Distribution"
	some origin in origins(resource.inputs)
	origin.customOriginConfig.originProtocolPolicy != "https-only"
}

on_load_balancer contains group if {
	some resource in resources
	resource.type == "aws:lb/loadBalancer:LoadBalancer"
	some group in resource.inputs.securityGroups
}

deny contains resource.urn if {
	some resource in resources
	resource.type == "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	resource.inputs.securityGroupId in on_load_balancer
	resource.inputs.cidrIpv4 == "0.0.0.0/0"
}
`;

const guardRules = `let distributions = Resources.*[ Type == 'AWS::CloudFront::Distribution' ]
rule cloudfront_origin_https_only when %distributions !empty {
    %distributions.Properties.DistributionConfig.Origins[*].CustomOriginConfig.OriginProtocolPolicy == 'https-only'
}
let ingress = Resources.*[ Type == 'AWS::EC2::SecurityGroupIngress' ]
rule alb_no_public_ingress when %ingress !empty {
    %ingress.Properties {
        CidrIp not exists OR CidrIp != '0.0.0.0/0'
    }
}
`;
