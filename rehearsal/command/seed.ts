import { openAccount, seedAccount } from "../aws/account";
import type { RehearsalPaths } from "../engine";
import { describeAccount } from "./accountSummary";
import { readDnsRecords } from "./dnsRecords";
import { configuredHostedZones, hostedZoneNames } from "./hostedZones";
import { MistakeError } from "./mistake";
import { readOptions } from "./options";
import { type Project, requireProject } from "./project";
import { chosenStack, configuredRegion } from "./stacks";
import { tell } from "./tell";

const usage = `Adds to the rehearsed account what exists before the first deployment.

Usage: rehearse seed [--hosted-zone <domain>]... [--dns-record "<name> <type> <value>"]... [--region <region>]

  --hosted-zone <domain>  a public Route 53 hosted zone, such as example.com; may be repeated
  --dns-record <record>   a record at a DNS provider other than Route 53, such as
                          "www.example.org CNAME d111111abcdef8.cloudfront.net"; types: CNAME, ALIAS, CAA
  --region <region>       region whose default VPC and subnets are shown (default: the stack's aws:region)
  --stack, -s <stack>     stack whose region is used (default: the selected one, else dev)
  --cwd, -C <directory>   directory of the Pulumi project (default: this one)
  --help, -h              show this

The account always has the default VPC, a subnet in each zone, CloudFront's prefix lists and hosted zones for
the domain names in the stack's configuration under keys with "zone" in their name.
`;

/** The command `rehearse seed`. */
export async function seedCommand(given: readonly string[], directory: string): Promise<number> {
    const options = readOptions("seed", given, {
        "hosted-zone": { type: "string", multiple: true },
        "dns-record": { type: "string", multiple: true },
        region: { type: "string" },
        stack: { type: "string", short: "s" },
    });
    if (options.help === true) {
        tell(process.stdout, usage.trimEnd());
        return 0;
    }
    const project = requireProject(directory, options.cwd);
    const zones = hostedZoneNames(options["hosted-zone"] ?? []);
    const dnsRecords = readDnsRecords(options["dns-record"] ?? []);
    if (zones.length === 0 && dnsRecords.length === 0) {
        throw new MistakeError("Name the hosted zone: rehearse seed --hosted-zone example.com");
    }
    const { paths, region } = await chosenStack(project, options);
    await seedAccount(paths.account, { hostedZoneNames: zones, region, dnsRecords });
    tell(process.stdout, describeAccount(openAccount(paths.account), region).join("\n"));
    return 0;
}

/** Prepares the account as its owner has it before the first deployment: a hosted zone for each configured name. */
export async function seed(
    paths: RehearsalPaths,
    project: Project,
    configuration: Record<string, unknown>,
): Promise<void> {
    await seedAccount(paths.account, {
        hostedZoneNames: configuredHostedZones(project.content.config, configuration),
        region: configuredRegion(project, configuration),
    });
}
