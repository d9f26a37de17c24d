import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import doors from "./scripts/eslint/doors.mjs";

export default tseslint.config(
    { ignores: ["**/bin/**", "**/bundle/**", "**/node_modules/**", "**/.rehearsal/**", "**/.stryker-tmp/**"] },
    eslint.configs.recommended,
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.recommendedTypeChecked],
        languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-misused-promises": "error",
            "@typescript-eslint/await-thenable": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            eqeqeq: "error",
            curly: "error",
            "dot-notation": "error",
            "no-restricted-syntax": [
                "error",
                {
                    selector:
                        ":matches(PropertyDefinition, MethodDefinition[kind!='constructor'], TSParameterProperty)[accessibility='private']",
                    message: "One form everywhere: #name, which is private at run time, too.",
                },
                {
                    selector: "ImportDeclaration[source.value='node:path'] ImportSpecifier",
                    message: 'One form everywhere: import * as path from "node:path".',
                },
                {
                    selector:
                        "ImportDeclaration[source.value=/^(node:)?assert/]:not([source.value='node:assert/strict']:has(ImportDefaultSpecifier))",
                    message: 'One form everywhere: import assert from "node:assert/strict".',
                },
            ],
        },
    },
    {
        files: ["**/*.ts"],
        ignores: ["**/*.test.ts", "**/test/**", "benchmarks/**", "scripts/constraints/**"],
        plugins: { house: { rules: { doors } } },
        rules: { "house/doors": "error", "max-params": ["error", 5] },
    },
    {
        // Pulumi registers a resource when it is constructed; the variable is often not needed.
        files: ["**/*.ts"],
        rules: { "no-new": "off", "@typescript-eslint/no-unused-expressions": "error" },
    },
    {
        files: ["**/*.js", "**/*.cjs", "**/*.mjs"],
        languageOptions: {
            globals: {
                process: "readonly",
                console: "readonly",
                require: "readonly",
                module: "readonly",
                __dirname: "readonly",
                setTimeout: "readonly",
            },
        },
    },
    {
        // A script for CloudFront's runtime, which calls what is declared there.
        files: ["components/viewerRequest/*.js"],
        languageOptions: { sourceType: "script" },
        rules: {
            "no-unused-vars": [
                "error",
                { varsIgnorePattern: "^(setForwardedHeaders|redirectionTo|maintenanceAnswer)$" },
            ],
        },
    },
);
