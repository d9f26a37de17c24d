import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { validationName, validationNames, refusePart, namesProblems } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { OutputsOf } from "./outputsOf";

/** The arguments of ValidatedCertificate. */
export interface ValidatedCertificateArgs {
    /** The names on the certificate; the first is its common name. */
    domainNames: string[];

    /** Id of the public hosted zone that holds the names. */
    hostedZoneId: pulumi.Input<string>;

    /** Region of the certificate. Defaults to the provider's; CloudFront reads certificates of `us-east-1` only. */
    region?: string;

    /**
     * DNS names of validation records that exist already, by validation name (the domain name without `*.`). ACM asks
     * for the same record for the same name in every region, so a second certificate makes none of its own for these.
     * Defaults to none. Source: ACM user guide, "DNS validation".
     */
    validationRecordFqdns?: { [validationName: string]: pulumi.Input<string> };

    /**
     * Whether validation records that exist already are overwritten, and stay when they are no longer managed here: another
     * certificate of the account for the same name needs the same record. Defaults to false: AWS refuses a record that
     * exists.
     */
    overwriteExisting?: boolean;

    /**
     * Whether the validation records are protected. Without them ACM cannot renew the certificate. The certificate is
     * not: a changed list of names replaces it, and AWS deletes none that is in use.
     */
    deletionProtection: boolean;
}

/** An ACM certificate, the DNS records that prove its names and keep it renewing, and the wait until it is issued. */
export class ValidatedCertificate extends pulumi.ComponentResource {
    /** ARN of the certificate, known once it is issued. */
    public readonly certificateArn!: pulumi.Output<string>;

    /** DNS names of all validation records of this certificate, by validation name. */
    public readonly validationRecordFqdns!: pulumi.Output<{ [validationName: string]: string }>;

    constructor(name: string, args: ValidatedCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("ValidatedCertificate", name, args, {
            domainNames: { ...argumentSpecs.domainNames, check: namesProblems },
            deletionProtection: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:ValidatedCertificate", name, {}, opts);
        const { domainNames, region } = args;

        const certificate = new acm.Certificate(
            `${name}-certificate`,
            {
                region,
                domainName: domainNames[0],
                subjectAlternativeNames: domainNames.slice(1),
                validationMethod: "DNS",
            },
            // CloudFront lets go of a certificate minutes after the distribution has changed.
            { parent: this, customTimeouts: { delete: "30m" } },
        );

        const fqdns: { [validationName: string]: pulumi.Input<string> } = {};
        for (const validated of validationNames(domainNames)) {
            fqdns[validated] =
                args.validationRecordFqdns?.[validated] ??
                this.#validationRecord(name, validated, certificate, args).fqdn;
        }
        const validation = new acm.CertificateValidation(
            `${name}-validation`,
            { region, certificateArn: certificate.arn, validationRecordFqdns: Object.values(fqdns) },
            { parent: this },
        );

        const outputs: OutputsOf<ValidatedCertificate> = {
            certificateArn: validation.certificateArn,
            validationRecordFqdns: pulumi.output(fqdns),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    /** The name of the resource is known beforehand, so that a preview shows it; only its content waits for ACM. */
    #validationRecord(
        name: string,
        validated: string,
        certificate: acm.Certificate,
        args: ValidatedCertificateArgs,
    ): route53.Record {
        const option = certificate.domainValidationOptions.apply((options) => {
            const found = options.find((candidate) => validationName(candidate.domainName) === validated);
            if (found === undefined) {
                throw new pulumi.RunError(`ACM asks for no validation record for ${validated}. Run the update again.`);
            }
            return found;
        });
        return new route53.Record(
            `${name}-validation-${validated}`,
            {
                zoneId: args.hostedZoneId,
                name: option.resourceRecordName,
                type: option.resourceRecordType,
                records: [option.resourceRecordValue],
                ttl: 300,
                allowOverwrite: args.overwriteExisting || undefined,
            },
            {
                parent: this,
                retainOnDelete: args.overwriteExisting || undefined,
                protect: args.deletionProtection || undefined,
                // ACM asks for the same record for the same name for ever, but a preview of another certificate does not
                // know that, and would want to replace what is protected.
                ignoreChanges: ["name", "type"],
            },
        );
    }
}
