import { nameOf } from "../../graph";
import type { ReportedResult, ReportedStack } from "../report";
import { escapeMarkup as e } from "./text";

type Step = NonNullable<ReportedResult["chain"]>[number];

/**
 * The items of a result's path: the stack, then each resource that the rule walked with the components around it, its
 * property and what stands there. The last item is what to change.
 */
export function walk(stack: ReportedStack, result: ReportedResult): string[] {
    const items = [item("stack", `<b>${e(stack.stack)}</b>`)];
    let around: readonly string[] = [];
    for (const step of result.chain ?? onlyStep(result)) {
        const { parents } = step;
        if (parents.join() !== around.join()) items.push(...parents.map(component));
        around = parents;
        items.push(resource(step, step.urn !== undefined && step.urn === result.urn));
        if (step.path !== undefined && step.path !== "") items.push(property(step.path));
        if (step.value !== undefined) items.push(item("value", `<code>${e(step.value)}</code>`, "value"));
    }
    return items;
}

/** A rule that looks at one resource alone walks nowhere. */
function onlyStep({ urn, path, type, name, parents }: ReportedResult): Step[] {
    return urn === undefined ? [] : [{ label: "resource", urn, path, type, name, parents }];
}

function component(urn: string): string {
    return item("in", `${e(nameOf(urn))} <code class="soft">${e(typeOf(urn))}</code>`, "component");
}

/** @param whole with its URN, which is long and is wanted only of the resource that the result is about */
function resource({ label, urn, name, type }: Step, whole: boolean): string {
    if (urn === undefined) return item(label, "");
    const shown = `<b>${e(name ?? nameOf(urn))}</b> <code class="soft">${e(type ?? typeOf(urn))}</code>`;
    return item(label, whole ? `${shown}<br><code class="soft urn">${e(urn)}</code>` : shown);
}

function property(path: string): string {
    const names = path
        .split(/(?=[.[])/)
        .map(e)
        .join("<wbr>");
    return item("property", `<code>${names}</code>`, "property");
}

function item(label: string, content: string, kind = "resource"): string {
    return `<li class="${kind}"><span class="soft">${e(label)}</span> ${content}</li>`;
}

function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
