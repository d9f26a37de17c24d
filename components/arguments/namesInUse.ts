import * as pulumi from "@pulumi/pulumi";
import { validationName } from "../checks/index";

/** Which edge of a program has which name; each run of a program has a monitor of its own. */
const edgeByName = new WeakMap<object, Map<string, string>>();

/**
 * What is wrong with names that another edge of the same program has: AWS would refuse the second DNS record or the
 * second distribution halfway through the update. A name and its wildcard share a validation record, so they belong
 * together.
 */
export function namesInUseProblems(
    edge: string,
    names: readonly { readonly propertyPath: string; readonly domainName: string }[],
): pulumi.InputPropertyErrorDetails[] {
    return names.flatMap(({ propertyPath, domainName }) => {
        const owner = taken()?.get(validationName(domainName));
        return owner === undefined
            ? []
            : [
                  {
                      propertyPath,
                      reason: `is "${domainName}", which EncryptedEdge "${owner}" in this program already has. Write another name, for example "${edge.toLowerCase()}-${validationName(domainName)}".`,
                  },
              ];
    });
}

/** Remembers the names of an edge that is built. */
export function takeNames(edge: string, domainNames: readonly string[]): void {
    for (const domainName of domainNames) {
        taken()?.set(validationName(domainName), edge);
    }
}

function taken(): Map<string, string> | undefined {
    const run = pulumi.runtime.getMonitor();
    if (run === undefined) {
        return undefined;
    }
    const names = edgeByName.get(run) ?? new Map<string, string>();
    edgeByName.set(run, names);
    return names;
}
