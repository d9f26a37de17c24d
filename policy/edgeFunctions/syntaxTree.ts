import type { AnyNode } from "acorn";

import { Functions } from "./functions";
import { nodesOf, parentsOf } from "./syntax";
import { Values } from "./values";

/** A program, and what is asked of it again and again: each is found once, and only where it is asked for. */
export class SyntaxTree {
    readonly nodes: readonly AnyNode[];
    #parents: ReadonlyMap<AnyNode, AnyNode> | undefined;
    #functions: Functions | undefined;
    #values: Values | undefined;

    private constructor(nodes: readonly AnyNode[]) {
        this.nodes = nodes;
    }

    /** Undefined where the code is no JavaScript. */
    static of(code: string): SyntaxTree | undefined {
        const nodes = nodesOf(code);
        return nodes && new SyntaxTree(nodes);
    }

    get parents(): ReadonlyMap<AnyNode, AnyNode> {
        return (this.#parents ??= parentsOf(this.nodes));
    }

    get functions(): Functions {
        return (this.#functions ??= new Functions(this.nodes, this.parents));
    }

    get values(): Values {
        return (this.#values ??= new Values(this.nodes));
    }
}
