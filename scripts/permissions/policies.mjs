// The IAM policies that a stack needs, from table.json (resource type to actions) and cloudFormation.json (what the
// CloudFormation resource schemas say of a type).
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const json = (name) => JSON.parse(readFileSync(path.join(here, name), "utf8"));

/** Resource types and look-ups with the actions that each needs, and where that is known from. */
export const table = json("table.json");

/** What the provider calls for each resource and look-up of the component, read in its sources: the table is compared with it. */
export const providerCalls = json("providerCalls.json");

/** Handlers' permissions of the CloudFormation resource schemas, and the schemas' date. */
export const schemas = json("cloudFormation.json");

/** The roles that policies are made for. */
export const roles = ["preview", "deploy", "audit"];

/** Characters that a managed policy may have, white space not counted (IAM user guide, "IAM and AWS STS quotas"). */
export const managedPolicyLimit = 6144;

const anywhere = "*";

/**
 * The policy of a role.
 *
 * `preview` reads what the program looks up and a refresh compares, and the state with its secrets; `deploy` is what the
 * role that deploys needs besides; `audit` reads the state alone.
 *
 * @param role One of `roles`.
 * @param resources What the stack deploys: `{ type, name, inputs }`, with the name and the inputs where they are known.
 * @param names `{ account, region, bucket, key, zone, logBucket, project, stack }`: the backend's bucket, the key of its
 *   secrets, the hosted zones, buckets of one's own that take logs, and the one stack whose state is meant, all stacks where
 *   it is left out. A rehearsed preview has zones of its own, so they are never taken from the resources.
 * @throws Error naming every resource type that the table lacks: its actions cannot be told.
 */
export function policyOf(role, resources, names = {}) {
    const custom = resources.filter(({ type }) => type.startsWith("aws:"));
    const unknown = [...new Set(custom.map(({ type }) => type))].filter((type) => table.types[type] === undefined);
    if (unknown.length > 0) {
        throw new Error(
            `The table of permissions lacks ${unknown.sort().join(", ")}. Add what these types need to scripts/permissions/table.json, with its source.`,
        );
    }
    const statements = {
        preview: () => [...readStatements(custom, names), ...stateStatements(names, ["s3:GetObject"])],
        deploy: () => [
            ...writeStatements(custom, names),
            ...serviceLinkedRoles(custom),
            ...stateStatements(names, ["s3:PutObject", "s3:DeleteObject"]).slice(1, 2),
        ],
        audit: () => stateStatements(names, ["s3:GetObject"]),
    };
    return { Version: "2012-10-17", Statement: statements[role]() };
}

/** The size of a policy as IAM counts it. */
export function sizeOf(policy) {
    return JSON.stringify(policy).length;
}

/** A policy as text, its lists of actions filled to the width of a page. */
export function textOf(policy) {
    const text = JSON.stringify(policy, undefined, 2);
    return text.replace(/^( *)"(Action|Resource|iam:AWSServiceName)": \[([^\]]*)\]/gm, (whole, indent, key, list) => {
        const items = list.split(",").map((item) => item.trim());
        const single = `${indent}"${key}": [${items.join(", ")}]`;
        return single.length <= 118 ? single : `${indent}"${key}": [\n${filled(items, `${indent}  `)}\n${indent}]`;
    });
}

function filled(items, indent) {
    const lines = [];
    for (const item of items) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + item.length < 116) {
            lines[lines.length - 1] = `${last}, ${item}`;
        } else {
            lines.push(`${indent}${item}`);
        }
    }
    return lines.join(",\n");
}

/** Reading actions and writing actions of one resource type. */
export function actionsOf(type) {
    const { cloudFormation, provider = {} } = table.types[type];
    const { type: schema, only, without = [] } = cloudFormation ?? {};
    const listed = (schemas.types[schema] ?? []).filter(
        (action) => only?.includes(action) ?? !(without.includes(action) || isLeftOut(action)),
    );
    return {
        read: [...listed.filter(reads), ...(provider.read ?? [])],
        write: [...listed.filter((action) => !reads(action)), ...(provider.write ?? [])],
    };
}

function reads(action) {
    return /:(Get|List|Describe)/.test(action);
}

function isLeftOut(action) {
    return Object.keys(table.leftOut).some((pattern) => matches(pattern, action));
}

function matches(pattern, action) {
    return new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);
}

function readStatements(resources, names) {
    const lookUps = Object.values(table.functions).flatMap(({ read }) => read);
    return statementsOf(resources, names, "read", lookUps);
}

function writeStatements(resources, names) {
    return statementsOf(resources, names, "write", []);
}

/** One statement for each set of ARNs; what IAM grants on no single resource is granted on all. */
function statementsOf(resources, { zone: zones = ["YOUR-ZONE"], logBucket: logBuckets }, kind, alsoAnywhere) {
    const byScope = new Map([[JSON.stringify(anywhere), new Set(alsoAnywhere)]]);
    const scopes = {
        bucket: bucketArns(resources),
        object: objectArns(resources),
        logBucket: logBucketArns(resources, logBuckets),
        zone: one(zones.map((zone) => `arn:aws:route53:::hostedzone/${zone}`)),
    };
    const add = (action, name) => {
        const scope = JSON.stringify(scopes[name] ?? anywhere);
        byScope.set(scope, (byScope.get(scope) ?? new Set()).add(action));
    };
    for (const type of new Set(resources.map((resource) => resource.type))) {
        actionsOf(type)[kind].forEach((action) => add(action, scopeOf(type, action)));
        for (const { [kind]: actions = [], scope } of optionsOf(type, resources)) {
            actions.forEach((action) => add(action, scope));
        }
    }
    byScope.delete("[]");
    return [...byScope]
        .filter(([, actions]) => actions.size > 0)
        .map(([scope, actions]) => ({
            Effect: "Allow",
            Action: withoutCovered([...actions].sort()),
            Resource: JSON.parse(scope),
        }));
}

/** What a type needs for some of its inputs only: where they say so, and where they are not known. */
function optionsOf(type, resources) {
    const inputs = resources.filter((resource) => resource.type === type).map((resource) => resource.inputs);
    return (table.types[type].options ?? []).filter(({ when }) =>
        inputs.some((each) => each === undefined || JSON.stringify(each).includes(when)),
    );
}

/** Buckets of one's own that take logs, by the ARNs in the inputs of what delivers them; else by name. */
function logBucketArns(resources, names) {
    const deliver = resources.filter(({ type }) =>
        table.types[type].options?.some(({ scope }) => scope === "logBucket"),
    );
    const named = deliver.flatMap(
        ({ inputs }) => JSON.stringify(inputs ?? {}).match(/arn:aws[\w-]*:s3:::[\w.-]+/g) ?? [],
    );
    const isUnknown = deliver.some(({ inputs }) => inputs === undefined);
    const others = names ?? (isUnknown ? ["YOUR-LOG-BUCKET"] : []);
    return one([...new Set([...named, ...others.map((name) => `arn:aws:s3:::${name}`)])].sort());
}

/** Where the actions of a type may be used. Reading DNS goes by the whole account: zones and changes are looked up. */
function scopeOf(type, action) {
    const { scope } = table.types[type];
    return scope === "zone" && action !== "route53:ChangeResourceRecordSets" ? undefined : scope;
}

function withoutCovered(actions) {
    return actions.filter(
        (action) => !actions.some((other) => other !== action && other.includes("*") && matches(other, action)),
    );
}

/** A bucket's name is what its inputs say, or the one that Pulumi makes: the logical name and seven random digits at its end. */
function bucketArns(resources) {
    const buckets = resources.filter(({ type }) => type === "aws:s3/bucket:Bucket");
    const names = buckets.map(({ name, inputs = {} }) => bucketName(name, inputs.bucket));
    // Settings of a bucket that another stack has.
    const known = names.length > 0 ? names : ["YOUR-BUCKET"];
    return one([...new Set(known)].sort().map((name) => `arn:aws:s3:::${name}`));
}

/** A page is named after its bucket. Whoever previews reads the objects of no other bucket: some hold logs. */
function objectArns(resources) {
    const objects = resources.filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2");
    const names = objects.map(({ name, inputs = {} }) => bucketName(name.replace(/-page$/, ""), inputs.bucket));
    return one([...new Set(names)].sort().map((name) => `arn:aws:s3:::${name}/*`));
}

function bucketName(logicalName, given) {
    const chosen = typeof given === "string" ? given : `${logicalName}-`;
    // A project may have Pulumi put more before the logical name (autonaming).
    return chosen.replace(new RegExp(`^(.*${logicalName}-)[0-9a-f]{0,7}$`), "$1*");
}

function one(list) {
    return list.length === 1 ? list[0] : list;
}

function serviceLinkedRoles(resources) {
    const services = new Set(resources.flatMap(({ type }) => table.types[type].serviceLinkedRole ?? []));
    const statement = {
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource: anywhere,
        Condition: { StringEquals: { "iam:AWSServiceName": [...services].sort() } },
    };
    return services.size > 0 ? [statement] : [];
}

function stateStatements(names, actions) {
    const { account = "ACCOUNT", region = "eu-west-1", bucket = "YOUR-STATE-BUCKET", key = "YOUR-KEY" } = names;
    const bucketArn = `arn:aws:s3:::${bucket}`;
    return [
        { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
        {
            Effect: "Allow",
            Action: one(actions),
            Resource: one(stateObjects(names, actions).map((at) => `${bucketArn}/${at}`)),
        },
        { Effect: "Allow", Action: "kms:Decrypt", Resource: `arn:aws:kms:${region}:${account}:key/${key}` },
    ];
}

/**
 * Where a bucket backend keeps a stack: all stacks, unless project and stack are named. Everybody reads `meta.yaml`, the
 * layout's version; who runs `pulumi login` first writes it. Source: pulumi/pulumi, pkg/backend/diy.
 */
function stateObjects({ project, stack }, actions) {
    if (project === undefined || stack === undefined) {
        return [".pulumi/*"];
    }
    const own = `${project}/${stack}`;
    const kept = [`stacks/${own}.json*`, `history/${own}/*`, `backups/${own}/*`, `locks/organization/${own}/*`];
    return [...(actions.includes("s3:GetObject") ? ["meta.yaml"] : []), ...kept].map((at) => `.pulumi/${at}`);
}
