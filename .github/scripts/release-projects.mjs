// The kinds of projects in which release-try.mjs uses published packages: how a stranger installs there, and how commands
// of installed packages are run. An `add` command gets the packages behind it. `folder` is the program's within the project;
// `starter` installs in the folder of the policy pack, where the engine finds none in the program's own node_modules.

const npm = { add: ["npm", "install", "--no-audit", "--no-fund"], run: ["npx", "--no-install"] };
const yarn = { add: ["yarn", "add"], run: ["yarn", "run"] };

/** Yarn holds back what was published within days, and the packages of a release are tried at once. */
const yarnSettings =
    (linker) =>
    ({ own }) => ({
        // An empty lock file makes the folder a project of its own.
        "yarn.lock": "",
        // What is installed in the pack's folder is npm's affair: docs/enforcement.md.
        ".yarnrc.yml": `nodeLinker: ${linker}\npnpIgnorePatterns: ["./policy/**"]\nnpmPreapprovedPackages:\n${own.map((name) => `  - "${name}"\n`).join("")}`,
    });

const workspace = (folder) => ({
    "package.json": JSON.stringify({ name: "shop", private: true, workspaces: [folder, "policy"] }),
});

/** Every kind, by its name. */
export const projects = {
    npm,
    "npm-workspace": { ...npm, folder: "infra", starter: npm.add, files: () => workspace("infra") },
    pnpm: { add: ["pnpm", "add"], run: ["pnpm", "exec"] },
    "pnpm-workspace": {
        add: ["pnpm", "add"],
        run: ["pnpm", "exec"],
        folder: "infra",
        starter: ["pnpm", "add"],
        files: () => ({
            "package.json": JSON.stringify({ name: "shop", private: true }),
            "pnpm-workspace.yaml": "packages:\n  - infra\n  - policy\n",
        }),
    },
    yarn: { ...yarn, files: yarnSettings("node-modules") },
    "yarn-pnp": { ...yarn, files: yarnSettings("pnp"), starter: npm.add },
    "yarn-classic": { add: ["yarn", "add", "--non-interactive"], run: ["yarn", "--silent", "run"] },
    bun: { add: ["bun", "add"], run: ["bunx", "--no-install"] },
    esm: {
        ...npm,
        module: true,
        compilerOptions: {
            module: "nodenext",
            target: "es2023",
            strict: true,
            noUncheckedIndexedAccess: true,
            exactOptionalPropertyTypes: true,
            verbatimModuleSyntax: true,
            noEmit: true,
        },
    },
    awsx: { ...npm, also: ["@pulumi/awsx@3.9.0"] },
    // The oldest SDKs that the component and the rehearsal allow.
    oldest: { ...npm, oldest: true },
    // An estate that has not moved: no component, the pack and the prober judge and probe what is there.
    "aws-6": { ...npm, sdks: { "@pulumi/aws": "6.83.4", "@pulumi/pulumi": "3.204.0" }, folders: ["policy", "verify"] },
    // A Pulumi program in Python, with an SDK made of the component's schema; the pack has a folder of its own.
    python: { ...npm, starter: npm.add, audit: ["npx", "--no-install", "--prefix", "policy"] },
};
