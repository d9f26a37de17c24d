import { longestValidity } from "@encrypted-edge/common";
import { type Account, accountId, type AccountRecord, isPrivateZone, objects, text, texts } from "../../account";
import { canonicalName } from "./domainNames";
import { hex, type ResourceModel, stable } from "../resource";

/**
 * Days for which ACM's certificates are valid: 198 since February 2026 (ACM user guide, "Certificate characteristics").
 * What AWS will issue when public ones may be shorter is not announced: two days less than the most, as today.
 */
export function acmValidityDays(): number {
    return Math.min(198, longestValidity(Date.now()) - 2);
}

/** How long ACM may take to see a record by itself, without anybody who waits for it. */
const validationDelay = 60_000;

/** Not a thing in AWS: it stands for waiting until the certificate is issued. */
export const certificateValidation: ResourceModel = {
    create({ account, region, inputs, refuse }) {
        const arn = text(inputs.certificateArn);
        const found = account.find("Certificate", arn);
        if (found?.region !== region) {
            return refuse("ResourceNotFoundException", `Could not find certificate ${arn}.`);
        }
        if (found.properties.type !== "AMAZON_ISSUED") {
            throw new Error(
                `ACM Certificate (${arn}) has type ${text(found.properties.type)}, no validation necessary`,
            );
        }
        if (found.properties.validationMethod === "EMAIL" && inputs.validationRecordFqdns !== undefined) {
            throw new Error("validation_record_fqdns is not valid for EMAIL validation");
        }
        const options = objects(found.properties.domainValidationOptions);
        const listed =
            inputs.validationRecordFqdns === undefined
                ? undefined
                : texts(inputs.validationRecordFqdns).map(canonicalName);
        const unlisted = options
            .map((option) => canonicalName(text(option.resourceRecordName)))
            .filter((name) => listed?.includes(name) === false);
        if (unlisted.length > 0) {
            throw new Error(
                [...new Set(unlisted)].map((name) => `missing ${name} DNS validation record: ${name}`).join("\n"),
            );
        }
        const problems = unmet(account, found);
        if (problems.length > 0) {
            throw new Error(
                `waiting for ACM Certificate (${arn}) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s). ` +
                    `The rehearsal does not wait: ${problems.join("; ")}.`,
            );
        }
        account.put({
            ...found,
            properties: { ...found.properties, status: "ISSUED", renewalEligibility: "ELIGIBLE", ...validity() },
        });
        // The moment of issue, as the official provider has it; its digits tell apart what was issued in one moment.
        const moment = new Date().toISOString().replace("T", " ").replace("Z", "");
        return {
            id: `${moment}${String(Number.parseInt(hex(6), 16))
                .padStart(8, "0")
                .slice(-6)} +0000 UTC`,
        };
    },
};

/** A certificate that a service in a region may use: there, and issued. */
export function usableCertificate(account: Account, region: string, arn: unknown): "usable" | "missing" | "pending" {
    const found = account.find("Certificate", arn);
    if (found?.region !== region) {
        return "missing";
    }
    return found.properties.status === "ISSUED" || validatedByItself(account, found) ? "usable" : "pending";
}

/**
 * The record that proves a name: the same in every region, and for a name and its wildcard.
 * Source: ACM user guide, "DNS validation".
 */
export function validationOption(domainName: string) {
    const proved = domainName.replace(/^\*\./, "");
    return {
        domainName,
        resourceRecordName: `_${stable(`${accountId} ${proved} name`, 32)}.${proved}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${stable(`${accountId} ${proved} value`, 32)}.${stable(proved, 10)}.acm-validations.aws.`,
    };
}

/** What still stands between a certificate and its issue. */
function unmet(account: Account, found: AccountRecord): string[] {
    const zones = account.all("Zone");
    const records = account.all("Record");
    return objects(found.properties.domainValidationOptions).flatMap((option) => {
        const name = canonicalName(text(option.resourceRecordName));
        const value = canonicalName(text(option.resourceRecordValue));
        // A record without a zone is at a DNS provider outside AWS, where everybody sees it.
        const isPublic = (zoneId: unknown) =>
            zoneId === undefined || zones.some((zone) => zone.id === zoneId && !isPrivateZone(zone.properties));
        const here = records.filter(
            ({ properties }) => canonicalName(text(properties.fqdn)) === name && isPublic(properties.zoneId),
        );
        const answers = here.flatMap(({ properties }) => texts(properties.records).map(canonicalName));
        if (answers.length === 0) {
            return [
                `no public hosted zone of the account has the CNAME record ${name} (it must hold ${value}); if its DNS is elsewhere: rehearse seed --dns-record "${name} CNAME ${value}"`,
            ];
        }
        if (!answers.includes(value)) {
            return [`the record ${name} holds ${answers.join(", ")} instead of ${value}`];
        }
        return forbiddenByCaa(records, text(option.domainName));
    });
}

/** Source: ACM user guide, "(Optional) Configure a CAA record". */
function forbiddenByCaa(records: readonly AccountRecord[], domainName: string): string[] {
    const labels = domainName.replace(/^\*\./, "").split(".");
    for (let index = 0; index < labels.length - 1; index++) {
        const name = labels.slice(index).join(".");
        const policies = records
            .filter(({ properties }) => properties.type === "CAA" && canonicalName(text(properties.fqdn)) === name)
            .flatMap(({ properties }) => texts(properties.records));
        if (policies.length > 0) {
            const allowed = policies.some((policy) =>
                /amazon\.com|amazontrust\.com|awstrust\.com|amazonaws\.com/.test(policy),
            );
            return allowed
                ? []
                : [`the CAA record of ${name} allows none of Amazon's certificate authorities (CAA_ERROR)`];
        }
    }
    return [];
}

/** ACM looks for the records by itself: without anybody who waits, the certificate is issued a little later. */
function validatedByItself(account: Account, found: AccountRecord): boolean {
    return (
        found.properties.validationMethod === "DNS" &&
        unmet(account, found).length === 0 &&
        Date.now() - Date.parse(found.createdAt) > validationDelay
    );
}

export function validity() {
    const day = 24 * 60 * 60 * 1000;
    const start = new Date(Math.floor(Date.now() / day) * day);
    const end = new Date(start.getTime() + acmValidityDays() * day - 1000);
    const written = (date: Date) => date.toISOString().replace(/\.\d+Z$/, "Z");
    return { notBefore: written(start), notAfter: written(end) };
}
