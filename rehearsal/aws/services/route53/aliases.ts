import { type Account, type AccountRecord, objects, text, texts } from "../../account";
import type { Values } from "../../../provider";
import { canonicalName } from "../acm";
import { refusals } from "../resource";
import { recordsOf } from "./zones";

const refuse = refusals("Route 53");

/** The zone in which CloudFront's names lie. Source: Route 53 API reference, AliasTarget. */
export const cloudFrontZoneId = "Z2FDTNDATAQYW2";

export function refuseChange(message: string): never {
    return refuse("ChangeResourceRecordSets", "InvalidChangeBatch", `[${message}]`);
}

/** Source: Route 53 API reference, AliasTarget. */
export function checkAlias(account: Account, alias: Values, parent: AccountRecord, fqdn: string, type: string): void {
    const name = canonicalName(text(alias.name));
    const zoneId = text(alias.zoneId);
    const tried = `Tried to create an alias that targets ${name}., type ${type} in zone ${zoneId}`;
    if (zoneId === parent.id) {
        if (
            !recordsOf(account, zoneId).some(({ properties }) => properties.fqdn === name && properties.type === type)
        ) {
            refuseChange(`${tried}, but that target was not found`);
        }
        return;
    }
    const distribution = account.all("Distribution").find(({ properties }) => properties.domainName === name);
    const balancer = account
        .all("LoadBalancer")
        .find(({ properties }) => canonicalName(text(properties.dnsName)) === name.replace(/^dualstack\./, ""));
    if (zoneId === cloudFrontZoneId) {
        checkCloudFrontAlias(distribution, parent, fqdn, type, tried);
    } else if (balancer !== undefined || /\.elb\.([a-z0-9-]+\.)?amazonaws\.com$/.test(name)) {
        if (balancer !== undefined && balancer.properties.zoneId !== zoneId) {
            refuseChange(`${tried}, but the alias target name does not lie within the target zone`);
        }
        if (balancer === undefined) {
            refuseChange(`${tried}, but that target was not found`);
        }
        if (type !== "A" && type !== "AAAA") {
            refuseChange(`${tried}, but load balancers have records of type A and AAAA only`);
        }
    } else if (distribution !== undefined || name.endsWith(".cloudfront.net")) {
        refuseChange(`${tried}, but the alias target name does not lie within the target zone`);
    }
}

/**
 * EvaluateTargetHealth may be true, which the API reference denies: Route 53 takes it and means nothing by it, and
 * Pulumi's own example of a static website (pulumi/examples, aws-ts-static-website) deploys so.
 */
function checkCloudFrontAlias(
    distribution: AccountRecord | undefined,
    parent: AccountRecord,
    fqdn: string,
    type: string,
    tried: string,
): void {
    if (objects(parent.properties.vpcs).length > 0) {
        refuseChange(`${tried}, but aliases to CloudFront are allowed in public hosted zones only`);
    }
    if (!["A", "AAAA", "HTTPS"].includes(type)) {
        refuseChange(`${tried}, but CloudFront has records of type A, AAAA and HTTPS only`);
    }
    if (distribution === undefined) {
        refuseChange(`${tried}, but that target was not found`);
    }
    if (
        distribution !== undefined &&
        !texts(distribution.properties.aliases).some((name) => name === fqdn || name === fqdn.replace(/^[^.]+/, "*"))
    ) {
        refuseChange(`${tried}, but the distribution does not have the alternate domain name ${fqdn}`);
    }
}
