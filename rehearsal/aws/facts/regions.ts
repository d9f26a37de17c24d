import table from "./regionTable.json";

/** What AWS has in a region; where each fact comes from stands in the table. */
interface RegionFacts {
    /** Letters of the availability zones. Default: abc. */
    readonly availabilityZones?: string;
    /** The zones of load balancers' names: application, then network. */
    readonly loadBalancerZones?: readonly string[];
    /** The account from which load balancers write their logs. */
    readonly logAccount?: string;
    readonly cloudFrontPrefixList?: string;
    /** The zone of the names of buckets' websites. */
    readonly websiteZone?: string;
}

const regions: Readonly<Record<string, RegionFacts>> = table.regions;

/** One fact by region. */
function byRegion<Name extends keyof RegionFacts>(name: Name) {
    return Object.fromEntries(
        Object.entries(regions).flatMap(([region, { [name]: fact }]) => (fact === undefined ? [] : [[region, fact]])),
    ) as Readonly<Record<string, NonNullable<RegionFacts[Name]>>>;
}

export const zoneLetters = byRegion("availabilityZones");
export const elbZoneIds = byRegion("loadBalancerZones");
export const logAccounts = byRegion("logAccount");
export const cloudFrontPrefixListIds = byRegion("cloudFrontPrefixList");
export const websiteZoneIds = byRegion("websiteZone");

/** Regions of the partition "aws". */
export const everyRegion = Object.keys(regions).filter((region) => !region.startsWith("us-gov-"));

/** Regions that every account may use without asking. Source: AWS Account Management, "Regions enabled by default". */
export const enabledRegions = everyRegion.filter((region) =>
    /^(us-|sa-east-1|ca-central-1|eu-(central|west|north)-[13]$|eu-west-2|ap-(south|southeast|northeast)-1$|ap-southeast-2|ap-northeast-[23])/.test(
        region,
    ),
);
