import axe from "axe-core";
import { JSDOM } from "jsdom";

/** What keeps somebody from reading a page of HTML, a line for each rule that it breaks, with the places. */
export async function axeViolations(page: string): Promise<string> {
    const { window } = new JSDOM(page, { runScripts: "outside-only" });
    window.eval(axe.source);
    // What needs a layout is looked at in a browser; contrast is computed where the colours are made.
    const options = { rules: { "color-contrast": { enabled: false } } };
    const run = (window as unknown as { axe: typeof axe }).axe.run(window.document, options);
    const { violations } = await run;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`).join("\n");
}
