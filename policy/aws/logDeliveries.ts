import { Read, referredTo, type Graph, type Resource } from "../graph";

const SOURCE_TYPES = ["aws:cloudwatch/logDeliverySource:LogDeliverySource", "aws-native:logs:DeliverySource"];
const DELIVERY_TYPES = ["aws:cloudwatch/logDelivery:LogDelivery", "aws-native:logs:Delivery"];
const DESTINATION_TYPES = [
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    "aws-native:logs:DeliveryDestination",
];

export const LOG_DELIVERY_TYPES: readonly string[] = [...SOURCE_TYPES, ...DELIVERY_TYPES, ...DESTINATION_TYPES];

/** Whether CloudWatch delivers the logs of a resource, and what is missing or not known where it does not. */
export interface LogDelivery {
    readonly isDelivered: boolean;
    /** A source has the resource's ARN, but nothing takes its logs anywhere. */
    readonly hasSource: boolean;
    /** A source, delivery or destination in a Region in which AWS does not create it. */
    readonly refused?: Resource;
    /** Why nobody can tell whether the logs are delivered. */
    readonly unknown?: string;
}

/**
 * Logs of one type that CloudWatch delivers for resources of these types.
 *
 * @param logType `ACCESS_LOGS` of CloudFront, `ALB_ACCESS_LOGS` of a load balancer: CloudWatch Logs API reference,
 * "PutDeliverySource"
 * @param isRefused whether AWS does not create a source, delivery or destination of such logs in this Region
 */
export function logDeliveriesOf(
    graph: Graph,
    owners: readonly string[],
    logType: string,
    isRefused: (region: string | undefined) => boolean = () => false,
): (resource: Resource) => LogDelivery {
    const sources = referredTo(graph, SOURCE_TYPES, "resourceArn", owners);
    const deliveries = referredTo(graph, DELIVERY_TYPES, "deliverySourceName", SOURCE_TYPES);
    const unplaced = sources.unknown.filter((source) => mayBe(Read.of(source).at("logType"), logType));
    const elsewhereIn = (parts: readonly Resource[]) =>
        parts.find((part) => isRefused(Read.of(part).at("region").text));
    const withDestination = (delivery: Resource) => {
        const property = "deliveryDestinationArn";
        const named = graph.resolve(delivery, property, Read.of(delivery).at(property).value, DESTINATION_TYPES);
        // Of several that it may name, none is known to be the one.
        return named.length === 1 ? [delivery, ...named] : [delivery];
    };
    const waysOf = (source: Resource) => (deliveries.by.get(source) ?? []).map(withDestination);
    const delivers = (source: Resource) =>
        elsewhereIn([source]) === undefined && waysOf(source).some((way) => elsewhereIn(way) === undefined);
    return (resource) => {
        const of = (sources.by.get(resource) ?? []).map((source) => ({ source, type: Read.of(source).at("logType") }));
        const own = of.filter(({ type }) => !type.isUnknown && mayBe(type, logType));
        const mayBeOwn = of.filter(({ type }) => type.isUnknown);
        const isDelivered = own.some(({ source }) => delivers(source));
        const refused = elsewhereIn(own.flatMap(({ source }) => [source, ...waysOf(source).flat()]));
        const mayBeDelivered = [...own, ...mayBeOwn].length > 0 && deliveries.unknown.length > 0;
        const unknown =
            unplaced.length > 0 || mayBeDelivered
                ? "a log delivery of this stack belongs to a source that is not known yet"
                : mayBeOwn.some(({ source }) => deliveries.by.has(source))
                  ? "the log type of its log delivery source is not known yet"
                  : undefined;
        return {
            isDelivered,
            hasSource: own.length > 0,
            ...(refused === undefined ? {} : { refused }),
            ...(unknown === undefined ? {} : { unknown }),
        };
    };
}

/** aws-native may leave the log type out; CloudFront and a load balancer have no other kind of request log. */
function mayBe(type: Read, logType: string): boolean {
    return type.isUnknown || type.isAbsent || type.text === logType;
}
