import { checkServerIdentity } from "node:tls";
import { filledText, list, number, object, objects } from "../aws/account";
import { originPolicy } from "../aws/facts";
import type { Properties } from "./deployedAccount";
import type { ServedEdge } from "./passage";
import type { NextHop } from "./forward";
import type { OriginConnection, OriginRequest } from "./originRequest";
import type { ServedDistribution } from "./servedDistribution";

/** The origins of a behaviour in the order in which they are tried. */
export interface ChosenOrigins {
    readonly origins: readonly Properties[];
    /** Statuses that send a request on to the next of them. */
    readonly failoverOn: readonly number[];
}

/** The origin of an id, or the members of a group of that id. */
export function originsFor({ properties }: ServedDistribution, id: string | undefined): ChosenOrigins {
    const group = objects(properties.originGroups).find((one) => one.originId === id);
    const ids = group === undefined ? [id] : objects(group.members).map((one) => filledText(one.originId));
    const codes = object(group?.failoverCriteria).statusCodes;
    return {
        origins: ids.flatMap((one) => objects(properties.origins).filter((origin) => origin.originId === one)),
        failoverOn: list(codes).flatMap((code) => number(code) ?? []),
    };
}

/** @returns how to reach the origin, or why it cannot be reached */
export async function nextHop(
    edge: ServedEdge,
    origin: Properties,
    connection: OriginConnection,
    sent: OriginRequest,
): Promise<NextHop | Error> {
    const name = filledText(origin.domainName) ?? "";
    const door = await edge.originDoor(name, connection);
    if (typeof door === "string") {
        return new Error(door);
    }
    const { protocol, timeout } = connection;
    const basis = {
        connections: edge.connections,
        protocol,
        ...door,
        timeout,
        path: sent.url,
        headers: sent.headers,
    };
    if (protocol === "http") {
        return basis;
    }
    const policy = originPolicy(connection.originSslProtocols);
    return policy === undefined
        ? new Error(
              `none of its originSslProtocols can be spoken: ${connection.originSslProtocols.join(", ") || "the list is empty"}`,
          )
        : {
              ...basis,
              ...policy,
              ca: edge.trusted,
              rejectUnauthorized: true,
              servername: sent.host,
              checkServerIdentity: (_, certificate) => checkServerIdentity(sent.host, certificate),
          };
}
