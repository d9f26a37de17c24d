// The pictures of the prober's report, light and dark: the rehearsed dev, served, probed and shown by a browser.
import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const browsers = ["chromium", "chromium-browser", "google-chrome"];
/** Pixels: what stands at the beginning of a report, narrow enough to be read on a phone. */
const size = "600,900";

/** The value of Blink's setting for the colours that a reader prefers. */
const schemes = { light: 1, dark: 0 };

/** @returns what became of the pictures, in a sentence */
export async function reportPictures(root, name, temporary) {
    const shown = Object.keys(schemes).map((scheme) => path.relative(root, `${name}-${scheme}.png`));
    const browser = browsers.find((name) => spawnSync(name, ["--version"]).status === 0);
    if (browser === undefined) {
        return `${shown.join(" and ")} were left as they are: they need one of the browsers ${browsers.join(", ")}.`;
    }
    const page = path.join(temporary, "report.html");
    writeFileSync(page, await reportOfDev(root));
    for (const [scheme, setting] of Object.entries(schemes)) {
        takePicture(browser, page, { file: `${name}-${scheme}.png`, setting, temporary });
    }
    return shown.join("\n");
}

function takePicture(browser, page, { file, setting, temporary }) {
    // A browser does not start as root without it; the page is our own and fetches nothing.
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const { status, stderr } = spawnSync(
        browser,
        [
            "--headless",
            ...asRoot,
            "--disable-gpu",
            "--hide-scrollbars",
            `--blink-settings=preferredColorScheme=${setting}`,
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
