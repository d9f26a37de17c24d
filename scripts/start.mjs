// `npm start`: rehearses dev from a fresh clone. Installs, finds or builds the Pulumi CLI, deploys under the policy pack,
// shows what was built, serves real traffic through it and probes every hop.
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { install } from "./install.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const stack = "dev";

async function start() {
    const begun = Date.now();
    await install();
    const { deployedStack, describeStack, rehearse } = require("@encrypted-edge/rehearsal");

    const code = await rehearse(
        ["up", "--stack", stack, "--yes", "--skip-preview", "--suppress-outputs", "--policy-pack", "policy"],
        root,
    );
    if (code !== 0) {
        console.error(`The rehearsal of ${stack} failed: the engine ended with exit code ${code}; see above.`);
        return code;
    }
    const deployed = deployedStack(root, stack);
    say(...describeStack(stack, deployed.resources));

    const verdict = await probe(deployed);
    say(
        `${verdict === "pass" ? "Every hop is encrypted" : "Not every hop is proven; see above"}. Done in ${Math.round((Date.now() - begun) / 1000)} s.`,
        `Go on: npm run rehearse -- show; npm run rehearse -- serve; npm run rehearse -- preview --stack prod --policy-pack policy`,
    );
    return verdict === "pass" ? 0 : 1;
}

/** Serves traffic through what was deployed and probes it from outside, hop by hop. */
async function probe({ account, outputs }) {
    const { serveTraffic } = require("@encrypted-edge/rehearsal");
    const { table, verify } = require("@encrypted-edge/verify");
    const isTerminal = process.stdout.isTTY === true;

    const traffic = await serveTraffic({ account });
    try {
        const report = await verify({ outputs, network: traffic.network });
        say(table(report, { color: isTerminal, width: process.stdout.columns || 120 }));
        if (traffic.notModelled.length > 0) {
            say("Not modelled, so not rehearsed:", ...traffic.notModelled.map((each) => `  ${each}`));
        }
        return report.verdict;
    } finally {
        await traffic.close();
    }
}

function say(...lines) {
    console.log(`\n${lines.join("\n")}`);
}

start().then(
    (code) => (process.exitCode = code),
    (error) => {
        console.error(error.message);
        process.exitCode = 1;
    },
);
