import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { argumentProblems } from "./argumentProblems";
import { defaultOriginDomainName, type EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { namesInUseProblems, takeNames } from "./namesInUse";

/**
 * Refuses wrong arguments before anything is registered, all at once.
 *
 * @throws pulumi.InputPropertiesError with every problem, its property path, the value, what is allowed and the fix.
 */
export function refuseInvalidArguments(name: string, args: EncryptedEdgeArgs): void {
    const errors = argumentProblems(name, args);
    if (errors.length === 0) {
        errors.push(...namesInUseProblems(name, namesOf(args)));
    }
    if (errors.length === 0) {
        takeNames(
            name,
            namesOf(args).map(({ domainName }) => domainName),
        );
        return;
    }
    const message = `EncryptedEdge "${name}" cannot be built; ${errors.length === 1 ? "one argument is" : `${errors.length} arguments are`} wrong`;
    const error = new pulumi.InputPropertiesError({ message, errors });
    // A program prints an error by inspecting it, stack and all: a mistake in an argument is told by its list alone.
    Object.defineProperty(error, inspect.custom, { value: () => problemList(message, errors) });
    throw error;
}

/** Every name that the edge would have in DNS. */
function namesOf({ domainNames, originDomainName, hostedZoneName }: EncryptedEdgeArgs) {
    return [
        ...domainNames.map((domainName, index) => ({ propertyPath: `domainNames[${index}]`, domainName })),
        {
            propertyPath: "originDomainName",
            domainName: originDomainName ?? defaultOriginDomainName(hostedZoneName),
        },
    ];
}

/** The problems as a person reads them, one a line. */
export function problemList(message: string, problems: readonly pulumi.InputPropertyErrorDetails[]): string {
    return [`${message}:`, ...problems.map(({ propertyPath, reason }) => `  - ${propertyPath} ${reason}`)].join("\n");
}
