/** Labels that are not spelt as their rule is but for its last word. */
const ownLabels: Readonly<Record<string, string>> = {
    UserAgent_BadBots_HEADER: "BadBots_Header",
    Host_localhost_HEADER: "Host_Localhost_Header",
    PROPFIND_METHOD: "Propfind_Method",
};

const placesInLabels: Readonly<Record<string, string>> = {
    URIPATH: "URIPath",
    QUERYSTRING: "QueryString",
    QUERYARGUMENTS: "QueryArguments",
    BODY: "Body",
    COOKIE: "Cookie",
    HEADER: "Header",
};

/**
 * What stands behind the namespace in the label that a rule of one of AWS's managed rule groups gives each request which
 * it matches, whatever its action.
 * Source: AWS WAF developer guide, "AWS Managed Rules rule groups list", description and label of each rule.
 */
export function managedRuleLabel(rule: string): string {
    return ownLabels[rule] ?? rule.replace(/[A-Z]+$/, (place) => placesInLabels[place] ?? place);
}
