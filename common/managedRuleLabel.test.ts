import assert from "node:assert/strict";

import { managedRuleLabel } from "./managedRuleLabel";

describe("the label of a rule of a managed rule group", () => {
    it("spells the place that the rule looks at as AWS documents it", () => {
        const labels = {
            GenericLFI_URIPATH: "GenericLFI_URIPath",
            SQLi_QUERYARGUMENTS: "SQLi_QueryArguments",
            Log4JRCE_QUERYSTRING: "Log4JRCE_QueryString",
            CrossSiteScripting_COOKIE: "CrossSiteScripting_Cookie",
            ReactJSRCE_BODY: "ReactJSRCE_Body",
            NoUserAgent_HEADER: "NoUserAgent_Header",
        };
        for (const [rule, label] of Object.entries(labels)) {
            assert.equal(managedRuleLabel(rule), label);
        }
    });

    it("is the rule's name where that names no place", () => {
        for (const rule of ["AWSManagedIPReputationList", "Log4JRCE", "SizeRestrictions_Body"]) {
            assert.equal(managedRuleLabel(rule), rule);
        }
    });

    it("is AWS's own where it differs by more than the place", () => {
        assert.equal(managedRuleLabel("UserAgent_BadBots_HEADER"), "BadBots_Header");
        assert.equal(managedRuleLabel("Host_localhost_HEADER"), "Host_Localhost_Header");
        assert.equal(managedRuleLabel("PROPFIND_METHOD"), "Propfind_Method");
    });
});
