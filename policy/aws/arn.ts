/** The parts that rules read of an Amazon Resource Name. Source: IAM User Guide, "Identify AWS resources with Amazon Resource Names (ARNs)". */
interface Arn {
    readonly service: string;
    /** Empty for a service without Regions. */
    readonly region: string;
    /** For example `global/webacl/edge/a1b2`. */
    readonly resource: string;
}

/** Undefined where the text is no ARN. */
export function arnOf(text: string): Arn | undefined {
    const [prefix, , service = "", region = "", , ...resource] = text.split(":");
    return prefix === "arn" && resource.length > 0 ? { service, region, resource: resource.join(":") } : undefined;
}

/** Where CloudFront looks for certificates and web ACLs, in the partition that most accounts are in. */
const edgeRegion = "us-east-1";

/**
 * Whether a Region is one in which CloudFront finds neither certificates nor web ACLs. False for the Regions of other
 * partitions (China, GovCloud, the European Sovereign Cloud and closed ones), where CloudFront works differently.
 */
export function isFarFromEdge(region: string | undefined): boolean {
    return (
        region !== undefined &&
        region !== edgeRegion &&
        /^(?!cn-|us-gov-|us-iso|eu-iso|eusc-)[a-z]{2}-[a-z]+-\d$/.test(region)
    );
}
