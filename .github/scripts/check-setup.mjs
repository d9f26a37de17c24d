#!/usr/bin/env node
// Says everything at once that a job would miss to reach the state of STACK and to read its secrets, before any step
// fails for it. Run in the program's folder.
// Environment: PULUMI_BACKEND_URL and what signs in: AWS_ROLE_ARN with AWS_REGION; AZURE_CLIENT_ID, AZURE_TENANT_ID,
// AZURE_SUBSCRIPTION_ID and AZURE_STORAGE_ACCOUNT; GOOGLE_WORKLOAD_IDENTITY_PROVIDER with GOOGLE_SERVICE_ACCOUNT;
// PULUMI_ORGANIZATION or PULUMI_ACCESS_TOKEN; PULUMI_CONFIG_PASSPHRASE.
import { existsSync, readFileSync } from "node:fs";

const [stack] = process.argv.slice(2);
if (!stack) {
    console.error("usage: check-setup.mjs STACK");
    process.exit(2);
}

const aws = ["AWS_ROLE_ARN", "AWS_REGION"];
const azure = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID"];
const google = ["GOOGLE_WORKLOAD_IDENTITY_PROVIDER", "GOOGLE_SERVICE_ACCOUNT"];

/** What each kind of backend needs, by the scheme of its URL. Source: Pulumi documentation, "Managing state & backend options". */
const backends = new Map([
    ["s3:", { name: "a state in S3", needs: aws }],
    ["azblob:", { name: "a state in Azure Blob Storage", needs: [...azure, "AZURE_STORAGE_ACCOUNT"] }],
    ["gs:", { name: "a state in Google Cloud Storage", needs: google }],
    ["https:", { name: "Pulumi Cloud", needs: [], oneOf: ["PULUMI_ORGANIZATION", "PULUMI_ACCESS_TOKEN"] }],
]);

/** What each secrets provider of a stack file needs. Source: Pulumi documentation, "Secrets handling". */
const providers = new Map([
    ["awskms:", { name: "secrets under a key of AWS KMS", needs: aws }],
    ["azurekeyvault:", { name: "secrets under a key of Azure Key Vault", needs: azure }],
    ["gcpkms:", { name: "secrets under a key of Google Cloud KMS", needs: google }],
    [
        "hashivault:",
        { name: "secrets under a key of HashiCorp Vault", needs: ["VAULT_SERVER_URL", "VAULT_SERVER_TOKEN"] },
    ],
    ["passphrase", { name: "secrets under a passphrase", needs: ["PULUMI_CONFIG_PASSPHRASE"] }],
]);

/** The stack file; a stack of an organization or of a project is named after its last part. */
const stackFile = `Pulumi.${stack.split("/").at(-1)}.yaml`;

function problems() {
    const found = new Map();
    const miss = (name, reason) => found.set(name, (found.get(name) ?? new Set()).add(reason));
    const isSet = (name) => (process.env[name] ?? "") !== "";

    const url = process.env.PULUMI_BACKEND_URL || "https://api.pulumi.com";
    const scheme = /^[a-z0-9]+:/.exec(url)?.[0];
    const backend = backends.get(scheme);
    if (backend === undefined) {
        const reason =
            scheme === "file:" ? "a folder of the runner is gone when the job ends" : "it is no backend of Pulumi";
        return [
            `PULUMI_BACKEND_URL is "${url}": ${reason}. Write s3://BUCKET, azblob://CONTAINER, gs://BUCKET or https://api.pulumi.com.`,
        ];
    }
    const account = /[?&]storage_account=[^&]/.test(url) ? ["AZURE_STORAGE_ACCOUNT"] : [];
    for (const name of backend.needs.filter((each) => !account.includes(each))) {
        if (!isSet(name)) {
            miss(name, backend.name);
        }
    }
    if (backend.oneOf !== undefined && !backend.oneOf.some(isSet)) {
        miss(backend.oneOf.join(" or "), backend.name);
    }
    const provider = secretsProvider();
    for (const name of provider?.needs ?? []) {
        if (!isSet(name)) {
            miss(name, `${provider.name} (${stackFile})`);
        }
    }
    if (isSet("AWS_ROLE_ARN") && !isSet("AWS_REGION")) {
        miss("AWS_REGION", "the session of AWS_ROLE_ARN");
    }
    for (const [given, others] of [
        ["AZURE_CLIENT_ID", azure],
        ["GOOGLE_WORKLOAD_IDENTITY_PROVIDER", google],
    ]) {
        for (const name of isSet(given) ? others.filter((each) => !isSet(each)) : []) {
            miss(name, `signing in with ${given}`);
        }
    }
    return [...found].map(([name, reasons]) => `${name} is missing: needed for ${[...reasons].join(", ")}.`);
}

/** What the stack's secrets are encrypted by; undefined where the stack file does not say. */
function secretsProvider() {
    const text = existsSync(stackFile) ? readFileSync(stackFile, "utf8") : "";
    const [, named] = /^secretsprovider:\s*["']?([a-z]+:?)/m.exec(text) ?? [];
    return providers.get(named ?? (/^encryptionsalt:/m.test(text) ? "passphrase" : ""));
}

const found = problems();
if (found.length > 0) {
    console.error(
        [
            `Stack '${stack}' cannot be reached yet:`,
            ...found.map((problem) => `  ${problem}`),
            "Set these as variables of the job's environment (PULUMI_ACCESS_TOKEN and PULUMI_CONFIG_PASSPHRASE as secrets); docs/delivery.md says what each is.",
        ].join("\n"),
    );
    process.exitCode = 1;
}
