export { type Account, accountId, openAccount } from "./account";
export { type AccountRecord, className } from "./record";
export {
    availabilityZoneId,
    availabilityZones,
    type DnsRecord,
    hostedZone,
    isPrivateZone,
    nameServers,
    type Seed,
    seedAccount,
    seedRegion,
} from "./seedAccount";
export { filledText, flag, list, number, object, objects, text, texts } from "./fields";
