// The picture of the prober's report: the rehearsed dev, served, probed and shown by a browser.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const browsers = ["chromium", "chromium-browser", "google-chrome"];
/** Pixels: what stands at the beginning of a report, as wide as a page of the documents can show it. */
const size = "1100,630";

/** @returns what became of the picture, in a sentence */
export async function reportPicture(root, file, temporary) {
    const shown = path.relative(root, file);
    const browser = browsers.find((name) => spawnSync(name, ["--version"]).status === 0);
    if (browser === undefined) {
        return `${shown} was left as it is: it needs one of the browsers ${browsers.join(", ")}.`;
    }
    const page = path.join(temporary, "report.html");
    writeFileSync(page, await reportOfDev(root));
    // A browser does not start as root without it; the page is our own and fetches nothing.
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const { status, stderr } = spawnSync(
        browser,
        [
            "--headless",
            ...asRoot,
            "--disable-gpu",
            "--hide-scrollbars",
            `--user-data-dir=${path.join(temporary, "browser")}`,
            `--screenshot=${file}`,
            `--window-size=${size}`,
            `file://${page}`,
        ],
        { encoding: "utf8", timeout: 60_000 },
    );
    if (status !== 0 || !existsSync(file)) {
        throw new Error(`${browser} made no picture of the report:\n${stderr}`);
    }
    return shown;
}

async function reportOfDev(root) {
    const require = createRequire(import.meta.url);
    const { deployedStack, serveTraffic } = require("@encrypted-edge/rehearsal");
    const { html, verify } = require("@encrypted-edge/verify");
    const { account, outputs } = deployedStack(root, "dev");
    const traffic = await serveTraffic({ account, forMinutes: 2 });
    try {
        const report = await verify({ outputs, network: traffic.network, subject: { stack: "edge/dev" } });
        return html({ ...report, prober: { ...report.prober, machine: "a machine of yours" } });
    } finally {
        await traffic.close();
    }
}
