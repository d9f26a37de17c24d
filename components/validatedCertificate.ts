import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { validationName, validationNames, refusePart, namesProblems } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { DnsRecord } from "./dnsRecord";
import type { DnsResourceOptions } from "./dnsResourceOptions";
import type { OutputsOf } from "./outputsOf";
import { tellWhileWaiting } from "./tellWhileWaiting";

/** The arguments of ValidatedCertificate. */
export interface ValidatedCertificateArgs {
    /** The names on the certificate; the first is its common name. */
    domainNames: string[];

    /**
     * Ids of the public hosted zones by validation name (the domain name without `*.`). A name that is missing gets no
     * record: its DNS is elsewhere, and `validationRecords` holds what to make there.
     */
    hostedZoneIds: { [validationName: string]: pulumi.Input<string> };

    /** Region of the certificate. Defaults to the provider's; CloudFront reads certificates of `us-east-1` only. */
    region?: string;

    /**
     * DNS names of validation records that exist already, by validation name (the domain name without `*.`). ACM asks
     * for the same record for the same name in every region, so a second certificate creates none for these.
     * Defaults to none. Source: ACM user guide, "DNS validation".
     */
    validationRecordFqdns?: { [validationName: string]: pulumi.Input<string> };

    /** Minutes that an update waits for the certificate to be issued. Defaults to 75. */
    validationTimeout?: number;

    /**
     * Whether a validation record stays in its zone when Pulumi deletes it, with a name that is dropped for example. ACM
     * renews nothing without it, and asks for the same record for every certificate of the account for that name.
     */
    retainValidationRecords: boolean;
}

/** An ACM certificate, the DNS records that prove its names and keep it renewing, and the wait until it is issued. */
export class ValidatedCertificate extends pulumi.ComponentResource {
    /** ARN of the certificate, known once it is issued. */
    public readonly certificateArn!: pulumi.Output<string>;

    /** DNS names of all validation records of this certificate, by validation name. */
    public readonly validationRecordFqdns!: pulumi.Output<{ [validationName: string]: string }>;

    /** The validation records that the component does not create, by validation name; known before the certificate is issued. */
    public readonly validationRecords!: pulumi.Output<{ [validationName: string]: DnsRecord }>;

    /** Whether validation records stay in their zones when Pulumi deletes them. */
    public readonly validationRecordsRetained!: pulumi.Output<boolean>;

    constructor(name: string, args: ValidatedCertificateArgs, opts?: DnsResourceOptions) {
        refusePart("ValidatedCertificate", name, args, {
            domainNames: { ...argumentSpecs.domainNames, check: namesProblems },
            validationTimeout: argumentSpecs.certificateValidationTimeout,
            retainValidationRecords: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:ValidatedCertificate", name, {}, opts);
        const { domainNames, region, validationTimeout = argumentSpecs.certificateValidationTimeout.default } = args;

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
        const elsewhere: { [validationName: string]: pulumi.Output<DnsRecord> } = {};
        for (const validated of validationNames(domainNames)) {
            const zoneId = args.hostedZoneIds[validated];
            const shared = args.validationRecordFqdns?.[validated];
            const option = validationOption(certificate, validated);
            if (zoneId === undefined) {
                elsewhere[validated] = option.apply(withoutFinalDots);
                fqdns[validated] = elsewhere[validated].name;
            } else {
                fqdns[validated] =
                    shared ??
                    this.#validationRecord(`${name}-validation-${validated}`, zoneId, option, {
                        retainOnDelete: args.retainValidationRecords || undefined,
                        provider: opts?.dnsProvider,
                    });
            }
        }
        const validation = new acm.CertificateValidation(
            `${name}-validation`,
            { region, certificateArn: certificate.arn, validationRecordFqdns: Object.values(fqdns) },
            { parent: this, customTimeouts: { create: `${validationTimeout}m` } },
        );
        const validationRecords = pulumi.output(elsewhere);
        if (Object.keys(elsewhere).length > 0) {
            tellWhileWaiting(this, validationRecords, validation.certificateArn, validationTimeout);
        }

        const outputs: OutputsOf<ValidatedCertificate> = {
            certificateArn: validation.certificateArn,
            validationRecordFqdns: pulumi.output(fqdns),
            validationRecords,
            validationRecordsRetained: pulumi.output(args.retainValidationRecords),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    /** The name of the resource is known beforehand, so that a preview shows it; only its content waits for ACM. */
    #validationRecord(
        logicalName: string,
        zoneId: pulumi.Input<string>,
        option: pulumi.Output<DnsRecord>,
        options: pulumi.CustomResourceOptions,
    ): pulumi.Output<string> {
        return new route53.Record(
            logicalName,
            {
                zoneId,
                name: option.name,
                type: option.type,
                records: [option.value],
                ttl: 300,
                // What may be there is the same record: ACM's own for this name, of another certificate or of a name that
                // was dropped and comes back.
                allowOverwrite: true,
            },
            {
                ...options,
                parent: this,
                // ACM asks for the same record for the same name for ever, but a preview of another certificate does not
                // know that, and would want to replace it.
                ignoreChanges: ["name", "type"],
            },
        ).fqdn;
    }
}

/** The record that ACM asks for; a name and its wildcard share one. */
function validationOption(certificate: acm.Certificate, validated: string): pulumi.Output<DnsRecord> {
    return certificate.domainValidationOptions.apply((options) => {
        const found = options.find((candidate) => validationName(candidate.domainName) === validated);
        if (found === undefined) {
            throw new pulumi.RunError(`ACM returned no validation record for ${validated}. Run the update again.`);
        }
        return { name: found.resourceRecordName, type: found.resourceRecordType, value: found.resourceRecordValue };
    });
}

function withoutFinalDots({ name, type, value }: DnsRecord): DnsRecord {
    return { name: name.replace(/\.$/, ""), type, value: value.replace(/\.$/, "") };
}
