import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { Ajv } from "ajv";

import {
    checkConfiguration,
    configurationSchema,
    nameHint,
    problemList,
    readConfiguration,
    unusedExemption,
    type Configurable,
} from ".";
import { rules } from "../rules";

const ruleA: Configurable = {
    name: "rule-alpha",
    displayName: "Alpha",
    description: "Alpha holds.",
    level: "mandatory",
    severity: "high",
    settings: { allowed: { type: "array", items: { type: "string" }, default: ["x"] }, limit: { type: "integer" } },
};
const ruleB: Configurable = {
    ...ruleA,
    name: "rule-beta",
    level: "advisory",
    settings: undefined,
    remediate: () => {},
};
const both = [ruleA, ruleB];
const exemption = { urn: "*web", reason: "Moves in May", expires: "2026-05-31" };

const someViewerPolicies = 'Allowed are, among others: "TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025".';

const read = (content: unknown) => readConfiguration(content, both);
const problemsOf = (content: unknown) => read(content).problems;

describe("a policy configuration", () => {
    it("leaves every rule at its own level and defaults where it says nothing", () => {
        for (const content of [undefined, {}]) {
            const { configuration, problems } = read(content);
            assert.deepEqual(problems, []);
            assert.deepEqual(configuration.of(ruleA), {
                level: "mandatory",
                settings: { allowed: ["x"] },
                exemptions: undefined,
            });
            assert.equal(configuration.of(ruleB).level, "advisory");
        }
    });

    it("sets levels for all and for one, and settings over defaults", () => {
        const { configuration, problems } = read({
            all: "disabled",
            environments: ["shared"],
            "rule-alpha": { enforcementLevel: "advisory", limit: 3, exemptions: [exemption] },
        });
        assert.deepEqual(problems, []);
        assert.deepEqual(configuration.of(ruleA), {
            level: "advisory",
            settings: { allowed: ["x"], limit: 3 },
            exemptions: [exemption],
        });
        assert.equal(configuration.of(ruleB).level, "disabled");
        assert.equal(read({ "rule-beta": "remediate" }).configuration.of(ruleB).level, "remediate");
        assert.equal(read({ all: { enforcementLevel: "mandatory" } }).configuration.of(ruleB).level, "mandatory");
    });

    it("names every mistake at once, each with what was probably meant", () => {
        assert.deepEqual(
            problemsOf({
                all: { enforcementLevel: "mandatary", allowed: [] },
                "rule-alfa": "advisory",
                "something-else-entirely": {},
                "rule-alpha": { enforcementLevel: "Advisory", limits: 3, exemption: [] },
                "rule-beta": 7,
                $schema: "x",
            }),
            [
                '"mandatary" is not a level for all. Did you mean "mandatory"?',
                'all.allowed has no effect: "all" sets the level only. Write allowed under each rule.',
                '"rule-alfa" is not a rule of this pack. Did you mean "rule-alpha"?',
                '"something-else-entirely" is not a rule of this pack. Allowed are: "rule-alpha", "rule-beta", "all".',
                '"Advisory" is not a level for rule-alpha. Did you mean "advisory"?',
                'rule-alpha.limits is not a setting of this rule. Did you mean "limit"?',
                'rule-alpha.exemption is not a setting of this rule. Did you mean "exemptions"?',
                'rule-beta must be a level ("advisory", "mandatory", "remediate", "disabled") or an object with enforcementLevel and settings, but is 7.',
                '"$schema" is refused by the engine: name the schema in the settings of your editor instead.',
            ],
        );
    });

    it("refuses a misspelt name of AWS in a setting, and takes one that AWS may have added", () => {
        const year = new Date().getUTCFullYear();
        const ofRules = (content: unknown) => readConfiguration(content, rules).problems;
        const viewers = (...securityPolicies: unknown[]) =>
            ofRules({ "cloudfront-viewer-tls-version": { securityPolicies } });
        const listeners = (...securityPolicies: unknown[]) =>
            ofRules({ "alb-listener-security-policy": { securityPolicies } });
        assert.deepEqual(viewers("TLSv1", "TLSv1.3_2025", `TLSv1.3_${year}`, `TLSv1.2_FIPS_${year + 1}`), []);
        assert.deepEqual(
            viewers("TLSv1.3_2025", "TLSv1.2_2012", "tlsv1.2_2021", "TLSv1.3_2021", `TLSv1.3_${year + 2}`, "best", ""),
            [
                ["TLSv1.2_2012", 'Did you mean "TLSv1.2_2018"?'],
                ["tlsv1.2_2021", 'Did you mean "TLSv1.2_2021"?'],
                ["TLSv1.3_2021", 'Did you mean "TLSv1.2_2021"?'],
                [`TLSv1.3_${year + 2}`, 'Did you mean "TLSv1.3_2025"?'],
                ["best", someViewerPolicies],
                ["", someViewerPolicies],
            ].map(
                ([name, hint], index) =>
                    `cloudfront-viewer-tls-version.securityPolicies[${index + 1}] is "${name}", which is not a security policy of CloudFront. ${hint}`,
            ),
        );
        assert.deepEqual(
            listeners(
                "ELBSecurityPolicy-2016-08",
                `ELBSecurityPolicy-TLS13-1-3-PQ-${year}-12`,
                `ELBSecurityPolicy-${year}-01`,
            ),
            [],
        );
        const misspelt = [
            "ELBSecurityPolicy-TLS13-1-2-Rse-PQ-2025-09",
            `ELBSecurityPolicy-TLS13-1-2-Res-PQ-${year}-13`,
            `ElbSecurityPolicy-TLS13-1-2-Res-PQ-${year}-01`,
        ];
        assert.deepEqual(
            listeners(...misspelt),
            misspelt.map(
                (name, index) =>
                    `alb-listener-security-policy.securityPolicies[${index}] is "${name}", which is not a security policy of Elastic Load Balancing. Did you mean "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"?`,
            ),
        );
        assert.deepEqual(viewers(7), []);
        assert.deepEqual(ofRules({ "cloudfront-viewer-tls-version": { securityPolicies: "TLSv1.2_2012" } }), []);
    });

    it("offers remediation only to a rule that has one", () => {
        assert.deepEqual(read({ "rule-alpha": true }).problems, [
            'rule-alpha must be a level ("advisory", "mandatory", "disabled") or an object with enforcementLevel and settings, but is true.',
        ]);
        assert.deepEqual(read({ "rule-alpha": "off" }).problems, [
            '"off" is not a level for rule-alpha. Allowed are: "advisory", "mandatory", "disabled".',
        ]);
    });

    it("names the levels where what stands for one is no text", () => {
        for (const enforcementLevel of [7, null, {}]) {
            assert.deepEqual(problemsOf({ "rule-alpha": { enforcementLevel } }), [
                `${JSON.stringify(enforcementLevel)} is not a level for rule-alpha. Allowed are: "advisory", "mandatory", "disabled".`,
            ]);
        }
    });

    it("takes names that every object inherits for the mistakes that they are", () => {
        const content = JSON.parse('{"constructor": "advisory", "__proto__": "advisory"}') as unknown;
        assert.equal(problemsOf(content).length, 2);
        assert.match(
            problemsOf({ "rule-alpha": JSON.parse('{"toString": 1}') as object })[0] ?? "",
            /toString is not a setting/,
        );
    });

    it("refuses what is no object", () => {
        for (const content of [null, [], "advisory", 3]) {
            assert.deepEqual(problemsOf(content), [
                "The configuration must be a JSON object with a rule's name before each entry.",
            ]);
        }
    });

    it("refuses to remediate with a rule that has no remediation", () => {
        assert.deepEqual(problemsOf({ "rule-alpha": "remediate" }), [
            'rule-alpha cannot be "remediate": it has no remediation. Write "mandatory".',
        ]);
        assert.deepEqual(problemsOf({ "rule-alpha": { enforcementLevel: "remediate" } }), [
            'rule-alpha cannot be "remediate": it has no remediation. Write "mandatory".',
        ]);
        assert.deepEqual(problemsOf({ "rule-beta": "remediate" }), []);
        assert.deepEqual(problemsOf({ "rule-beta": "remediate", all: "remediate" }), [
            'all cannot be "remediate": only rule-beta has a remediation. Write "remediate" under its name, and "mandatory" here.',
        ]);
        const ofAll = (...names: Configurable[]) => readConfiguration({ all: "remediate" }, names).problems;
        assert.deepEqual(ofAll(ruleA), ['all cannot be "remediate": no rule has a remediation. Write "mandatory".']);
        assert.deepEqual(ofAll(ruleB, { ...ruleB, name: "rule-gamma" }), [
            'all cannot be "remediate": only rule-beta, rule-gamma have a remediation. Write "remediate" under the name of each, and "mandatory" here.',
        ]);
    });

    it("refuses exemptions without reason, resource or a real day", () => {
        const problems = (exemptions: unknown) => problemsOf({ "rule-alpha": { exemptions } });
        assert.deepEqual(problems([exemption, { ...exemption, expires: "2028-02-29" }]), []);
        assert.deepEqual(problems([{ urn: "", reason: " \n", expires: "2027-02-29", until: 1 }]), [
            'rule-alpha.exemptions[0].until is not a property of an exemption. Allowed are: "urn", "reason", "expires".',
            'rule-alpha.exemptions[0].urn must be a non-empty string, but is "".',
            'rule-alpha.exemptions[0].reason must be a non-empty string, but is " \\n".',
            'rule-alpha.exemptions[0].expires must be a date in the form YYYY-MM-DD, but is "2027-02-29".',
        ]);
        for (const expires of [
            "2026-5-1",
            "2026-13-01",
            "2026-01-01T00:00:00Z",
            "x2026-01-01",
            "2026-05",
            { toString: 1 },
            "never",
            20260101,
            null,
        ]) {
            assert.equal(problems([{ ...exemption, expires }]).length, 1, JSON.stringify(expires));
        }
        assert.match(problems([{}])[0] ?? "", /urn must be a non-empty string, but is missing\.$/);
        assert.deepEqual(problems([{ ...exemption, urn: "legacy" }]), [
            'rule-alpha.exemptions[0].urn must be a URN, "urn:pulumi:...", or hold * for any text, but is "legacy", which no resource has. Write "*::legacy" for every resource of that name.',
        ]);
        assert.deepEqual(problems([{ ...exemption, urn: "urn:pulumi:dev::shop::a:b:C::legacy" }]), []);
        assert.deepEqual(problems([3]), ["rule-alpha.exemptions[0] must be an object with urn, reason, expires."]);
        assert.deepEqual(problems({}), ["rule-alpha.exemptions must be a list of objects with urn, reason, expires."]);
    });

    it("lists problems as one text", () => {
        assert.equal(problemList("f.json", ["a"]), "f.json has one mistake:\n  - a");
        assert.equal(problemList("f.json", ["a", "b"]), "f.json has 2 mistakes:\n  - a\n  - b");
    });
});

describe("the nearest name", () => {
    it("is only given where it is near", () => {
        assert.equal(nameHint("abc", ["abd", "xyz"]), 'Did you mean "abd"?');
        assert.equal(nameHint("entirely-different", ["abd", "xyz"]), 'Allowed are: "abd", "xyz".');
        assert.equal(nameHint("abc", []), "There are none to set.");
    });
});

describe("the JSON Schema of the configuration", () => {
    const schema = () => configurationSchema([...rules, unusedExemption]);

    it("is the one that is shipped", () => {
        const file = path.join(__dirname, "..", "policy-config.schema.json");
        const shipped = JSON.parse(readFileSync(file, "utf8")) as unknown;
        assert.deepEqual(shipped, JSON.parse(JSON.stringify(schema())), "write it anew: npm run schema -w policy");
    });

    it("accepts what the check accepts and refuses what it refuses", async () => {
        const validate = new Ajv({ strict: false }).compile(schema());
        const [first] = rules;
        assert.ok(first);
        const cases: [unknown, boolean][] = [
            [{}, true],
            [{ all: "advisory", [first.name]: "disabled" }, true],
            [{ [first.name]: { enforcementLevel: "mandatory", exemptions: [exemption] } }, true],
            [{ [`${first.name}s`]: "disabled" }, false],
            [{ [first.name]: { exemption: [] } }, false],
            [{ [first.name]: "high" }, false],
            [{ [first.name]: { exemptions: [{ ...exemption, reason: " " }] } }, false],
            [{ all: 3 }, false],
        ];
        for (const [content, right] of cases) {
            assert.equal(validate(content), right, JSON.stringify(content));
            const problems = await checkConfiguration(content, [...rules, unusedExemption]);
            assert.equal(problems.length === 0, right, JSON.stringify(content));
        }
    });
});
