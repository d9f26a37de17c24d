// Makes the pictures of the documents from real runs: `npm run pictures`. Each is what the command printed, cut to the
// part that the picture is about; the rehearsed account has to hold dev (`npm start`). `npm run pictures -- report` makes
// the pictures of the report alone, which needs a browser.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { reportPictures } from "./reportPicture.mjs";
import { columns, terminalPicture } from "./terminalPicture.mjs";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const folder = path.join(root, "docs", "pictures");
const temporary = mkdtempSync(path.join(tmpdir(), "pictures-"));

const rehearse = path.join(root, "rehearsal", "rehearse.js");
const policy = path.join(root, "policy", "encrypted-edge-policy.js");

/** The part of an output from the first line that matches to the line before the next one that does. */
function part(output, from, until) {
    const lines = output.split("\n");
    const first = lines.findIndex((line) => from.test(line));
    if (first < 0) {
        throw new Error(`No line matches ${from} in:\n${output}`);
    }
    const rest = lines.slice(first);
    const end = until === undefined ? -1 : rest.findIndex((line, index) => index > 0 && until.test(line));
    return (end < 0 ? rest : rest.slice(0, end)).join("\n");
}

const eraseLine = "\r\u001b[K";

/** Runs a command in a terminal, so that it prints as it does for people. */
function run(script, args, cwd = root) {
    const command = [process.execPath, script, ...args].map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(" ");
    const { stdout, error } = spawnSync("script", ["-qec", `stty cols ${columns}; exec ${command}`, "/dev/null"], {
        cwd,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
    });
    if (error !== undefined) {
        throw new Error(`The pictures need "script" of util-linux, which gives a command a terminal: ${error.message}`);
    }
    // What a progress bar drew was drawn over.
    const lines = stdout.replaceAll("\r\n", "\n").split("\n");
    return lines.map((line) => line.split(eraseLine).at(-1)).join("\n");
}

function picture(name, title, output) {
    writeFileSync(path.join(folder, `${name}.svg`), terminalPicture(title, output));
    console.log(`docs/pictures/${name}.svg`);
}

function terminalPictures() {
    const open = ["--cwd", "examples/load-balancer-open", "--policy-pack", "../../policy"];
    const refused = run(rehearse, ["preview", "--suppress-progress", ...open]);
    picture("refused", "pulumi preview --policy-pack policy", part(refused, /Policies:/, /Diagnostics:/));

    const started = run(path.join(root, "scripts", "start.mjs"), []);
    picture("proof", "npm start", part(started, /viewer to CloudFront/, /^Not modelled/));

    const plain = ["--cwd", "examples/origin-not-https"];
    run(rehearse, ["up", "--yes", "--skip-preview", ...plain]);
    run(rehearse, ["stack", "export", "--file", path.join(temporary, "shop-dev.json"), ...plain]);
    run(rehearse, ["destroy", "--yes", "--skip-preview", ...plain]);
    picture("audit", "encrypted-edge-policy audit .", run(policy, ["audit", "."], temporary));
}

try {
    mkdirSync(folder, { recursive: true });
    if (process.argv[2] !== "report") {
        terminalPictures();
    }
    console.log(await reportPictures(root, path.join(folder, "report"), temporary));
} finally {
    rmSync(temporary, { recursive: true, force: true });
}
