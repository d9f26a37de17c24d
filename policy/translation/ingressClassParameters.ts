import { own, pathTo, Read, UNKNOWN, type Value } from "../graph";
import type { ClusterObject } from "./cluster";
import { isSet, listSettings, rangeSettings } from "./ingressClasses";
import { refuse } from "./ingressBackends";
import { decidedElsewhere, madeLoadBalancer, type Placed } from "./madeLoadBalancer";
import type { Translation } from "./translation";

/** The AWS Load Balancer Controller's settings for every load balancer of a class: of what they set themselves. */
export function classParametersOf({ resource, object, path }: ClusterObject): Translation {
    const spec = own(object, "spec");
    const at = (name: string) => pathTo(pathTo(path, "spec"), name);
    if (spec === UNKNOWN) {
        const specPath = pathTo(path, "spec");
        const because = `${specPath} ${Read.inside(object, path).at("spec").unknown}`;
        const makes = "settings of application load balancers";
        return { resources: [], unread: [{ makes, because, path: specPath, certain: false }] };
    }
    const written = (...names: readonly [string, ...string[]]): Placed => {
        const name = names.find((each) => isSet(spec, each)) ?? names[0];
        return [isSet(spec, name) ? own(spec, name) : undefined, at(name)];
    };
    const cidrs = written(...rangeSettings);
    const lists = written(...listSettings);
    const policy = written("sslPolicy");
    const [attributes, attributesPath] = written("loadBalancerAttributes");
    if ([cidrs[0], lists[0], policy[0], attributes].every((value) => value === undefined)) {
        return { resources: [], unread: [] };
    }
    const resources = madeLoadBalancer(resource, {
        path,
        cidrs,
        lists,
        groups: [undefined, at("inboundCIDRs")],
        listeners:
            policy[0] === undefined
                ? []
                : [{ protocol: ["HTTPS", policy[1]], port: [443, policy[1]], policy, actions: [refuse, policy[1]] }],
        attributes: [withRest(attributes), attributesPath],
    });
    return { resources, unread: [] };
}

function withRest(attributes: Value): Value {
    return attributes === undefined
        ? decidedElsewhere()
        : Array.isArray(attributes)
          ? [...(attributes as Value[]), ...decidedElsewhere()]
          : attributes;
}
