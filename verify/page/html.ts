import { breakableMarkup as breakable, escapeMarkup as e, htmlPage } from "@encrypted-edge/common";
import { createHash } from "node:crypto";
import { changeInWords } from "../comparison";
import { type Configuration, type Finding, hops, json, type Report, type Verdict } from "../report";
import { counted } from "../verdicts";
import { picture } from "./picture";
import { type Requirement, requirements } from "./standards";
import { style } from "./style";
import { toneOf } from "./tone";

/** The report as one HTML file that needs nothing else, neither scripts nor the network, and can be printed and filed. */
export function html(report: Report): string {
    const title = `Encryption evidence: ${report.names[0] ?? ""}`;
    const wrong = report.findings.filter((one) => one.verdict === "fail" || one.verdict === "warn");
    return htmlPage({
        title,
        style,
        body: [
            `<h1>${e(title)}</h1>`,
            `<p class="verdict ${toneOf(report.verdict)}"><strong>${report.verdict}</strong> ${e(report.summary)}</p>`,
            report.rehearsed
                ? `<p class="card notice"><strong>Rehearsal.</strong> This was probed on: ${e(report.network)}. It is evidence about what was deployed there, not about AWS.</p>`
                : "",
            picture(report),
            hopTable(report),
            wrong.length === 0 ? "" : `<h2>What to fix</h2><ul>${wrong.map(problem).join("\n")}</ul>`,
            changes(report),
            about(report),
            ...hops.map((hop) => group(hop, report)),
            report.configuration === undefined ? "" : configured(report.configuration),
            mapping(report),
            `<p class="soft">Every probe says what must hold, what was seen, and how anybody can see the same. <em>Cannot tell</em> means that the probe could not see it from where it stood: that is neither a pass nor a failure.</p>`,
        ].join("\n"),
    });
}

function hopTable({ hops: verdicts }: Report): string {
    const stated = verdicts.some((one) => one.configuration !== undefined);
    const rows = verdicts.map(
        ({ hop, verdict, restsOn, configuration }) =>
            `<tr><th scope="row">${hop}</th><td>${tag(verdict)}</td><td>${e(restsOn)}</td>${stated ? `<td${configuration === undefined ? "" : ' data-label="from the configuration"'}>${e(configuration ?? "")}</td>` : ""}</tr>`,
    );
    return `<h2>The hops</h2><div class="scroll" role="region" aria-label="The hops" tabindex="0"><table class="hops"><thead><tr><th scope="col">hop</th><th scope="col">verdict</th><th scope="col">rests on</th>${stated ? '<th scope="col">from the configuration, not seen</th>' : ""}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

function problem(one: Finding): string {
    return `<li>${tag(one.verdict)} <a href="#${idOf(one)}">${e(one.name)}: ${e(one.probe)}</a> ${breakable(one.seen)}</li>`;
}

function changes({ comparison }: Report): string {
    if (comparison === undefined) {
        return "";
    }
    const said = comparison.changes.map((one) => `<li>${breakable(changeInWords(one))}</li>`);
    const list = said.length === 0 ? "<p>Nothing: every probe concludes as before.</p>" : `<ul>${said.join("\n")}</ul>`;
    return `<h2>What has changed since ${e(comparison.startedAt)}</h2>${list}`;
}

function about(report: Report): string {
    const { subject, prober, demands, configuration } = report;
    return `<h2>What was probed, by whom and when</h2><div class="card">${definitions({
        Stack: subject.stack ?? "not stated",
        Commit: subject.commit ?? "not stated",
        Names: report.names.join(", "),
        Network: report.network,
        Started: report.startedAt,
        Finished: report.finishedAt,
        Prober: `@encrypted-edge/verify ${prober.version}, Node.js ${prober.node}, OpenSSL ${prober.openssl}`,
        "Called from": `${prober.machine}, ${prober.addresses.join(", ") || "no connection was made"}`,
        ...(configuration === undefined ? {} : { "Policy pack": `${configuration.pack} ${configuration.packVersion}` }),
        Demands: `path ${demands.path}, ${demands.timeoutSeconds} s an exchange, Strict-Transport-Security for ${demands.strictTransportSecurityMaxAge} s, certificates valid for ${demands.certificateDays} more days`,
        Findings: counted(report.findings),
        "JSON report": `version ${report.schemaVersion}, SHA-256 ${createHash("sha256").update(json(report)).digest("hex")}`,
    })}</div>`;
}

function group(hop: string, report: Report): string {
    const findings = report.findings.filter((one) => one.hop === hop);
    return findings.length === 0
        ? ""
        : `<h2>${hop[0]?.toUpperCase()}${hop.slice(1)}</h2>${findings.map(finding).join("\n")}`;
}

function finding(one: Finding): string {
    const open = one.verdict === "fail" || one.verdict === "warn" ? " open" : "";
    return `<details class="card" id="${idOf(one)}"${open}><summary>${tag(one.verdict)} <h3>${e(one.probe)}</h3> <span class="soft">${e(one.name)}</span><br>${breakable(one.seen)}</summary>
${definitions({ "Must hold": one.expected, ...addresses(one), ...one.evidence, Probed: one.at })}
<p class="soft"><a href="${e(one.source)}" rel="noreferrer">Where this is demanded</a></p>
<p class="soft how">Reproduce it with:</p><pre>${e(one.reproduce)}</pre></details>`;
}

function addresses(one: Finding): Record<string, string> {
    return one.addresses.length < 2
        ? {}
        : Object.fromEntries(one.addresses.map(({ address, verdict, seen }) => [address, `${verdict}: ${seen}`]));
}

function configured({ pack, packVersion, verdict, resources, results, problems, disabled }: Configuration): string {
    const found = results.map(
        ({ rule, severity, standing, urn, message }) =>
            `<details class="card"><summary><span class="tag">${e(standing)}</span> <h3>${e(rule)}</h3> <span class="soft">${e(severity)}</span><br>${breakable(message).replaceAll("\n", "<br>")}</summary>${definitions(
                urn === undefined ? {} : { Resource: urn },
            )}</details>`,
    );
    return [
        "<h2>The configuration behind the edge</h2>",
        `<p>${tag(verdict)} Nobody sees the hops behind the edge from outside. This part is from the stack's state, checked by ${e(pack)} ${e(packVersion)} over ${resources} resources: it says what was configured, not what was seen.</p>`,
        ...problems.map((one) => `<p class="bad">${e(one)}</p>`),
        disabled.length === 0
            ? ""
            : `<p>Not checked, because the policy configuration disables them: ${e(disabled.join(", "))}.</p>`,
        found.length === 0 && problems.length === 0 ? "<p>Every rule that was checked holds.</p>" : found.join("\n"),
    ].join("\n");
}

function mapping({ findings }: Report): string {
    const row = ({ framework, requirement, edition, url, asks, probes, beyond }: Requirement) => {
        const evidence = [...new Set(probes)].flatMap((probe) => {
            const found = findings.filter((one) => one.probe === probe);
            return found.length === 0 ? [] : [`<li>${tag(worstOf(found))} ${e(probe)}</li>`];
        });
        return `<tr><th scope="row"><a href="${e(url)}" rel="noreferrer">${e(framework)}<br>${e(requirement)}</a><br><span class="soft">${e(edition)}</span></th><td data-label="asks for">${e(asks)}</td><td><ul class="plain">${evidence.join("")}</ul></td><td data-label="not seen here">${e(beyond)}</td></tr>`;
    };
    return `<h2>What it is evidence for</h2><p>This report supports an audit; it is no certificate of conformity.</p><div class="scroll" role="region" aria-label="What it is evidence for" tabindex="0"><table class="mapping"><thead><tr><th scope="col">requirement</th><th scope="col">asks for</th><th scope="col">evidence</th><th scope="col">not seen here</th></tr></thead><tbody>${requirements.map(row).join("\n")}</tbody></table></div>`;
}

function worstOf(findings: readonly Finding[]): Verdict {
    const order = ["fail", "cannot tell", "warn", "pass"] as const;
    return order.find((verdict) => findings.some((one) => one.verdict === verdict)) ?? "cannot tell";
}

function tag(verdict: Verdict): string {
    return `<span class="tag ${toneOf(verdict)}">${verdict}</span>`;
}

function definitions(entries: Readonly<Record<string, string>>): string {
    const items = Object.entries(entries).map(
        ([term, words]) => `<dt>${breakable(term)}</dt><dd>${breakable(words)}</dd>`,
    );
    return items.length === 0 ? "" : `<dl>${items.join("\n")}</dl>`;
}

function idOf(one: Finding): string {
    return `${one.probe}-${one.name}`.replace(/[^a-z0-9-]/gi, "-");
}
