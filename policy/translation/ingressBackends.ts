import { own, pathTo, UNKNOWN, type Value } from "../graph";
import { annotationOf, annotationPath, within, type ClusterObject } from "./cluster";
import { parsedJson, renamed, type Naming } from "./translation";

/** What an Ingress does with the requests of one of its paths, or by default. */
export interface Backend {
    /** As aws-native writes actions; unknown where what decides them is. */
    readonly actions: Value;
    /** Where the actions are written. */
    readonly path: string;
    /** The names of the Services that it sends requests to. */
    readonly services: readonly Value[];
    /** The name by which annotations give it actions and conditions. */
    readonly name: Value;
}

/** What the controller answers where nothing fits. */
export const refuse: Value = [{ type: "fixed-response", fixedResponseConfig: { statusCode: "404" } }];

/** The names that the controller knows, which it takes in any case as Go's decoder of JSON does. */
const names = new Map(
    [
        ...["type", "forwardConfig", "targetGroups", "serviceName", "redirectConfig", "protocol"],
        ...["fixedResponseConfig", "statusCode", "field", "httpHeaderConfig", "httpHeaderName", "values"],
        ...["regexValues", "port", "mode"],
    ].map((name) => [name.toLowerCase(), name]),
);

const jsonNaming: Naming = { known: (key) => names.get(key.toLowerCase()) ?? key, written: (name) => name };

/** An annotation in JSON; undefined where it is none that the controller reads. */
export function jsonAnnotation({ object, path }: ClusterObject, name: string): Value {
    const text = annotationOf(object, name);
    return text === UNKNOWN ? UNKNOWN : renamed(parsedJson(text), annotationPath(path, name), jsonNaming);
}

/** What an Ingress does with requests that match none of its paths. */
export function defaultBackendOf(ingress: ClusterObject): Backend | undefined {
    const spec = own(ingress.object, "spec");
    const path = pathTo(ingress.path, "spec");
    // `backend` is the older name, of the versions before v1.
    const name = own(spec, "defaultBackend") === undefined ? "backend" : "defaultBackend";
    return spec === UNKNOWN ? unknownAt(path) : backendAt(ingress, own(spec, name), pathTo(path, name));
}

/** What an Ingress does with the requests of each of its paths. */
export function pathBackendsOf(ingress: ClusterObject): Backend[] {
    const path = [ingress.path, "spec", "rules"].reduce(pathTo);
    return itemsOf(within(ingress.object, "spec", "rules"), path).flatMap(([rule, rulePath]) =>
        itemsOf(within(rule, "http", "paths"), ["http", "paths"].reduce(pathTo, rulePath)).flatMap(
            ([one, onePath]) => backendAt(ingress, within(one, "backend"), pathTo(onePath, "backend")) ?? [],
        ),
    );
}

function itemsOf(list: Value, path: string): (readonly [Value, string])[] {
    return list === UNKNOWN
        ? [[UNKNOWN, path]]
        : Array.isArray(list)
          ? list.map((item: Value, index) => [item, `${path}[${index}]`] as const)
          : [];
}

function unknownAt(path: string): Backend {
    return { actions: UNKNOWN, path, services: [UNKNOWN], name: UNKNOWN };
}

function backendAt(ingress: ClusterObject, backend: Value, path: string): Backend | undefined {
    const name = within(backend, "service", "name") ?? within(backend, "serviceName");
    const port = within(backend, "service", "port", "name") ?? within(backend, "servicePort");
    const isAction = port === "use-annotation";
    if (typeof name !== "string" && name !== UNKNOWN) {
        return undefined;
    }
    if (port === UNKNOWN || (isAction && name === UNKNOWN)) {
        return { ...unknownAt(path), services: [name] };
    }
    if (!isAction || typeof name !== "string") {
        return { actions: [{ type: "forward" }], path, services: [name], name };
    }
    const actionName = `actions.${name}`;
    const action = jsonAnnotation(ingress, actionName);
    return action === undefined
        ? undefined
        : {
              actions: action === UNKNOWN ? UNKNOWN : [action],
              path: annotationPath(ingress.path, actionName),
              services: itemsOf(within(action, "forwardConfig", "targetGroups"), "").flatMap(
                  ([group]) => within(group, "serviceName") ?? [],
              ),
              name,
          };
}
