import { modelsOf, type ServiceModel } from "../resource";
import { healthCheck } from "./healthChecks";
import { record } from "./records";
import { findRecords } from "./recordLookUp";
import table from "./resourceTable.json";
import { findZone, zone, zoneSettings } from "./zones";

export { cloudFrontZoneId } from "./aliases";

export const route53: ServiceModel = {
    title: "Route 53",
    resources: modelsOf(table, {
        "aws:route53/zone:Zone": zone,
        ...zoneSettings,
        "aws:route53/record:Record": record,
        "aws:route53/healthCheck:HealthCheck": healthCheck,
        "aws:route53/resolverRule:ResolverRule": { replacesIf: { resolverEndpointId: (_, now) => now === undefined } },
    }),
    lookups: {
        "aws:route53/getZone:getZone": ({ account, args }) => findZone(account, args),
        "aws:route53/getRecords:getRecords": ({ account, args }) => findRecords(account, args),
    },
};
