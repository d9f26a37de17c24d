import { createRequire } from "node:module";

import type * as yamlModule from "yaml";

import { isObject, plain, type Value } from "../graph";

type Yaml = typeof yamlModule;

/** Few stacks hold a template, so the others do not wait for the parser. */
const load = createRequire(__filename);

/** More than any template: CloudFormation takes bodies of 51,200 bytes and, from a bucket, of 1 MB. */
const mostNodes = 200_000;

/** A template's text, JSON or YAML with CloudFormation's short forms; undefined where it is neither. */
export function parseTemplate(text: string): Record<string, Value> | undefined {
    const parsed = fromJson(text) ?? fromYaml(text);
    const template = plain(parsed);
    return isObject(template) ? template : undefined;
}

function fromJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function fromYaml(text: string): unknown {
    try {
        const yaml = load("yaml") as Yaml;
        const document = yaml.parseDocument(text);
        return document.errors.length > 0 ? undefined : new Reader(yaml).read(document.contents);
    } catch {
        return undefined;
    }
}

/** Turns `!Ref Name` into `{ Ref: Name }` and `!GetAtt a.b` into `{ "Fn::GetAtt": "a.b" }`. */
class Reader {
    #nodes = 0;
    readonly #anchors = new Map<string, unknown>();

    readonly #yaml: Yaml;

    constructor(yaml: Yaml) {
        this.#yaml = yaml;
    }

    read(node: unknown): unknown {
        if (++this.#nodes > mostNodes) {
            throw new Error("The template repeats itself by aliases.");
        }
        if (this.#yaml.isAlias(node)) {
            return this.read(this.#anchors.get(node.source));
        }
        const { anchor = "", tag = "" } = (node ?? {}) as { readonly anchor?: string; readonly tag?: string };
        // An alias stands for the nearest such node before it, which may hold it.
        this.#anchors.set(anchor, node);
        const value = this.#content(node);
        if (!tag.startsWith("!")) {
            return value;
        }
        const name = tag.slice(1);
        return { [name === "Ref" || name === "Condition" ? name : `Fn::${name}`]: value };
    }

    #content(node: unknown): unknown {
        if (this.#yaml.isMap(node)) {
            return Object.fromEntries(
                node.items.map(({ key, value }) => [
                    this.#yaml.isScalar(key) ? String(key.value) : "",
                    this.read(value),
                ]),
            );
        }
        if (this.#yaml.isSeq(node)) {
            return node.items.map((item) => this.read(item));
        }
        return this.#yaml.isScalar(node) ? node.value : undefined;
    }
}
