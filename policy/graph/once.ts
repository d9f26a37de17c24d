/** Answers once for each thing, such as a stack or a resource, of which several rules ask the same. */
export function once<Thing extends object, Answer>(ask: (thing: Thing) => Answer): (thing: Thing) => Answer {
    const answers = new WeakMap<Thing, { readonly answer: Answer }>();
    return (thing) => {
        const known = answers.get(thing) ?? { answer: ask(thing) };
        answers.set(thing, known);
        return known.answer;
    };
}

/** Answers once for each thing of a whole, such as an Ingress of a cluster: every Ingress is compared with every other. */
export function onceWithin<Whole extends object, Thing, Answer>(
    ask: (thing: Thing, whole: Whole) => Answer,
): (thing: Thing, whole: Whole) => Answer {
    const answersWithin = once((_: Whole) => new Map<Thing, { readonly answer: Answer }>());
    return (thing, whole) => {
        const answers = answersWithin(whole);
        const known = answers.get(thing) ?? { answer: ask(thing, whole) };
        answers.set(thing, known);
        return known.answer;
    };
}
