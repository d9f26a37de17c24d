import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { readConfiguration } from "./configuration";
import { environmentRoles } from "./environmentRoles";
import { bucketNaming, ownResources } from "./sharedAccount";
import { secretsKey, stateBucket } from "./stateBackend";

// An async program, because the table of permissions is an ES module.
export = async () => {
    const { environments, subjectPrefix, stateBucketName, project, edgeName, logBucketNames, ...rest } =
        readConfiguration();
    const { policyOf } = await import("../scripts/permissions/policies.mjs");
    const { componentResources } = await import("../scripts/permissions/componentResources.mjs");
    const resources = componentResources(edgeName);

    const bucket = stateBucket(stateBucketName);
    const identityProviderArn =
        rest.identityProviderArn ??
        new aws.iam.OpenIdConnectProvider(
            "github",
            { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
            { protect: true },
        ).arn;
    const { accountId } = await aws.getCallerIdentity();
    const { region } = await aws.getRegion();
    const backend = pulumi.interpolate`s3://${bucket.bucket}?region=${region}&awssdk=v2`;

    const isShared = environments.length > 1;
    const made = environments.map((environment) => {
        const deployed = isShared ? ownResources(environment.name, resources) : resources;
        const key = secretsKey(environment.name);
        const names = pulumi.all([bucket.bucket, key.keyId]).apply(([bucketName, keyId]) => {
            return { account: accountId, region, bucket: bucketName, key: keyId, project };
        });
        const roles = environmentRoles({
            environment,
            subjectPrefix,
            identityProviderArn,
            names,
            makePolicy: (role, all) => policyOf(role, deployed, { ...all, logBucket: logBucketNames }),
            isShared,
        });
        const secretsProvider = `awskms://alias/pulumi-${environment.name}?region=${region}`;
        const variables = (role: aws.iam.Role) => ({
            AWS_ROLE_ARN: role.arn,
            AWS_REGION: region,
            PULUMI_BACKEND_URL: backend,
        });
        return {
            environment: environment.name,
            stackInit: [
                `pulumi stack init ${environment.name} --secrets-provider '${secretsProvider}'`,
                // By this tag the roles of a shared account know whose a resource is.
                `pulumi config set --path 'aws:defaultTags.tags.Environment' ${environment.name} --stack ${environment.name}`,
                ...(isShared ? [bucketNaming(environment.name)] : []),
            ],
            variables: {
                [environment.name]: variables(roles.deploy),
                [`${environment.name}-preview`]: variables(roles.preview),
                [`${environment.name}-drift`]: variables(roles.preview),
            },
        };
    });
    return {
        /** `pulumi login` takes it. */
        backend,
        /** What to run for each environment, once. */
        stackInit: made.flatMap(({ stackInit }) => stackInit),
        /** The variables of each environment on GitHub; github.mjs writes them. */
        gitHubEnvironments: Object.assign({}, ...made.map(({ variables }) => variables)) as Record<string, unknown>,
    };
};
