/** A policy pack without a policy, compiled, by file name: what any pack costs in the engine. */
export const emptyPack: Readonly<Record<string, string>> = {
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": '{ "name": "floor", "version": "1.0.0", "main": "index.js" }\n',
    "index.js": 'const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("floor", { policies: [] });\n',
};
