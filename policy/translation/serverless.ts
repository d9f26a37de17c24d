import { isObject, own, type Value } from "../graph";

const functionType = "AWS::Serverless::Function";

/**
 * What AWS SAM makes of a function: a function of Lambda with the settings that all functions of the template share. Its
 * code stays where it is written. Source: AWS SAM Developer Guide, "AWS::Serverless::Function" and "Globals section".
 */
export function withoutServerless(entry: Value, template: Value): Value {
    if (!isObject(entry) || entry.Type !== functionType) {
        return entry;
    }
    const shared = own(own(template, "Globals"), "Function");
    const given = entry.Properties;
    return {
        ...entry,
        Type: "AWS::Lambda::Function",
        Properties: { ...(isObject(shared) ? shared : {}), ...(isObject(given) ? given : {}) },
    };
}

/**
 * The function whose version or alias a template names, which AWS SAM makes with `AutoPublishAlias`. Source: AWS SAM
 * Developer Guide, "Generated AWS CloudFormation resources".
 */
export function functionOfVersion(entries: Value, name: string): string | undefined {
    const [, part = ""] = /^(.*)\.(Version|Alias)$/.exec(name) ?? [];
    return own(own(entries, part), "Type") === functionType ? part : undefined;
}
