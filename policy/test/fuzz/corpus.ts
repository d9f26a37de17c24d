import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { parse } from "yaml";

import { rules } from "../../rules";
import { docsFolder } from "../documentation";
import type { Fixture } from "../harness";
import { fixturesOf, programOf, type Program } from "../yamlProgram";

/** Stacks that rules understand, for the fuzzer to spoil: the examples of the rules' pages, and what those leave out. */
export const corpus: readonly (readonly Fixture[])[] = [...pages(), compliant(), ...others()].map(fixturesOf);

/** Types that rules look at, and some that they meet beside those. */
export const types: readonly string[] = [
    ...new Set([...rules.flatMap((rule) => rule.types), ...corpus.flat().map(({ type }) => type)]),
    "aws:elb/loadBalancer:LoadBalancer",
    "awsx:lb:ApplicationLoadBalancer",
    "pulumi:pulumi:Stack",
];

/** Every name and every text that stands in the corpus: what rules compare with. */
export const words: readonly string[] = [...wordsOf(corpus.map((stack) => stack.map(({ properties }) => properties)))];

function pages(): Program[] {
    return readdirSync(docsFolder).flatMap((file) =>
        [...readFileSync(path.join(docsFolder, file), "utf8").matchAll(/```yaml\n(resources:.*?)```/gs)].map(
            ([, text]) => programOf(text ?? ""),
        ),
    );
}

function compliant(): Program {
    return programOf(readFileSync(path.join(__dirname, "..", "compliantStack.yaml"), "utf8"));
}

function others(): Program[] {
    const listed = parse(readFileSync(path.join(__dirname, "programs.yaml"), "utf8")) as Record<string, Program>[];
    return listed.flatMap((named) => Object.values(named));
}

function wordsOf(value: unknown): Set<string> {
    if (typeof value === "string") {
        return new Set([value]);
    }
    if (typeof value !== "object" || value === null) {
        return new Set();
    }
    return new Set(Object.entries(value).flatMap(([key, item]) => [key, ...wordsOf(item)]));
}
