import { counted, type Finding, hops, type Report, type Verdict } from "./report";

/** The report as one HTML file that needs nothing else, neither scripts nor the network, and can be printed. */
export function html(report: Report): string {
    const title = `Encryption evidence: ${report.names[0] ?? ""}`;
    const failed = report.findings.filter((one) => one.verdict === "fail");
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p class="verdict ${classOf(report.verdict)}">${report.verdict}<span>${counted(report.findings)}</span></p>
</header>
${report.rehearsed ? `<p class="notice"><strong>Rehearsal.</strong> This was probed on: ${escaped(report.network)}. It is evidence about what was deployed there, not about AWS.</p>` : ""}
<section>
<h2>What was probed, when and from where</h2>
${definitions({
    Names: report.names.join(", "),
    Network: report.network,
    Started: report.startedAt,
    Finished: report.finishedAt,
    Machine: report.from.machine ?? "unknown",
    "Probed with": `Node.js ${report.from.node ?? "unknown"}, OpenSSL ${report.from.openssl ?? "unknown"}`,
})}
<p>Each line below is one probe: what must hold, what was seen, and how anybody can see the same.
<em>Cannot tell</em> means that the probe could not see it from where it stood; it is no pass and no failure.</p>
</section>
${failed.length === 0 ? "" : `<section><h2>What failed</h2><ul>${failed.map((one) => `<li><a href="#${idOf(one)}">${escaped(one.name)}: ${escaped(one.expected)}</a> &mdash; ${escaped(one.seen)}</li>`).join("\n")}</ul></section>`}
<section>
<h2>The hops</h2>
${summary(report)}
</section>
${hops
    .map((hop) =>
        group(
            hop,
            report.findings.filter((one) => one.hop === hop),
        ),
    )
    .join("\n")}
</body>
</html>
`;
}

function summary(report: Report): string {
    const rows = report.hops.map(
        ({ hop, verdict, restsOn }) =>
            `<tr><th scope="row">${hop}</th><td class="mark ${classOf(verdict)}">${verdict}</td><td>${escaped(restsOn)}</td></tr>`,
    );
    return `<p>${escaped(report.summary)}</p><table class="summary"><tbody>${rows.join("\n")}</tbody></table>`;
}

function group(hop: string, findings: readonly Finding[]): string {
    return findings.length === 0
        ? ""
        : `<section>
<h2>${hop[0]?.toUpperCase()}${hop.slice(1)}</h2>
${findings.map(finding).join("\n")}
</section>`;
}

function finding(one: Finding): string {
    return `<article id="${idOf(one)}">
<h3><span class="mark ${classOf(one.verdict)}">${one.verdict}</span> ${escaped(one.name)} <code>${one.probe}</code></h3>
${definitions({ Expected: one.expected, Seen: one.seen, ...addresses(one), ...one.evidence })}
<p class="how">${escaped(one.at)} &middot; <a href="${escaped(one.source)}">source of the expectation</a></p>
<pre>${escaped(one.reproduce)}</pre>
</article>`;
}

function addresses(one: Finding): Record<string, string> {
    return one.addresses.length < 2
        ? {}
        : Object.fromEntries(one.addresses.map(({ address, verdict, seen }) => [address, `${verdict}: ${seen}`]));
}

function definitions(entries: Readonly<Record<string, string>>): string {
    const items = Object.entries(entries).map(([term, text]) => `<dt>${escaped(term)}</dt><dd>${escaped(text)}</dd>`);
    return `<dl>${items.join("\n")}</dl>`;
}

function idOf(one: Finding): string {
    return `${one.probe}-${one.name}`.replace(/[^a-z0-9-]/gi, "-");
}

function classOf(verdict: Verdict): string {
    return verdict.replace(" ", "-");
}

/** Servers choose their own words; none of them may become markup. */
export function escaped(text: string): string {
    const entities: Readonly<Record<string, string>> = {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
    };
    return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 1rem; border-bottom: 2px solid #1b1f24; }
h1 { font-size: 1.6rem; margin: 0.5rem 0; overflow-wrap: anywhere; } h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; } h3 { font-size: 1rem; margin: 0 0 0.5rem; }
.verdict { font-weight: 700; text-transform: uppercase; padding: 0.4rem 1rem; border-radius: 0.4rem; margin: 0; }
.verdict span { display: block; font-weight: 400; font-size: 0.8rem; text-transform: none; }
.mark { display: inline-block; min-width: 6rem; text-align: center; border-radius: 0.3rem; padding: 0 0.4rem; font-size: 0.85rem; font-weight: 600; }
.pass { background: #d3f4dc; color: #0a5224; } .fail { background: #ffdcdc; color: #8a0f0f; } .cannot-tell, .warn { background: #fff1c9; color: #664b00; }
.notice { background: #e5f0ff; border-left: 4px solid #2b66c0; padding: 0.6rem 1rem; }
.summary { border-collapse: collapse; width: 100%; } .summary th, .summary td { text-align: left; padding: 0.35rem 0.6rem; border-bottom: 1px solid #d5d9de; }
.summary td.mark { display: table-cell; text-align: center; }
article { border: 1px solid #d5d9de; border-radius: 0.4rem; padding: 0.8rem 1rem; margin: 0.8rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0; } dt { color: #57606a; } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: #f3f4f6; padding: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.8rem; margin: 0.3rem 0 0; }
code { font-size: 0.85rem; color: #57606a; font-weight: 400; } .how { font-size: 0.8rem; color: #57606a; margin: 0.5rem 0 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } }
@media print { body { margin: 0; max-width: none; font-size: 11px; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .how a::after { content: ": " attr(href); overflow-wrap: anywhere; } }
`;
