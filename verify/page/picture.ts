import { escapeMarkup as e } from "@encrypted-edge/common";
import type { Finding, Hop, Report, Verdict } from "../report";
import { toneOf } from "./tone";

/** A party on the way, and what was found of it. */
interface Party {
    readonly title: string;
    readonly lines: readonly string[];
}

/** The way between two parties. */
interface Leg {
    readonly verdict: Verdict;
    /** Above and below the arrow, two short lines each at most. */
    readonly above: readonly string[];
    readonly below: readonly string[];
}

/**
 * The hops as a drawing, made from the findings: wide for screens and paper, tall for phones. Both say in words what they
 * show, for those who do not see them.
 */
export function picture(report: Report): string {
    const { parties, legs } = drawnOf(report);
    const described = legs
        .map((leg, index) => {
            const words = [...leg.above, ...leg.below].join(", ");
            return `${parties[index]?.title} to ${parties[index + 1]?.title}: ${leg.verdict}${words === "" ? "" : `, ${words}`}.`;
        })
        .join(" ");
    return `<figure class="picture">${wide(parties, legs, described)}${tall(parties, legs, described)}<figcaption class="soft">Drawn from what this run found. A solid arrow was seen encrypted, a dashed one was not seen, a crossed one is open or wrong.</figcaption></figure>`;
}

function drawnOf(report: Report): { parties: readonly Party[]; legs: readonly Leg[] } {
    const find = (probe: string) => report.findings.find((one) => one.probe === probe);
    const evidence = (probe: string, key: string) => find(probe)?.evidence[key];
    const [viewer, ...more] = report.names.filter((name) =>
        report.findings.some((one) => one.name === name && one.probe === "viewer-https"),
    );
    const origin = find("origin-network-closed")?.name;
    const verdictOf = (hop: Hop) => report.hops.find((one) => one.hop === hop)?.verdict ?? "cannot tell";
    const certificate = (probe: string) => {
        const key = evidence(probe, "key");
        return key === undefined ? [] : [`${key} key`, `until ${dateOf(evidence(probe, "valid until"))}`];
    };
    const connection = (probe: string) => {
        const [version, cipher, exchange] = ["tls", "cipher", "key exchange"].map((key) => evidence(probe, key));
        return version === undefined ? undefined : { above: [version, exchange ?? ""], below: [cipher ?? ""] };
    };
    // Which version and suite two parties behind the edge agree on, nobody but them knows; a tap sees that it is TLS.
    const overheard = (probe: string) => {
        const verdict = find(probe)?.verdict;
        return {
            above: verdict === "pass" ? ["every byte is TLS"] : [],
            below: verdict === "cannot tell" ? ["not seen from outside"] : [],
        };
    };
    const spoken = evidence("origin-certificate", "tls");
    return {
        parties: [
            { title: "Viewer", lines: [report.prober.machine, ...report.prober.addresses.slice(0, 2)] },
            {
                title: "CloudFront",
                lines: [
                    `${viewer ?? ""}${more.length > 0 ? ` +${more.length}` : ""}`,
                    addressesOf(find("viewer-https")),
                    ...certificate("viewer-certificate"),
                ],
            },
            {
                title: "Load balancer",
                lines: [
                    origin ?? "not named",
                    ...(spoken === undefined ? [] : [`speaks ${spoken}`]),
                    ...certificate("origin-certificate"),
                ],
            },
            { title: "Target", lines: ["the application"] },
        ],
        legs: [
            { verdict: verdictOf("viewer to CloudFront"), above: [], below: [], ...connection("viewer-https") },
            {
                verdict: verdictOf("CloudFront to load balancer"),
                ...overheard("origin-encrypted"),
            },
            { verdict: verdictOf("load balancer to target"), ...overheard("target-encrypted") },
        ],
    };
}

function addressesOf(finding: Finding | undefined): string {
    const count = finding?.addresses.length ?? 0;
    return count === 0
        ? "no address reached"
        : count === 1
          ? (finding?.addresses[0]?.address ?? "")
          : `${count} addresses`;
}

function dateOf(text: string | undefined): string {
    const time = Date.parse(text ?? "");
    return Number.isNaN(time) ? "unknown" : new Date(time).toISOString().slice(0, 10);
}

const box = { width: 150, gap: 120, line: 15 };

function wide(parties: readonly Party[], legs: readonly Leg[], described: string): string {
    const width = parties.length * box.width + legs.length * box.gap;
    const lines = parties.map((party) => party.lines.flatMap((line) => wrap(line, 23)));
    const height = 46 + Math.max(...lines.map((one) => one.length)) * box.line;
    const middle = 30;
    const drawn = [
        ...parties.map((party, index) => {
            const x = index * (box.width + box.gap);
            return `${boxOf(x, 2, box.width, height - 4)}${text(x + box.width / 2, 24, party.title, "title")}${(
                lines[index] ?? []
            )
                .map((line, row) => text(x + box.width / 2, 46 + row * box.line, line, "small"))
                .join("")}`;
        }),
        ...legs.map((leg, index) => {
            const from = (index + 1) * box.width + index * box.gap;
            const labels = [
                ...leg.above
                    .filter(Boolean)
                    .map((line, row, all) =>
                        text(from + box.gap / 2, middle - 8 - (all.length - 1 - row) * 13, line, "tiny"),
                    ),
                ...leg.below
                    .flatMap((line) => wrap(line, 17))
                    .map((line, row) => text(from + box.gap / 2, middle + 34 + row * 13, line, "tiny")),
            ];
            return `${arrow({ x: from + 4, y: middle }, { x: from + box.gap - 4, y: middle }, leg.verdict)}${mark(from + box.gap / 2, middle + 17, leg.verdict)}${labels.join("")}`;
        }),
    ];
    return svg("wide", { width, height }, described, drawn);
}

function tall(parties: readonly Party[], legs: readonly Leg[], described: string): string {
    const width = 340;
    const gap = 92;
    let y = 2;
    const drawn: string[] = [];
    parties.forEach((party, index) => {
        const lines = party.lines.flatMap((line) => wrap(line, 40));
        const height = 36 + lines.length * 17;
        drawn.push(boxOf(2, y, width - 4, height), text(width / 2, y + 22, party.title, "title"));
        lines.forEach((line, row) => drawn.push(text(width / 2, y + 42 + row * 17, line, "middle")));
        y += height;
        const leg = legs[index];
        if (leg !== undefined) {
            drawn.push(
                arrow({ x: 60, y: y + 4 }, { x: 60, y: y + gap - 4 }, leg.verdict),
                mark(130, y + 24, leg.verdict),
            );
            [leg.above.filter(Boolean).join(", "), ...leg.below]
                .filter(Boolean)
                .forEach((line, row) =>
                    drawn.push(`<text x="90" y="${y + 50 + row * 17}" class="middle">${e(line)}</text>`),
                );
            y += gap;
        }
    });
    return svg("tall", { width, height: y + 2 }, described, drawn);
}

function svg(
    kind: "wide" | "tall",
    { width, height }: { readonly width: number; readonly height: number },
    described: string,
    drawn: readonly string[],
): string {
    return `<svg class="${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${kind}-title ${kind}-words"><title id="${kind}-title">The hops</title><desc id="${kind}-words">${e(described)}</desc>${drawn.join("")}</svg>`;
}

interface Point {
    readonly x: number;
    readonly y: number;
}

/** An arrow; what went wrong is crossed out, so that it shows without colour, too. */
function arrow(from: Point, to: Point, verdict: Verdict): string {
    const across = to.y === from.y;
    const tone = toneOf(verdict);
    const head = across
        ? `M${to.x - 8} ${to.y - 5} L${to.x} ${to.y} L${to.x - 8} ${to.y + 5}`
        : `M${to.x - 5} ${to.y - 8} L${to.x} ${to.y} L${to.x + 5} ${to.y - 8}`;
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const cross =
        verdict === "fail"
            ? `<path class="line ${tone}" d="M${middle.x - 6} ${middle.y - 6} l12 12 m0 -12 l-12 12"/>`
            : "";
    const dashed = verdict === "cannot tell" ? " dashed" : "";
    return `<path class="line ${tone}${dashed}" d="M${from.x} ${from.y} L${to.x} ${to.y}"/><path class="line ${tone}" d="${head}"/>${cross}`;
}

function mark(x: number, y: number, verdict: Verdict): string {
    return text(x, y, verdict, `mark ${toneOf(verdict)}`);
}

function boxOf(x: number, y: number, width: number, height: number): string {
    return `<rect class="box" x="${x + 1}" y="${y}" width="${width - 2}" height="${height}" rx="8"/>`;
}

function text(x: number, y: number, content: string, kind: string): string {
    return `<text x="${x}" y="${y}" text-anchor="middle" class="${kind}">${e(content)}</text>`;
}

/** Lines of at most so many characters, broken after dots, dashes, underscores and spaces where there are any. */
function wrap(content: string, length: number): string[] {
    const lines: string[] = [];
    let rest = content;
    while (rest.length > length && lines.length < 3) {
        const cut = Math.max(...[".", "-", "_", " "].map((one) => rest.lastIndexOf(one, length - 1)));
        const end = cut > length / 3 ? cut + 1 : length;
        lines.push(rest.slice(0, end).trim());
        rest = rest.slice(end);
    }
    return [...lines, rest.length > length ? `${rest.slice(0, length - 1)}…` : rest].filter((line) => line !== "");
}
