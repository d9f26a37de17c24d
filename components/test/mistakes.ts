import assert from "node:assert/strict";
import { inspect } from "node:util";
import { edgeProblems, type EncryptedEdgeArgs } from "../arguments/index";
import { fewestArguments } from "./deployment";

/** A change that makes the fewest arguments wrong, the argument that it is about, and what the message must say. */
export type Mistake = [change: Record<string, unknown>, propertyPath: string, reason: RegExp];

export const withChange = (change: Record<string, unknown>): EncryptedEdgeArgs => ({ ...fewestArguments, ...change });

/** A test for each mistake: it is refused, alone, with its reason and with what to write instead. */
export function areRefused(mistakes: readonly Mistake[]): void {
    for (const [change, propertyPath, reason] of mistakes) {
        it(`are refused with ${inspect(change, { breakLength: Infinity }).slice(0, 60)}`, () => {
            const problems = edgeProblems("edge", withChange(change));
            assert.deepEqual(
                problems.map((problem) => problem.propertyPath),
                [propertyPath],
            );
            assert.match(problems[0]?.reason ?? "", reason);
            assert.match(problems[0]?.reason ?? "", /\b(Write|Add|Leave|Use),? .*\.$|Did you mean "[^"]+"\?$/);
        });
    }
}
