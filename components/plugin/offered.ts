import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, connectionSpecs, routeSpecs } from "../arguments/index";
import type { ArgumentSpec } from "../checks/index";
import { EdgeRoute } from "../edgeRoute";
import { EncryptedEdge } from "../encryptedEdge";

/** What every class of the table below is called with; the arguments are checked by the class itself. */
type ComponentClass = new (
    name: string,
    args: never,
    options: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

export interface OfferedComponent {
    readonly component: ComponentClass;
    /** The table of its arguments. */
    readonly specs: Readonly<Record<string, ArgumentSpec>>;
}

/**
 * The components that programs in other languages can use. The parts of an edge are not among them: they have no defaults
 * and check nothing, and TypeScript alone offers them.
 */
export const offered: Readonly<Record<string, OfferedComponent>> = {
    EncryptedEdge: { component: EncryptedEdge, specs: argumentSpecs },
    EdgeRoute: { component: EdgeRoute, specs: { ...connectionSpecs, ...routeSpecs } },
};
