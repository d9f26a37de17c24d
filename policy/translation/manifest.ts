import { isObject, LazyResource, once, own, Read, type Resource, type Value } from "../graph";
import { parseTemplate } from "./template";

/** Resources of Terraform that hold an object of a cluster as Kubernetes writes it, or its text. */
export const manifestTypes = /^([^:]+:tf:(kubernetes|kubectl)_manifest|(kubernetes|kubectl):index\/manifest:Manifest)$/;

/** What such a resource holds. */
interface Manifest {
    /** The type under which Pulumi's kubernetes provider holds such an object; undefined where it cannot be read. */
    readonly type?: string;
    readonly object?: Record<string, Value>;
    /** The property that holds the object. */
    readonly path: string;
    /** Why it cannot be read, where it cannot. */
    readonly because: string;
}

/** Source: Terraform's kubernetes provider, kubernetes_manifest; and its kubectl provider, kubectl_manifest. */
export const manifestOf = once((resource: Resource): Manifest => {
    const read = Read.of(resource).either("manifest", "yamlBody", "yaml_body");
    const { path } = read;
    if (read.isUnknown) {
        return { path, because: `${path} ${read.unknown}` };
    }
    if (resource instanceof LazyResource && read.text !== undefined && resource.secrets.has(read.text)) {
        return { path, because: `${path} is a secret, and none of its words may be shown` };
    }
    const object = read.text === undefined ? read.value : parseTemplate(read.text);
    const [apiVersion, kind] = [own(object, "apiVersion"), own(object, "kind")];
    if (!isObject(object) || typeof apiVersion !== "string" || typeof kind !== "string") {
        return { path, because: `${path} names no apiVersion and kind that can be read` };
    }
    const group = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
    return { type: `kubernetes:${group}:${kind}`, object, path, because: "" };
});
