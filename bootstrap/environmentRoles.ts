import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "./configuration";
import { type PolicyDocument, sharedAccountPolicy } from "./sharedAccount";

/** Makes the policy of a role for the names of one environment: scripts/permissions/policies.mjs. */
export type MakePolicy = (role: "preview" | "deploy", names: PolicyNames) => PolicyDocument;

export interface PolicyNames {
    readonly account: string;
    readonly region: string;
    readonly bucket: string;
    /** Id of the key of the stack's secrets. */
    readonly key: string;
    readonly zone: readonly string[];
    readonly project: string;
    readonly stack: string;
}

export interface EnvironmentRolesArgs {
    readonly environment: Environment;
    readonly subjectPrefix: string;
    readonly identityProviderArn: pulumi.Input<string>;
    readonly names: pulumi.Output<Omit<PolicyNames, "zone" | "stack">>;
    readonly makePolicy: MakePolicy;
    /** Whether the account holds other environments, too. */
    readonly isShared: boolean;
}

const issuer = "token.actions.githubusercontent.com";

/** All inline policies of a role together. Source: IAM user guide, "IAM and AWS STS quotas". */
const inlinePolicyLimit = 10_240;

/** The two roles of an environment: the one that pull requests preview with, and the one that deploys. */
export function environmentRoles(args: EnvironmentRolesArgs): { preview: aws.iam.Role; deploy: aws.iam.Role } {
    const { name } = args.environment;
    // Drift has an environment of its own: the reviewers that a team may put on previews would hold up a scheduled look.
    const preview = role(args, `${name}-preview`, [`${name}-preview`, `${name}-drift`]);
    const deploy = role(args, name, [name]);
    attach(args, preview, `${name}-preview`, ["preview"]);
    attach(args, deploy, name, ["preview", "deploy"]);
    return { preview, deploy };
}

/** A role that these GitHub environments of one repository may assume, and nothing else. */
function role(
    { subjectPrefix, identityProviderArn }: EnvironmentRolesArgs,
    name: string,
    gitHubEnvironments: readonly string[],
): aws.iam.Role {
    const subjects = gitHubEnvironments.map((each) => `${subjectPrefix}:environment:${each}`);
    return new aws.iam.Role(name, {
        description: `Assumed by GitHub's environment ${gitHubEnvironments.join(" and ")}`,
        maxSessionDuration: 3600,
        assumeRolePolicy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Federated: identityProviderArn },
                    Action: "sts:AssumeRoleWithWebIdentity",
                    Condition: {
                        StringEquals: {
                            [`${issuer}:aud`]: "sts.amazonaws.com",
                            [`${issuer}:sub`]: subjects.length === 1 ? subjects[0] : subjects,
                        },
                    },
                },
            ],
        }),
    });
}

function attach(
    { environment, names, makePolicy, isShared }: EnvironmentRolesArgs,
    role: aws.iam.Role,
    roleName: string,
    kinds: readonly ("preview" | "deploy")[],
): void {
    const limits = isShared && kinds.includes("deploy");
    const documents = names.apply((known) => {
        const all = { ...known, zone: environment.hostedZoneIds, stack: environment.name };
        const made: readonly (readonly [string, PolicyDocument])[] = [
            ...kinds.map((kind) => [kind, makePolicy(kind, all)] as const),
            ...(limits ? [["others", sharedAccountPolicy(environment.name, known.account)] as const] : []),
        ];
        const size = made.reduce((sum, [, document]) => sum + JSON.stringify(document).length, 0);
        if (size > inlinePolicyLimit) {
            throw new Error(
                `The policies of role ${roleName} have ${size} characters together, and IAM takes ${inlinePolicyLimit}: give fewer hosted zones.`,
            );
        }
        return Object.fromEntries(made.map(([kind, document]) => [kind, JSON.stringify(document)]));
    });
    for (const kind of [...kinds, ...(limits ? ["others"] : [])]) {
        new aws.iam.RolePolicy(`${roleName}-${kind}`, {
            role: role.id,
            policy: documents.apply((made) => made[kind] ?? ""),
        });
    }
}
