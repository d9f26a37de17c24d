import type * as pulumi from "@pulumi/pulumi";
import { argumentProblems, type InnerProblem, refuse, resolved, componentNameProblem } from "../checks/index";
import { maintenanceRoomProblem } from "../viewerRequest/index";
import { argumentSpecs } from "./argumentSpecs";
import type { EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { cachedLoginsProblems } from "./cachedLogins";
import { ipAddressTypeProblems } from "./ipAddressTypeProblems";
import { actionsTogetherProblems, loginProblems } from "./loginSpecs";
import { movedLoadBalancerProblems } from "./movedLoadBalancer";
import { namesInUseProblems, takeNames } from "./namesInUse";
import { countedExceptionsProblems } from "./firewallProblems";
import { pathsTogetherProblems } from "./pagesSpecs";
import { routeNamesProblems } from "./routeSpecs";

/** Everything that is wrong with the name and the arguments of an edge. */
export function edgeProblems(name: string, args: EncryptedEdgeArgs): pulumi.InputPropertyErrorDetails[] {
    const nameProblem = componentNameProblem(name);
    const problems = [
        ...(nameProblem === undefined ? [] : [{ propertyPath: "name", reason: nameProblem }]),
        ...argumentProblems("EncryptedEdge", args, argumentSpecs),
    ];
    return problems.length > 0
        ? problems
        : [
              ...routeNamesProblems(name, args.routes ?? []),
              ...movedLoadBalancerProblems(args),
              ...ipAddressTypeProblems(args),
              ...pathsTogetherProblems({ ...args }),
              ...actionsTogetherProblems(args),
              ...loginProblems(args),
              ...cachedLoginsProblems(args),
              ...roomProblems(args),
              ...countedExceptionsProblems(args.countedRules ?? [], { ...args.firewall }),
          ].map(([propertyPath, reason]) => ({ propertyPath, reason }));
}

function roomProblems(args: EncryptedEdgeArgs): InnerProblem[] {
    const { html } = args.errorPages ?? {};
    const reason = typeof html === "string" ? maintenanceRoomProblem(html, { ...args }) : undefined;
    return reason === undefined ? [] : [["errorPages.html", reason]];
}

/** Refuses names of another edge of the program, and takes the others. */
export function claimNames(name: string, args: EncryptedEdgeArgs): void {
    const { domainNames, redirectedDomainNames, originDomainName } = resolved(args, argumentSpecs);
    const inUse = namesInUseProblems(name, [
        ...domainNames.map((domainName, index) => ({ propertyPath: `domainNames[${index}]`, domainName })),
        ...redirectedDomainNames.map((domainName, index) => ({
            propertyPath: `redirectedDomainNames[${index}]`,
            domainName,
        })),
        { propertyPath: "originDomainName", domainName: originDomainName },
    ]);
    refuse("EncryptedEdge", name, inUse);
    takeNames(name, [...domainNames, ...redirectedDomainNames, originDomainName]);
}
