/** What the report has beyond the style that every page shares. */
export const style = `
.verdict { font-size: 1.05rem; margin: .5rem 0 1rem; } .verdict strong { text-transform: uppercase; border: 2px solid currentColor; border-radius: .4rem; padding: .1rem .6rem; margin-right: .4rem; }
.notice { border-left: 4px solid var(--unknown); }
.picture { margin: 1rem 0; } .picture svg { display: block; width: 100%; height: auto; } .picture svg.tall { display: none; }
.picture text { font-family: system-ui, sans-serif; fill: var(--ink); } .picture .title { font-size: 14px; font-weight: 600; }
.picture .small { font-size: 11px; fill: var(--soft); } .picture .middle { font-size: 13px; fill: var(--soft); } .picture .tiny { font-size: 11px; fill: var(--soft); } .picture .mark { font-size: 12px; font-weight: 600; fill: currentColor; }
.picture .box { fill: var(--card); stroke: var(--line); stroke-width: 1.5; } .picture .line { fill: none; stroke: currentColor; stroke-width: 2; } .picture .dashed { stroke-dasharray: 5 5; }
details.card > summary > h3 { display: inline; margin: 0 .3rem; } details.card[open] > summary { margin-bottom: .6rem; } .how { margin-bottom: 0; }
.picture figcaption { margin-top: .5rem; }
.mapping .soft { font-weight: normal; }
.scroll { overflow-x: auto; } thead th { color: var(--soft); font-weight: 600; } ul.plain { list-style: none; margin: 0; padding: 0; } ul.plain li { display: flex; align-items: baseline; gap: .3rem; }
@media (min-width: 44.01rem) { .hops, .mapping { table-layout: fixed; } .hops th:nth-child(1) { width: 18%; } .hops th:nth-child(2) { width: 8rem; } .mapping th:nth-child(1) { width: 20%; } .mapping th:nth-child(2) { width: 28%; } .mapping th:nth-child(3) { width: 27%; } }
@media (max-width: 62rem) { .picture svg.wide { display: none; } .picture svg.tall { display: block; max-width: 26rem; margin: 0 auto; } }
@media (max-width: 44rem) { table, thead, tbody, tr, th, td { display: block; border: 0; } thead { position: absolute; left: -999rem; } tr { border-bottom: 1px solid var(--line); padding: .5rem 0; } th, td { padding: .1rem 0; } td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); } }
@media print { .hops, .mapping { table-layout: fixed; } .hops th:nth-child(2) { width: 7rem; } .mapping th:nth-child(2), .mapping th:nth-child(3) { width: 28%; }  .picture svg.wide { display: block; } .picture svg.tall { display: none; } details::details-content { display: block; content-visibility: visible; block-size: auto; } summary { list-style: none; } details.card { break-inside: auto; padding: .4rem .6rem; } summary, pre, tr { break-inside: avoid; } a[rel]::after { content: " (" attr(href) ")"; font-size: .85em; } .scroll { overflow: visible; } }
`;
