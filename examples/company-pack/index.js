const { PolicyPack } = require("@pulumi/policy");
const { cannotTell, policies, Read, rules, violation } = require("@encrypted-edge/policy");

/** A rule in the library's own form: it has settings, exemptions and a "cannot tell", as every other. */
const distributionsAreTagged = {
    scope: "resource",
    name: "company-distributions-are-tagged",
    displayName: "Distributions name their cost centre",
    description: "Every CloudFront distribution has the tag cost-centre.",
    level: "mandatory",
    severity: "low",
    controls: [],
    remediationSteps: "Add the tag cost-centre.",
    types: ["aws:cloudfront/distribution:Distribution"],
    settings: {
        tag: { type: "string", description: "Name of the tag.", default: "cost-centre" },
    },
    evaluate(distribution, report, { tag }) {
        const read = Read.of(distribution).at("tags", tag);
        if (read.isUnknown) {
            cannotTell(report, distribution, read, `the distribution has the tag ${tag}`);
        } else if (read.isAbsent) {
            violation(report, distribution, read, `${read.path} is missing. Write the number of your cost centre.`);
        }
    },
};

/** A policy as CrossGuard has it: nothing of the library is needed for it. */
const bucketsAreNamed = {
    name: "company-buckets-are-named",
    description: "Every bucket has a name that begins with company-.",
    enforcementLevel: "advisory",
    validateResource: (args, reportViolation) => {
        if (args.type === "aws:s3/bucket:Bucket" && !String(args.props.bucket).startsWith("company-")) {
            reportViolation(`The bucket is named ${args.props.bucket}.`);
        }
    },
};

new PolicyPack("company", { policies: [...policies([...rules, distributionsAreTagged]), bucketsAreNamed] });
