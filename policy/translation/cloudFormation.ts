import { isLeftOut, isObject, once, own, pathTo, Read, UNKNOWN, type Resource, type Value } from "../graph";
import { cloudFormationNaming, nativeType } from "./cloudControl";
import { decided, itemsOf, resourceAndAttribute, worked, type Scope } from "./intrinsics";
import { knownNativeTypes } from "./nativeTypes";
import { functionOfVersion, withoutServerless } from "./serverless";
import { parseTemplate } from "./template";
import { idOf, madeBy, renamed, secretTexts, type Translation, type Translator, type Unread } from "./translation";
import { unreadCloudFormation } from "./unread";

/** Attributes of `Fn::GetAtt` that are an identity of the resource, as `Ref` is. */
const identities = /(^|\.)(Id|Arn|GroupId|VpcId|\w+Arn|FunctionARN|PrefixListId|DistributionId)$/;

/** Attributes of `Fn::GetAtt` that are a name by which an origin reaches the resource, and the property that holds it. */
const hostNames: ReadonlyMap<Value, Readonly<Record<string, string>>> = new Map<Value, Record<string, string>>([
    ["AWS::ElasticLoadBalancing::LoadBalancer", { DNSName: "dnsName" }],
    ["AWS::ElasticLoadBalancingV2::LoadBalancer", { DNSName: "dnsName" }],
    ["AWS::GlobalAccelerator::Accelerator", { DnsName: "dnsName", DualStackDnsName: "dualStackDnsName" }],
]);
const hostAttributes: ReadonlySet<string> = new Set([...hostNames.values()].flatMap((names) => Object.keys(names)));
/** A classic load balancer has one name under two attributes. Source: CloudFormation Template Reference, its return values. */
const attributeOf = (attribute: string) => (attribute === "CanonicalHostedZoneName" ? "DNSName" : attribute);

/** Attributes that are the URL of an API, a function or a website in a bucket: no load balancer has that name. */
const urls: ReadonlyMap<Value, string> = new Map<Value, string>([
    ["AWS::ApiGatewayV2::Api", "ApiEndpoint"],
    ["AWS::Lambda::Url", "FunctionUrl"],
    ["AWS::S3::Bucket", "WebsiteURL"],
]);

/** Transforms that add nothing which the rules read. Source: CloudFormation User Guide, "Template macros". */
const plainTransforms: readonly Value[] = [
    "AWS::Serverless-2016-10-31",
    "AWS::CodeDeployBlueGreen",
    "AWS::SecretsManager-2020-07-23",
];

const anything = "whatever its template holds";

/** A CloudFormation stack or stack set whose template is in the program. */
export const cloudFormationStack: Translator = (resource) => {
    const { templateBody } = resource.properties;
    const read = templateRead(resource);
    if (templateBody === UNKNOWN) {
        return unread(read.path, `${read.path} ${read.unknown}`);
    }
    if (templateBody === undefined || templateBody === null || templateBody === "") {
        return unread(Read.of(resource).at("templateUrl").path, "the template is in a bucket, not in the program");
    }
    const template = templateOf(resource);
    return template === undefined
        ? unread(read.path, `${read.path} is not a template in JSON or YAML`)
        : translated(resource, template, secretTexts(resource, templateBody, template));
};

/** Where the template is written: a stack set may be inside another template. */
function templateRead(holder: Resource): Read {
    return Read.of(holder).at("templateBody");
}

/** The template that a stack or stack set holds, parsed once; undefined where it is none that can be read. */
export const templateOf = once(({ properties: { templateBody } }: Resource): Record<string, Value> | undefined => {
    const template = typeof templateBody === "string" ? parseTemplate(templateBody) : templateBody;
    return isObject(template) && isObject(own(template, "Resources")) ? template : undefined;
});

function unread(path: string, because: string): Translation {
    return { resources: [], unread: [{ makes: anything, because, path, certain: false }] };
}

function translated(holder: Resource, template: Record<string, Value>, secrets: readonly string[]): Translation {
    const entries = own(template, "Resources") as Record<string, Value>;
    const scope = scopeOf(holder, template);
    const resources: Resource[] = [];
    const left: Unread[] = transformsIn(holder, template);
    for (const [name, written] of Object.entries(entries)) {
        const entry = withoutServerless(written, template);
        const type = own(entry, "Type");
        const path = pathTo(scope.path, name);
        if (typeof type !== "string") {
            left.push({ makes: anything, because: `${path} has no type that can be read`, path, certain: false });
            continue;
        }
        if (!mayBeMade(entry, scope)) {
            continue;
        }
        const properties = worked(own(entry, "Properties") ?? {}, scope);
        const hidden = unreadCloudFormation(type, path);
        // A stack set, unlike a stack that is nested, may hold its template itself.
        if (hidden !== undefined && own(properties, "TemplateBody") === undefined) {
            left.push(hidden);
            continue;
        }
        if (!isObject(properties) && !knownNativeTypes.has(nativeType(type))) {
            continue;
        }
        if (!isObject(properties)) {
            const because = `${path}.Properties cannot be read`;
            left.push({ makes: `a resource of type ${type}`, because, path, certain: false });
            continue;
        }
        if (knownNativeTypes.has(nativeType(type)) && isAddedTo(entry)) {
            const because = `the transform in ${path} runs in AWS`;
            left.push({ makes: `what a macro adds to a resource of type ${type}`, because, path, certain: false });
        }
        const known = asKnown(name, entry, properties, scope);
        resources.push(madeBy(holder, { type: nativeType(type), part: name, properties: known, secrets }));
    }
    return { resources, unread: left };
}

const inline = "Fn::Transform";

/**
 * Whether a macro adds to what is written. One that stands alone in the place of a value makes that value unknown, which the
 * rules then say. Source: CloudFormation Template Reference, "Fn::Transform": it processes its siblings and their children.
 */
function isAddedTo(value: Value): boolean {
    if (Array.isArray(value)) {
        return value.some(isAddedTo);
    }
    return (
        isObject(value) &&
        ((Object.hasOwn(value, inline) && Object.keys(value).length > 1) || Object.values(value).some(isAddedTo))
    );
}

/** Whether a template's resource has no condition that certainly does not hold. */
export function mayBeMade(entry: Value, scope: Scope): boolean {
    return decided({ Condition: own(entry, "Condition") }, scope) !== false;
}

/** The properties of a template's resource under the names that the rules know. */
export function asKnown(
    name: string,
    entry: Value,
    properties: Record<string, Value>,
    scope: Scope,
): Record<string, Value> {
    const path = `${pathTo(scope.path, name)}.Properties`;
    const known = renamed(properties, path, cloudFormationNaming) as Record<string, Value>;
    known.id ??= scope.resource(name);
    const arn = scope.arn(name);
    if (arn !== undefined) {
        // A web ACL is known by its id in one place and by its ARN in another.
        known.arn ??= arn;
    }
    for (const [attribute, property] of Object.entries(hostNames.get(own(entry, "Type")) ?? {})) {
        known[property] ??= scope.resource(name, attribute);
    }
    return known;
}

function transformsIn(holder: Resource, template: Record<string, Value>): Unread[] {
    const { path } = templateRead(holder);
    return ["Transform", inline].flatMap((name) => {
        const named = own(template, name);
        const transforms = Array.isArray(named) ? (named as Value[]) : named === undefined ? [] : [named];
        return transforms
            .filter((transform) => !plainTransforms.includes(transform))
            .map((transform) => ({
                makes: "whatever a macro adds to its template",
                because: `the transform ${typeof transform === "string" ? transform : "of the template"} runs in AWS`,
                path: pathTo(path, name),
                certain: false,
            }));
    });
}

/** @param name before the names of the template's resources in the texts that stand for them */
export function scopeOf(holder: Resource, template: Record<string, Value>, name = holder.name): Scope {
    const entries = own(template, "Resources") as Record<string, Value>;
    const made = idsByOutputs(holder, template);
    const conditions = own(template, "Conditions");
    return {
        path: `${templateRead(holder).path}.Resources`,
        parameters: {
            ...pseudoParametersOf(holder),
            ...parametersOf(template, isLeftOut(holder, "parameters") ? undefined : holder.properties.parameters),
        },
        conditions: isObject(conditions) ? conditions : {},
        mappings: own(template, "Mappings"),
        resource(part, given = "") {
            const publisher = functionOfVersion(entries, given === "" ? part : `${part}.${given}`);
            if (publisher !== undefined) {
                return `\${${name}/${publisher}}`;
            }
            if (!Object.hasOwn(entries, part)) {
                return undefined;
            }
            if (urls.get(own(entries[part], "Type")) === given) {
                return `https://\${${name}/${part}}`;
            }
            const key = keyOf(entries, part, given);
            return key === undefined ? UNKNOWN : (made.get(key)?.[0] ?? `\${${name}/${key}}`);
        },
        arn: (part) => made.get(part)?.find((id) => id.startsWith("arn:")),
    };
}

/** What the id of a resource, or a name by which an origin reaches it, is kept under; undefined for other attributes. */
function keyOf(entries: Value, part: string, given: string): string | undefined {
    const attribute = attributeOf(given);
    // A network's own id, or that of the network in which the resource is.
    if (attribute === "VpcId" && own(own(entries, part), "Type") !== "AWS::EC2::VPC") {
        return undefined;
    }
    if (attribute === "" || identities.test(attribute)) {
        return part;
    }
    return hostAttributes.has(attribute) ? `${part}.${attribute}` : undefined;
}

/** The partitions whose names and domains are public, by their Regions. */
const partitions: readonly (readonly [regions: RegExp, partition: string, suffix: string])[] = [
    [/^cn-/, "aws-cn", "amazonaws.com.cn"],
    [/^us-gov-/, "aws-us-gov", "amazonaws.com"],
    [/^(?!us-iso|eu-iso|eusc-)/, "aws", "amazonaws.com"],
];

/**
 * The pseudo parameters that the Region decides; none where it is not known, or is one of many as for a stack set.
 * Source: CloudFormation Template Reference, "Pseudo parameters", and AWS's partitions in the IAM User Guide.
 */
function pseudoParametersOf(holder: Resource): Record<string, Value> {
    // Before its version 7, the aws provider gave no Region to a resource: its own has it, and the ARN of the stack.
    const [, ofId] = /^arn:[^:]*:[^:]*:([^:]+):/.exec(idOf(holder) ?? "") ?? [];
    const regions = holder.type.endsWith("StackSet") ? [] : [holder.properties.region, holder.provider?.region, ofId];
    const region = regions.find((each) => typeof each === "string");
    if (region === undefined) {
        return {};
    }
    const [, partition, suffix] = partitions.find(([regions]) => regions.test(region)) ?? [];
    return partition === undefined
        ? { "AWS::Region": region }
        : { "AWS::Region": region, "AWS::Partition": partition, "AWS::URLSuffix": suffix };
}

/** @param sources where values are given, the first before the others */
export function parametersOf(template: Record<string, Value>, ...sources: readonly Value[]): Record<string, Value> {
    const declared = own(template, "Parameters");
    const names = Object.keys(isObject(declared) ? declared : {});
    return Object.fromEntries(
        names.map((name) => {
            const type = String(own(own(declared, name), "Type"));
            // The value of such a parameter names one of Systems Manager, whose value AWS looks up.
            if (sources.includes(UNKNOWN) || type.startsWith("AWS::SSM::Parameter::Value<")) {
                return [name, UNKNOWN];
            }
            const given = sources.map((source) => own(source, name) ?? listed(source, name));
            const value = given.find((each) => each !== undefined) ?? own(own(declared, name), "Default") ?? UNKNOWN;
            const isList = /^List<|^CommaDelimitedList$/.test(type);
            return [name, isList && typeof value === "string" ? value.split(",").map((item) => item.trim()) : value];
        }),
    );
}

/** A stack set of aws-native gives its parameters as a list of keys and values. */
function listed(given: Value, name: string): Value {
    return own(
        itemsOf(given).find((entry) => own(entry, "parameterKey") === name),
        "parameterValue",
    );
}

/** The ids that AWS gave to what the template's outputs name; by them the rest of the stack refers to it. */
function idsByOutputs(holder: Resource, template: Record<string, Value>): Map<string, readonly string[]> {
    const ids = new Map<string, readonly string[]>();
    const declared = own(template, "Outputs");
    for (const [output, entry] of Object.entries(isObject(declared) ? declared : {})) {
        const actual = own(holder.properties.outputs, output);
        const value = own(entry, "Value");
        const referred = own(value, "Ref");
        const asked =
            typeof referred === "string" ? ([referred, ""] as const) : resourceAndAttribute(own(value, "Fn::GetAtt"));
        const key = asked && keyOf(own(template, "Resources"), ...asked);
        if (key !== undefined && typeof actual === "string") {
            ids.set(key, [...(ids.get(key) ?? []), actual]);
        }
    }
    return ids;
}
