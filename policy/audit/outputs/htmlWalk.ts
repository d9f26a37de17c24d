import { breakableMarkup as breakable, escapeMarkup as e } from "@encrypted-edge/common";

import { nameOf } from "../../graph";
import type { ReportedResult, ReportedStack } from "../report";

type Step = NonNullable<ReportedResult["chain"]>[number];

/**
 * The items of a result's path: the stack, then each resource that the rule walked with the components around it, its
 * property and what stands there. The last item is what decides.
 */
export function walk(stack: ReportedStack, result: ReportedResult): string[] {
    const items = [item("stack", `<b>${e(stack.stack)}</b>`)];
    let before: Step | undefined;
    for (const step of result.chain ?? onlyStep(result)) {
        if (step.urn === undefined || step.urn !== before?.urn) {
            if (step.parents.join() !== before?.parents.join()) {
                items.push(...step.parents.map(component));
            }
            items.push(resource(step));
        }
        before = step;
        if (step.path !== undefined && step.path !== "") {
            items.push(property(step.path));
        }
        if (step.value !== undefined) {
            items.push(item("value", `<code>${breakable(step.value)}</code>`, "value"));
        }
    }
    return items;
}

/** A rule that looks at one resource alone walks nowhere. */
function onlyStep({ urn, path, type, name, parents }: ReportedResult): Step[] {
    return urn === undefined ? [] : [{ label: "resource", urn, path, type, name, parents }];
}

function component(urn: string): string {
    return item("in", `${e(nameOf(urn))} <code class="soft">${breakable(typeOf(urn))}</code>`, "component");
}

function resource({ label, urn, name, type }: Step): string {
    if (urn === undefined) {
        return item(label, "");
    }
    return item(label, `<b>${e(name ?? nameOf(urn))}</b> <code class="soft">${breakable(type ?? typeOf(urn))}</code>`);
}

function property(path: string): string {
    return item("property", `<code>${breakable(path)}</code>`, "property");
}

function item(label: string, content: string, kind = "resource"): string {
    return `<li class="${kind}"><span class="soft">${e(label)}</span> ${content}</li>`;
}

function typeOf(urn: string): string {
    return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
