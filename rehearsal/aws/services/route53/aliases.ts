import { type AccountRecord, isPrivateZone, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { noteSubject } from "../../../subjects";
import { canonicalName } from "../acm";
import type { Operation } from "../resource";
import { recordsOf } from "./zones";

/** The zone in which CloudFront's names lie. Source: Route 53 API reference, AliasTarget. */
export const cloudFrontZoneId = "Z2FDTNDATAQYW2";

/** Refuses a batch of changes where something is wrong with it. */
export function refuseChangeIf({ refuseIf }: Operation, wrong: boolean, message: string): void {
    refuseIf(wrong, "InvalidChangeBatch", `[${message}]`);
}

/**
 * EvaluateTargetHealth may be true for CloudFront, which the API reference denies: Route 53 takes it and means nothing
 * by it, and Pulumi's own example of a static website (pulumi/examples, aws-ts-static-website) deploys so.
 *
 * Source: Route 53 API reference, AliasTarget.
 */
export function checkAlias(operation: Operation, alias: Values, parent: AccountRecord, fqdn: string): void {
    const { account } = operation;
    const type = text(operation.inputs.type);
    const name = canonicalName(text(alias.name));
    const zoneId = text(alias.zoneId);
    const refuseAliasIf = (wrong: boolean, why: string) =>
        refuseChangeIf(
            operation,
            wrong,
            `Tried to create an alias that targets ${name}., type ${type} in zone ${zoneId}, but ${why}`,
        );
    const missing = "that target was not found";
    const misplaced = "the alias target name does not lie within the target zone";
    const distribution = account.all("Distribution").find(({ properties }) => properties.domainName === name);
    const balancer = account
        .all("LoadBalancer")
        .find(({ properties }) => canonicalName(text(properties.dnsName)) === name.replace(/^dualstack\./, ""));
    if (zoneId === parent.id) {
        const neighbours = recordsOf(account, zoneId).filter(({ properties }) => properties.fqdn === name);
        refuseAliasIf(!neighbours.some(({ properties }) => properties.type === type), missing);
    } else if (zoneId === cloudFrontZoneId) {
        refuseAliasIf(
            isPrivateZone(parent.properties),
            "aliases to CloudFront are allowed in public hosted zones only",
        );
        refuseAliasIf(!["A", "AAAA", "HTTPS"].includes(type), "CloudFront has records of type A, AAAA and HTTPS only");
        refuseAliasIf(distribution === undefined, missing);
        // The developer guide demands it and the API does not look: aws-cdk deploys such a record in its integration test
        // integ.cloudfront-alias-target.ts (aws-route53-targets).
        if (![fqdn, fqdn.replace(/^[^.]+/, "*")].some((one) => texts(distribution?.properties.aliases).includes(one))) {
            const warning = `Route 53 takes this alias, but CloudFront refuses viewers of ${fqdn}: the distribution does not have the alternate domain name ${fqdn}. Add it to the distribution's aliases.`;
            noteSubject({ urn: operation.urn, type: operation.type, isModelled: true, warning });
        }
    } else if (balancer !== undefined || /\.elb\.([a-z0-9-]+\.)?amazonaws\.com$/.test(name)) {
        refuseAliasIf(balancer === undefined, missing);
        refuseAliasIf(balancer?.properties.zoneId !== zoneId, misplaced);
        refuseAliasIf(!["A", "AAAA"].includes(type), "load balancers have records of type A and AAAA only");
    } else {
        refuseAliasIf(distribution !== undefined || name.endsWith(".cloudfront.net"), misplaced);
    }
}
