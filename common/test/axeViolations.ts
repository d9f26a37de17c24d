import assert from "node:assert/strict";
import axe from "axe-core";
import { JSDOM } from "jsdom";

/** What keeps somebody from reading a page of HTML, a line for each rule that it breaks, with the places. */
export async function axeViolations(page: string): Promise<string> {
    const { window } = new JSDOM(page, { runScripts: "outside-only" });
    window.eval(axe.source);
    assert.ok(hasAxe(window));
    // What needs a layout is looked at in a browser; contrast is computed where the colours are made.
    const options = { rules: { "color-contrast": { enabled: false } } };
    const { violations } = await window.axe.run(window.document, options);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`).join("\n");
}

function hasAxe<Window extends object>(window: Window): window is Window & { readonly axe: typeof axe } {
    return "axe" in window;
}
