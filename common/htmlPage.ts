import { escapeMarkup } from "./markup";

/** A report as one HTML file. */
export interface HtmlPage {
    /** Text, not markup. */
    readonly title: string;
    /** Markup; whoever makes it has escaped what is not its own with {@link escapeMarkup}. */
    readonly body: string;
    /** Style on top of {@link pageStyle}. */
    readonly style?: string;
    /** The only script that the page may run. Default: none runs. */
    readonly script?: string;
}

/**
 * One file that fetches nothing: it can be mailed, filed and opened in ten years. Its content security policy lets
 * nothing style or run but the two texts that are given here, whatever a server or a stack has called itself.
 */
export function htmlPage({ title, body, style = "", script }: HtmlPage): string {
    const styles = `${pageStyle}${style}`;
    const scripts = script === undefined ? "'none'" : `'${digest(script)}'`;
    const policy = `default-src 'none'; style-src '${digest(styles)}'; script-src ${scripts}; base-uri 'none'; form-action 'none'`;
    return [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        `<title>${escapeMarkup(title)}</title><style>${styles}</style></head><body>`,
        '<a class="skip" href="#content">Skip to the content</a>',
        `<main id="content">${body}</main>${script === undefined ? "" : `<script>${script}</script>`}</body></html>`,
        "",
    ].join("\n");
}

function digest(text: string): string {
    // Loaded where it is needed: few runs of a command write a page.
    const { createHash } = process.getBuiltinModule("node:crypto");
    return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/**
 * The style that every page shares. It follows the reader's light or dark setting, and is always light on paper. Colours
 * have names for what they mean: `--good`, `--warn`, `--bad`, `--unknown`; each has a contrast of 4.5 or more to `--page`
 * and `--card` (WCAG 2.2, 1.4.3). No meaning rests on colour alone: a mark always holds its word.
 */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #56606a; --line: #d5dae0; --page: #f6f7f9; --card: #fff;
  --good: #17683a; --warn: #855600; --bad: #b3261e; --unknown: #005a8f; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #a6afb8; --line: #343b42; --page: #14171a; --card: #1d2125;
  --good: #7ed6a0; --warn: #f2c14e; --bad: #ff8a80; --unknown: #7cc7f5; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.skip, .unseen { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .4rem .8rem; z-index: 2; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; } h1 small { font-size: 1rem; font-weight: 400; color: var(--soft); }
h2 { font-size: 1.15rem; line-height: 1.3; margin: 2rem 0 .6rem; } h3 { font-size: 1rem; margin: 0 0 .4rem; }
a { color: inherit; text-underline-offset: .15em; } :focus-visible { outline: 2px solid var(--unknown); outline-offset: 2px; }
code, pre { font: .88em/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
pre { background: var(--page); border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .7rem; margin: .4rem 0; white-space: pre-wrap; }
.whole { white-space: nowrap; } .soft { color: var(--soft); } .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .unknown { color: var(--unknown); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem .9rem; margin: 0 0 .75rem; }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .55rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
ul { padding-left: 1.3rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
summary { cursor: pointer; } [hidden] { display: none !important; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .35rem; } }
@media print { body { max-width: none; padding: 0; background: none; font-size: 10pt; } .skip { display: none; }
  .card { break-inside: avoid; } .tag { print-color-adjust: exact; } h2, h3 { break-after: avoid; } }
`;
