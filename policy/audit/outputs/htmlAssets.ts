/** The style of the audit's page, on top of the one that every page shares: colours by standing, the walk of a result. */
export const style = `
.mandatory, .unreadable { color: var(--bad); } .advisory { color: var(--warn); } .cannot-tell { color: var(--unknown); } .baselined, .exempted { color: var(--soft); }
.verdict { font-weight: 600; margin: .5rem 0 1rem; }
.totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .5rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.totals li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
.totals span { overflow-wrap: normal; } .totals b { display: block; font-size: 1.4rem; line-height: 1.3; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; background: var(--page); border-bottom: 1px solid var(--line); padding: .6rem 0; margin-bottom: 1rem; }
form input[type=search] { flex: 1 1 16rem; } form input[type=search], form select { font: inherit; padding: .3rem .5rem; } form label { white-space: nowrap; }
@media (min-width: 48rem) and (min-height: 30rem) { form { position: sticky; top: 0; z-index: 1; } article, section { scroll-margin-top: 4rem; } }
details.stack { padding: 0; content-visibility: auto; contain-intrinsic-size: auto 3.5rem; }
details.stack > summary { padding: .6rem .9rem; } details.stack > summary h2 { display: inline; font-size: 1rem; margin: 0 .6rem 0 0; }
.none { margin: 0; padding: 0 .9rem .75rem; }
article { border-top: 1px solid var(--line); padding: .75rem .9rem; } article:target, section:target { outline: 2px solid var(--unknown); outline-offset: -2px; }
article h3 { display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: baseline; }
article h3 a.link { margin-left: auto; font-weight: 400; text-decoration: none; color: var(--soft); }
.urn { margin: .4rem 0 0; line-height: 1.35; } .urn code { font-size: .75rem; }
ol.walk { list-style: none; margin: .5rem 0; padding: 0; } ol.walk li { padding: .05rem 0 .05rem 1.2rem; position: relative; margin-left: .3rem; }
ol.walk li:not(:last-child) { border-left: 2px solid var(--line); } ol.walk li:last-child { border-left: 2px solid transparent; }
ol.walk li, ol.walk li > b, ol.walk li > code:not(.soft) { color: var(--ink); } ol.walk li > span.soft { color: var(--soft); }
ol.walk li::before { content: ""; position: absolute; left: -6px; top: .5rem; width: 10px; height: 10px; border-radius: 50%; background: var(--soft); }
ol.walk li.component::before, ol.walk li.property::before, ol.walk li.value::before { left: -4px; top: .6rem; width: 6px; height: 6px; }
ol.walk li.property, ol.walk li.value { padding-left: 2.2rem; }
ol.walk.mandatory { --end: var(--bad); } ol.walk.advisory { --end: var(--warn); } ol.walk.cannot-tell { --end: var(--unknown); }
ol.walk li:last-child::before { left: -6px; top: .5rem; width: 10px; height: 10px; background: var(--end, var(--soft)); }
ol.walk li:last-child > code:not(.soft), ol.walk li:last-child > b { color: var(--end, var(--ink)); font-weight: 600; }
.message { margin: .4rem 0; white-space: pre-wrap; }
section h3 { margin: .5rem 0; }
@media print { form, article h3 a.link { display: none; } ol.walk li::before { print-color-adjust: exact; }
  details.stack { border: 0; content-visibility: visible; break-inside: auto; } article { break-inside: avoid; } }
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
