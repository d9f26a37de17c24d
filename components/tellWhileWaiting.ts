import * as pulumi from "@pulumi/pulumi";
import type { DnsRecord } from "./dnsRecord";

/** Long enough for a certificate that is already issued, which needs no message. */
const patienceMilliseconds = 5000;

/** Prints the records that you have to create while an update waits for the certificate. */
export function tellWhileWaiting(
    resource: pulumi.Resource,
    records: pulumi.Output<{ [name: string]: DnsRecord }>,
    issued: pulumi.Output<string>,
    minutes: number,
    patience = patienceMilliseconds,
): void {
    if (pulumi.runtime.isDryRun()) {
        return;
    }
    records.apply((known) => {
        const timer = setTimeout(
            () => void pulumi.log.info(waitingMessage(Object.values(known), minutes), resource),
            patience,
        );
        // The process need not wait for it: if the certificate fails, there is nothing to print.
        timer.unref();
        issued.apply(() => clearTimeout(timer));
    });
}

function waitingMessage(records: readonly DnsRecord[], minutes: number): string {
    return [
        `Waiting up to ${minutes} minutes for ACM to issue the certificate. Create ${records.length === 1 ? "this record" : "these records"} at your DNS provider, without a proxy in front, and keep ${records.length === 1 ? "it" : "them"}: ACM renews nothing without.`,
        ...records.map(({ name, type, value }) => `  ${name} ${type} ${value}`),
    ].join("\n");
}
