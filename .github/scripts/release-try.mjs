#!/usr/bin/env node
// Installs published packages into an empty project as a stranger would, and uses each: the audit tells a good state
// from a bad one, the prober and the rehearsal answer, the component's ten lines are previewed by the real engine under
// the pack. MANAGER is npm, pnpm, yarn, bun, or python for a Pulumi program in Python that adopts the pack.
// Environment: PACKAGES_VERSION names another version than that of the checkout.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { packages, root, stop } from "./release-packages.mjs";

const managers = {
    npm: { add: ["npm", "install", "--no-audit", "--no-fund"], run: ["npx", "--no-install"] },
    pnpm: { add: ["pnpm", "add"], run: ["pnpm", "exec"] },
    yarn: { add: ["yarn", "add"], run: ["yarn", "run"] },
    bun: { add: ["bun", "add"], run: ["bunx", "--no-install"] },
    python: {
        add: ["npm", "install", "--no-audit", "--no-fund", "--prefix", "policy"],
        run: ["npx", "--no-install", "--prefix", "policy"],
    },
};

const [manager] = process.argv.slice(2);
const chosen = managers[manager];
if (chosen === undefined) {
    stop(`usage: release-try.mjs ${Object.keys(managers).join("|")}`);
}
const named = (folder) => packages().find((each) => each.folder === folder).manifest;
const version = process.env.PACKAGES_VERSION ?? named("policy").version;
const spec = (folder) => `${named(folder).name}@${version}`;
const project = mkdtempSync(path.join(tmpdir(), `release-${manager}-`));

try {
    manager === "python" ? inPython() : inNode();
    console.log(`${manager}: every package installs and works.`);
} catch (error) {
    stop(`${manager}: ${error.message}`);
} finally {
    rmSync(project, { recursive: true, force: true });
}

function inNode() {
    const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const sdks = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/random", "typescript", "ts-node"];
    cpSync(path.join(root, "examples", "ten-lines"), project, { recursive: true });
    writeFileSync(
        path.join(project, "package.json"),
        JSON.stringify({ name: "stranger", version: "1.0.0", private: true }),
    );
    writeFileSync(
        path.join(project, "tsconfig.json"),
        JSON.stringify({ compilerOptions: { module: "node16", skipLibCheck: true, strict: true, noEmit: true } }),
    );
    if (manager === "yarn") {
        // An empty lock file makes the folder a project of its own.
        writeFileSync(path.join(project, "yarn.lock"), "");
        // Yarn holds back what was published within days; a release is tried at once.
        const approved = packages().map(({ manifest }) => `  - "${manifest.name}"\n`);
        // The engine reads a pack from its folder, which Plug'n'Play leaves in an archive.
        const settings = `nodeLinker: node-modules\nnpmPreapprovedPackages:\n${approved.join("")}`;
        writeFileSync(path.join(project, ".yarnrc.yml"), settings);
    }
    add(
        ["components", "policy", "rehearsal", "verify"]
            .map(spec)
            .concat(sdks.map((name) => `${name}@${dependencies[name]}`)),
    );
    audits();
    says(["verify-edge", "--help"], 0, /Usage: verify-edge/);
    const pack = path.join("node_modules", ...named("policy").name.split("/"));
    says(["rehearse", "preview", "--stack", "dev", "--policy-pack", pack], 0, /Resources:\s+\+ \d+ to create/);
}

function inPython() {
    writeFileSync(path.join(project, "Pulumi.yaml"), "name: stranger\nruntime: python\n");
    writeFileSync(path.join(project, "__main__.py"), "import pulumi\n");
    mkdirSync(path.join(project, "policy"));
    for (const name of ["PulumiPolicy.yaml", "index.js"]) {
        cpSync(path.join(root, "examples", "adopt-the-pack", name), path.join(project, "policy", name));
    }
    const { dependencies, ...manifest } = JSON.parse(
        readFileSync(path.join(root, "examples", "adopt-the-pack", "package.json"), "utf8"),
    );
    if (dependencies === undefined) {
        throw new Error("examples/adopt-the-pack depends on no package.");
    }
    writeFileSync(path.join(project, "policy", "package.json"), JSON.stringify(manifest));
    add([spec("policy")]);
    audits();
}

function add(specs) {
    const [command, ...args] = chosen.add;
    execFileSync(command, [...args, ...specs], { cwd: project, stdio: "inherit" });
}

/** A distribution that speaks plain HTTP to its origin is a violation, the same one over HTTPS is none. */
function audits() {
    const state = (protocol) => ({
        version: 3,
        deployment: {
            resources: [
                { urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev", type: "pulumi:pulumi:Stack" },
                {
                    urn: "urn:pulumi:dev::shop::aws:cloudfront/distribution:Distribution::cdn",
                    type: "aws:cloudfront/distribution:Distribution",
                    custom: true,
                    id: "E123",
                    inputs: distribution(protocol),
                    outputs: distribution(protocol),
                },
            ],
        },
    });
    for (const protocol of ["http-only", "https-only"]) {
        writeFileSync(path.join(project, `${protocol}.json`), JSON.stringify(state(protocol)));
    }
    says(["encrypted-edge-policy", "audit", "http-only.json"], 1, /cloudfront-origin-https-only/);
    says(["encrypted-edge-policy", "audit", "https-only.json"], 0, /./);
}

function distribution(protocol) {
    const customOriginConfig = {
        originProtocolPolicy: protocol,
        httpPort: 80,
        httpsPort: 443,
        originSslProtocols: ["TLSv1.2"],
    };
    return {
        enabled: true,
        origins: [{ originId: "app", domainName: "origin.example.com", customOriginConfig }],
        defaultCacheBehavior: { targetOriginId: "app", viewerProtocolPolicy: "redirect-to-https" },
        viewerCertificate: { cloudfrontDefaultCertificate: true },
    };
}

function says(command, status, words) {
    const [runner, ...args] = [...chosen.run, ...command];
    const result = spawnSync(runner, args, { cwd: project, encoding: "utf8", maxBuffer: 1e8 });
    const output = `${result.stdout}${result.stderr}`;
    if (result.status !== status || !words.test(output)) {
        throw new Error(
            `"${[runner, ...args].join(" ")}" ended with ${result.status} instead of ${status}, or did not say ${words}:\n${output}`,
        );
    }
}
