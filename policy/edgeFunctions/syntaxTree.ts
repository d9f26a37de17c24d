import type { AnyNode } from "acorn";

import { Functions } from "./functions";
import { nodesIn, programOf } from "./syntax";
import { Values } from "./values";

/** A program, and what is asked of it again and again: its functions and values are found once, and only where they are asked for. */
export class SyntaxTree {
    readonly nodes: readonly AnyNode[];
    /** The node that each node stands in. */
    readonly parents: ReadonlyMap<AnyNode, AnyNode>;
    #functions: Functions | undefined;
    #values: Values | undefined;

    private constructor(program: AnyNode) {
        const parents = new Map<AnyNode, AnyNode>();
        this.nodes = nodesIn(program, parents);
        this.parents = parents;
    }

    /** Undefined where the code is no JavaScript. */
    static of(code: string): SyntaxTree | undefined {
        const program = programOf(code);
        return program && new SyntaxTree(program);
    }

    get functions(): Functions {
        return (this.#functions ??= new Functions(this.nodes, this.parents));
    }

    get values(): Values {
        return (this.#values ??= new Values(this.nodes));
    }
}
