// `npm start`: rehearses dev from a fresh clone. Installs, finds or builds the Pulumi CLI, deploys under the policy pack,
// and shows what was built.
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
    const { rehearse } = require("../rehearsal/bin/command");
    const { builtSummary, deployedStack, outputLines } = require("../rehearsal/bin/start");

    const code = await rehearse(
        ["up", "--stack", stack, "--yes", "--skip-preview", "--suppress-outputs", "--policy-pack", "policy"],
        root,
    );
    if (code !== 0) {
        console.error(`The rehearsal of ${stack} failed: the engine ended with exit code ${code}; see above.`);
        return code;
    }
    const { resources, outputs } = deployedStack(root, stack);
    say("Built in the AWS on this machine:", ...builtSummary(resources));
    say("Outputs:", ...outputLines(outputs));
    say(`Done in ${Math.round((Date.now() - begun) / 1000)} s. Look further: npx rehearse stack --stack ${stack}`);
    return 0;
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
