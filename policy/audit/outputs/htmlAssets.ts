/** The report's own style: it follows the reader's light or dark setting and prints on paper without the controls. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6570; --line: #d9dee3; --page: #f6f7f9; --card: #fff;
  --mandatory: #b3261e; --advisory: #8a5a00; --cannot-tell: #00629b; --baselined: #5b6570; --exempted: #5b6570; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #a0a9b2; --line: #343b42; --page: #14171a; --card: #1d2125;
  --mandatory: #ff8a80; --advisory: #f2c14e; --cannot-tell: #7cc7f5; --baselined: #a0a9b2; --exempted: #a0a9b2; --good: #7ed6a0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h1 small { font-size: 1rem; font-weight: 400; color: var(--soft); }
code { font: .88em/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
a { color: inherit; } .soft { color: var(--soft); }
.verdict { font-weight: 600; margin: .5rem 0 1rem; } .verdict.good { color: var(--good); } .verdict.bad { color: var(--mandatory); } .verdict.open { color: var(--advisory); }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .5rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.totals li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
.totals span { overflow-wrap: normal; } .totals b { display: block; font-size: 1.4rem; line-height: 1.3; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center;
  background: var(--page); border-bottom: 1px solid var(--line); padding: .6rem 0; margin-bottom: 1rem; }
form input[type=search] { flex: 1 1 16rem; } form input[type=search], form select { font: inherit; padding: .3rem .5rem; }
form label { white-space: nowrap; }
@media (min-width: 48rem) and (min-height: 30rem) { form { position: sticky; top: 0; z-index: 1; } }
details.stack { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 .75rem; content-visibility: auto; contain-intrinsic-size: auto 3.5rem; }
details.stack > summary { cursor: pointer; padding: .6rem .9rem; } details.stack > summary h2 { display: inline; font-size: 1rem; margin: 0 .6rem 0 0; }
.none { margin: 0; padding: 0 .9rem .75rem; }
.tag { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .55rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
.mandatory, .unreadable { color: var(--mandatory); } .advisory { color: var(--advisory); } .cannot-tell { color: var(--cannot-tell); }
.baselined, .exempted { color: var(--baselined); } .good { color: var(--good); }
article { border-top: 1px solid var(--line); padding: .75rem .9rem; } article:target { outline: 2px solid var(--cannot-tell); outline-offset: -2px; }
article h3 { font-size: 1rem; margin: 0 0 .4rem; display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: baseline; }
article h3 a.link { margin-left: auto; font-weight: 400; text-decoration: none; color: var(--soft); }
.urn { margin: .4rem 0 0; line-height: 1.35; } .urn code { font-size: .75rem; }
ol.walk { list-style: none; margin: .5rem 0; padding: 0; } ol.walk li { padding: .05rem 0 .05rem 1.2rem; position: relative; margin-left: .3rem; }
ol.walk li:not(:last-child) { border-left: 2px solid var(--line); } ol.walk li:last-child { border-left: 2px solid transparent; }
ol.walk li, ol.walk li > b, ol.walk li > code:not(.soft) { color: var(--ink); } ol.walk li > span.soft { color: var(--soft); }
ol.walk li::before { content: ""; position: absolute; left: -6px; top: .5rem; width: 10px; height: 10px; border-radius: 50%; background: var(--soft); }
ol.walk li.component::before, ol.walk li.property::before, ol.walk li.value::before { left: -4px; top: .6rem; width: 6px; height: 6px; }
ol.walk li.property, ol.walk li.value { padding-left: 2.2rem; }
ol.walk.mandatory { --end: var(--mandatory); } ol.walk.advisory { --end: var(--advisory); } ol.walk.cannot-tell { --end: var(--cannot-tell); }
ol.walk li:last-child::before { left: -6px; top: .5rem; width: 10px; height: 10px; background: var(--end, var(--soft)); }
ol.walk li:last-child > code:not(.soft), ol.walk li:last-child > b { color: var(--end, var(--ink)); font-weight: 600; }
.message { margin: .4rem 0; white-space: pre-wrap; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .2rem .9rem; margin: 0 0 .5rem; scroll-margin-top: 4rem; } section h3 { font-size: 1rem; margin: .5rem 0; }
article { scroll-margin-top: 4rem; } section:target { outline: 2px solid var(--cannot-tell); }
[hidden] { display: none !important; }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; background: none; } form, article h3 a.link { display: none; } ol.walk li::before { print-color-adjust: exact; }
  details.stack { border: 0; content-visibility: visible; } article { break-inside: avoid; } }
`;

/** Filters, links that open what they point to, and everything opened for the printer. The page reads well without it. */
export const script = `
const form = document.querySelector("form");
const stacks = [...document.querySelectorAll("details.stack")].map((element) => ({
  element, name: element.dataset.name.toLowerCase(), unreadable: element.dataset.unreadable === "true",
  results: [...element.querySelectorAll("article")].map((result) => ({ result, text: result.textContent.toLowerCase() })),
}));
const shown = document.getElementById("shown");
function filter() {
  const words = form.elements.search.value.toLowerCase().split(" ").filter(Boolean);
  const rule = form.elements.rule.value;
  const standings = new Set([...form.querySelectorAll("[name=standing]:checked")].map((box) => box.value));
  let results = 0;
  for (const stack of stacks) {
    let left = 0;
    for (const { result, text } of stack.results) {
      const matches = standings.has(result.dataset.standing) && (rule === "" || rule === result.dataset.rule)
        && words.every((word) => text.includes(word) || stack.name.includes(word));
      result.hidden = !matches;
      if (matches) left++;
    }
    results += left;
    const named = words.every((word) => stack.name.includes(word));
    stack.element.hidden = left === 0 && !(named && rule === "" && (stack.unreadable || stack.results.length === 0));
  }
  shown.textContent = results.toLocaleString("en-US") + (results === 1 ? " result" : " results");
}
let waiting;
form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
form.addEventListener("submit", (event) => event.preventDefault());
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const stack = target && target.closest("details.stack");
  if (stack) { stack.open = true; target.scrollIntoView(); }
}
addEventListener("hashchange", openTarget);
addEventListener("beforeprint", () => { for (const { element } of stacks) element.open = true; });
form.hidden = stacks.length < 2 && stacks.every((stack) => stack.results.length === 0);
filter();
openTarget();
`;
