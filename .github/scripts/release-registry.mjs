#!/usr/bin/env node
// Serves what release-pack.mjs left in FOLDER from a registry on this machine, and runs COMMAND with it: packages are
// installed as strangers will install them, before anything is published for good. Everything else comes from npm's own
// registry. The registry listens on loopback alone, in a temporary folder, and ends with the command.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { packages, stop } from "./release-packages.mjs";

const [folder, separator, ...command] = process.argv.slice(2);
if (folder === undefined || separator !== "--" || command.length === 0) {
    stop("usage: release-registry.mjs FOLDER_OF_RELEASE_PACK -- COMMAND [ARGUMENT ...]");
}
if (!existsSync(folder)) {
    stop(`${folder} is missing. Pack all packages with release-pack.mjs first.`);
}

/** verdaccio asks for node-fetch by a moving tag. */
const registry = { dependencies: { verdaccio: "6.8.0" }, overrides: { "node-fetch": "2.7.0" } };
const here = path.dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), "registry-"));
const npm = (...args) => spawnSync("npm", args, { cwd: work, encoding: "utf8" });

async function main() {
    const upstream = npm("config", "get", "registry").stdout.trim();
    writeFileSync(path.join(work, "package.json"), JSON.stringify({ name: "registry", private: true, ...registry }));
    const installed = npm("install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
    if (installed.status !== 0) {
        stop(`verdaccio could not be installed:\n${installed.stderr}`);
    }
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    writeFileSync(path.join(work, "config.json"), JSON.stringify(configuration(port, upstream)));
    const server = spawn(path.join(work, "node_modules", ".bin", "verdaccio"), ["--config", "config.json"], {
        cwd: work,
        stdio: ["ignore", "ignore", 2],
    });
    try {
        await answers(url, server);
        // npm wants a token to publish; this registry asks for none.
        const userConfig = path.join(work, "npmrc");
        writeFileSync(userConfig, `registry=${url}\n//127.0.0.1:${port}/:_authToken=none\n`);
        const environment = { ...process.env, GITHUB_ACTIONS: "", ...settings(url, userConfig) };
        run([path.join(here, "release-publish.mjs"), folder], environment);
        run(command, environment);
    } finally {
        server.kill();
    }
}

/**
 * By what npm and pnpm, Yarn, Yarn 1 and Bun are told their registry. The latter three keep what they fetched by name and
 * version alone, so they get a cache that ends with the registry.
 */
function settings(url, userConfig) {
    return {
        NPM_CONFIG_USERCONFIG: userConfig,
        npm_config_registry: url,
        YARN_NPM_REGISTRY_SERVER: url,
        YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
        YARN_REGISTRY: url,
        YARN_GLOBAL_FOLDER: path.join(work, "yarn"),
        YARN_CACHE_FOLDER: path.join(work, "yarn-cache"),
        BUN_CONFIG_REGISTRY: url,
        BUN_INSTALL_CACHE_DIR: path.join(work, "bun"),
    };
}

/** Ours from here alone: nobody else's package of that name is ever installed. */
function configuration(port, upstream) {
    const own = Object.fromEntries(
        packages().map(({ manifest }) => [manifest.name, { access: "$all", publish: "$all" }]),
    );
    return {
        storage: "./storage",
        uplinks: { upstream: { url: upstream, cache: true } },
        packages: { ...own, "**": { access: "$all", proxy: "upstream" } },
        listen: `127.0.0.1:${port}`,
        max_body_size: "100mb",
        log: { type: "stderr", format: "pretty", level: "error" },
    };
}

function freePort() {
    const server = createServer();
    return new Promise((resolve, reject) => {
        server.on("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

async function answers(url, server) {
    for (let attempt = 0; attempt < 60; attempt++) {
        if (server.exitCode !== null) {
            break;
        }
        if (await pings(url)) {
            return;
        }
        await wait(500);
    }
    throw new Error(`verdaccio did not answer on ${url}.`);
}

function pings(url) {
    return new Promise((resolve) => {
        get(`${url}-/ping`, (answer) => resolve(answer.resume().statusCode === 200)).on("error", () => resolve(false));
    });
}

function run([program, ...args], env) {
    const { status, error } = spawnSync(program, args, { stdio: "inherit", env });
    if (error !== undefined || status !== 0) {
        throw new Error(`"${[program, ...args].join(" ")}" ${error?.message ?? `ended with ${status}`}.`);
    }
}

try {
    await main();
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
} finally {
    rmSync(work, { recursive: true, force: true });
}
