import { rules } from "../../rules";
import { urnOf, type Fixture } from "../harness";
import { fromEngine, fromState, type Answer } from "./answers";
import type { Opening } from "./openings";
import { hush } from "./values";

const forms = ["up", "preview"] as const;

/** What the engine's proxy passes; one byte more fails the user's update. */
const mostBytes = 4 * 1024 * 1024;

/** Where the SDK fails, before any policy is asked, on marks that the engine never sends. */
const refusedBySdk = "at deserializeProperty";

/** What has to hold of the pack's answers, whatever the stack. Throws where it does not. */
export async function holdsForAnyStack(fixtures: readonly Fixture[], shuffle: readonly number[]): Promise<void> {
    const state = fromState(fixtures);
    sayNothingForbidden("state", state);
    const engine = {
        up: await fromEngine(fixtures, "up"),
        preview: await fromEngine(fixtures, "preview"),
    };
    for (const form of forms) {
        sayNothingForbidden(form, engine[form].answers);
        if (engine[form].bytes >= mostBytes) {
            throw new Error(`An answer in ${form} has ${engine[form].bytes} bytes.`);
        }
    }
    const cut = rulesCutShort(engine.up.answers, state);
    const whole = (answers: readonly Answer[]) => shown(answers.filter(({ rule }) => !cut.has(rule)));
    same("The engine and the audit", whole(engine.up.answers), whole(state));
    const reordered = fromState(fixtures, (resources) => inOrder(resources, shuffle));
    same("Two orders of the resources", verdicts(reordered, fixtures), verdicts(state, fixtures));
    const alone = await fromEngine(fixtures, "preview", false).catch((error: unknown) => {
        if (!(error instanceof Error && error.message.includes(refusedBySdk))) {
            throw error;
        }
    });
    sayNoFailure("preview without the engine's requests", alone?.answers ?? []);
}

/** However much there is to say, the engine can take the answer, and what it does not show is counted. */
export async function fitsIntoAnAnswer(fixtures: readonly Fixture[]): Promise<void> {
    const { answers, bytes } = await fromEngine(fixtures, "up");
    sayNothingForbidden("up", answers);
    if (bytes >= mostBytes) {
        throw new Error(`An answer has ${bytes} bytes.`);
    }
    const [name] = rulesWithOtherCounts(answers, fromState(fixtures));
    if (name !== undefined) {
        throw new Error(`${name} does not count what it leaves out.`);
    }
}

/** The rules of which the engine's bounded answer leaves findings out, and says how many. */
function rulesCutShort(some: readonly Answer[], every: readonly Answer[]): ReadonlySet<string> {
    return new Set(
        rules
            .map(({ name }) => name)
            .filter((name) => {
                const [ofSome, ofEvery] = [some, every].map((said) => said.filter(({ rule }) => rule === name));
                const total = `${(ofSome?.length ?? 0) - 1} of ${ofEvery?.length} findings`;
                return ofSome?.some(({ message }) => message.includes(total)) === true;
            }),
    );
}

/** The rules that say another number of things, without counting what is left out. */
function rulesWithOtherCounts(some: readonly Answer[], every: readonly Answer[]): string[] {
    const cut = rulesCutShort(some, every);
    const count = (answers: readonly Answer[], name: string) => answers.filter(({ rule }) => rule === name).length;
    return rules.map(({ name }) => name).filter((name) => !cut.has(name) && count(some, name) !== count(every, name));
}

/** An opening is found in every form, beside what is unknown and beside any other stack. */
export async function isFound({ rule, about, fixtures }: Opening, others: readonly Fixture[]): Promise<void> {
    const stack = [...others.slice(0, others.length / 2), ...fixtures, ...others.slice(others.length / 2)];
    const ways = {
        state: fromState(stack),
        up: (await fromEngine(stack, "up")).answers,
        preview: (await fromEngine(stack, "preview")).answers,
    };
    for (const [way, answers] of Object.entries(ways)) {
        const found = answers.some(
            (answer) =>
                answer.rule === rule &&
                answer.kind === "violation" &&
                about.some((name) => answer.urn.endsWith(`::${name}`)),
        );
        if (!found) {
            throw new Error(`In ${way}, ${rule} does not find what is open. It says: ${list(shown(answers))}`);
        }
    }
}

function sayNothingForbidden(way: string, answers: readonly Answer[]): void {
    sayNoFailure(way, answers);
    const leak = answers.find(({ message }) => hush.test(message));
    if (leak !== undefined) {
        throw new Error(`In ${way}, a message shows a secret: ${list([leak.rule, leak.message])}`);
    }
}

function sayNoFailure(way: string, answers: readonly Answer[]): void {
    const failed = answers.find(({ message }) => rules.some(({ name }) => message.includes(`the rule ${name} failed`)));
    if (failed !== undefined) {
        throw new Error(`In ${way}, a rule failed: ${failed.message}`);
    }
}

function shown(answers: readonly Answer[]): string[] {
    return answers.map(({ rule, kind, urn, message }) => [rule, kind, urn, wellFormed(message)].join(" | ")).sort();
}

/** As it comes through the engine, which cannot pass half a character. */
function wellFormed(text: string): string {
    return Buffer.from(text).toString();
}

/**
 * Without the words, which may name the first of several resources. What cannot be told is said once, of whichever
 * resource comes first; two resources that are the same thing in AWS count as one.
 */
function verdicts(answers: readonly Answer[], fixtures: readonly Fixture[]): string[] {
    const ids = new Map(fixtures.map((fixture) => [urnOf(fixture), idOf(fixture)]));
    const subject = ({ kind, urn }: Answer) => (kind === "violation" ? (ids.get(urn) ?? urn) : "");
    return [...new Set(answers.map((answer) => [answer.rule, answer.kind, subject(answer)].join(" | ")))].sort();
}

/** A secret id is the same id. */
function idOf({ outputs }: Fixture): string | undefined {
    const id = outputs?.id;
    return JSON.stringify(typeof id === "object" && id !== null && "value" in id ? id.value : id);
}

function same(what: string, one: readonly string[], other: readonly string[]): void {
    const only = (these: readonly string[], those: readonly string[]) => these.filter((text) => !those.includes(text));
    const [left, right] = [only(one, other), only(other, one)];
    const different = new Set([...left, ...right].map((text) => text.split(" | ")[0]));
    if (different.size > 0 || one.length !== other.length) {
        const rulesNamed = [...different].join(", ");
        throw new Error(`${what} differ in ${rulesNamed}.\nOnly here: ${list(left)}\nOnly there: ${list(right)}`);
    }
}

function inOrder<Item>(items: readonly Item[], keys: readonly number[]): Item[] {
    const keyOf = (index: number) => keys[index % Math.max(1, keys.length)] ?? 0;
    return items
        .map((item, index) => ({ item, index }))
        .sort((a, b) => keyOf(a.index) - keyOf(b.index) || b.index - a.index)
        .map(({ item }) => item);
}

function list(texts: readonly string[]): string {
    return texts.length === 0 ? "nothing." : texts.map((text) => `\n    ${text.slice(0, 1_000)}`).join("");
}
