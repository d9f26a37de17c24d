import { isObject, own, plainProperties, Read, UNKNOWN, type Resource, type Value } from "../graph";
import { knownNativeTypes } from "./nativeTypes";
import {
    camelCase,
    capitalised,
    idOf,
    madeBy,
    renamed,
    secretTexts,
    wordsOf,
    type Naming,
    type Translation,
    type Translator,
} from "./translation";
import { unreadCloudFormation } from "./unread";

/** What CloudFormation writes otherwise than with one capital letter, of the properties that messages name when missing. */
const spellings: Readonly<Record<string, string>> = {
    cnames: "CNAMEs",
    functionArn: "FunctionARN",
    httpPort: "HTTPPort",
    httpsPort: "HTTPSPort",
    lambdaFunctionArn: "LambdaFunctionARN",
    originSslProtocols: "OriginSSLProtocols",
    webAclId: "WebACLId",
};

/** CloudFormation writes `HTTPSPort` where aws-native, which the rules know, writes `httpsPort`. */
export const cloudFormationNaming: Naming = {
    known: (key) => (key === "CNAMEs" ? "cnames" : camelCase(wordsOf(key))),
    written: (name) => (Object.hasOwn(spellings, name) ? spellings[name] : undefined) ?? capitalised(name),
};

/** `AWS::WAFv2::WebACL` is `aws-native:wafv2:WebAcl`. */
export function nativeType(cloudFormationType: string): string {
    const [, service = "", kind = ""] = cloudFormationType.split("::");
    return `aws-native:${service.toLowerCase()}:${wordsOf(kind).map(capitalised).join("")}`;
}

/** `aws:cloudcontrol/resource:Resource`: a type and its properties as JSON text. */
export const cloudControlResource: Translator = (resource) => {
    const { typeName, desiredState, properties } = resource.properties;
    const state = parsed(desiredState);
    return one(resource, typeName, {
        path: "desiredState",
        properties: state,
        actual: parsed(properties),
        secrets: secretTexts(resource, desiredState, state),
    });
};

/** `aws-native:index:ExtensionResource`: a type and its properties. */
export const extensionResource: Translator = (resource) => {
    const { type, properties, outputs } = resource.properties;
    return one(resource, type, { path: "properties", properties, actual: outputs, secrets: [] });
};

interface Content {
    readonly path: string;
    readonly properties: Value;
    /** What AWS made of it, with the ids that others refer to. */
    readonly actual: Value;
    readonly secrets: readonly string[];
}

function one(holder: Resource, type: Value, { path, properties, actual, secrets }: Content): Translation {
    if (typeof type !== "string") {
        const read = Read.of(holder).either("typeName", "type");
        const unread = { makes: "a resource", because: `its type ${read.unknown}`, path, certain: false };
        return { resources: [], unread: [unread] };
    }
    const unread = unreadCloudFormation(type, path);
    // A stack that is not nested in another may hold its template itself.
    if (unread !== undefined && own(properties, "TemplateBody") === undefined) {
        return { resources: [], unread: [unread] };
    }
    if (!isObject(properties) && !knownNativeTypes.has(nativeType(type))) {
        return { resources: [], unread: [] };
    }
    if (!isObject(properties)) {
        const because =
            properties === UNKNOWN ? `${path} ${Read.of(holder).at(path).unknown}` : `${path} is not a JSON object`;
        return { resources: [], unread: [{ makes: `a resource of type ${type}`, because, path, certain: false }] };
    }
    const known = renamed(properties, path, cloudFormationNaming) as Record<string, Value>;
    for (const [key, value] of Object.entries(isObject(actual) ? actual : {})) {
        known[cloudFormationNaming.known(key)] ??= value;
    }
    const made = madeBy(holder, { type: nativeType(type), properties: known, id: idOf(holder), secrets });
    return { resources: [made], unread: [], replaces: true };
}

function parsed(value: Value): Value {
    if (typeof value !== "string") {
        return value;
    }
    try {
        const json: unknown = JSON.parse(value);
        return isObject(json) ? plainProperties(json) : undefined;
    } catch {
        return undefined;
    }
}
