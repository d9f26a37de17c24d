import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ExpressionEvaluator } from "./expressions";
import { GitHubActions, type JobRun } from "./gitHubActions";
import type { Caller } from "./gitHubSteps";
import { root } from "./packed";

/** The template as it stands in a repository of somebody else, with stand-ins for what its jobs call. */
class ForeignRepository {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "foreign-"));
    readonly files = path.join(this.folder, "shop");
    readonly bin = path.join(this.folder, "bin");

    readonly #expressions: ExpressionEvaluator;

    constructor(expressions: ExpressionEvaluator) {
        this.#expressions = expressions;
        fs.cpSync(path.join(root, "examples", "consumer"), this.files, { recursive: true });
        for (const file of fs.readdirSync(this.files, { recursive: true }).map(String)) {
            this.change(file, (text) =>
                text
                    .replaceAll("${PROJECT}", "shop")
                    .replaceAll("OWNER/encrypted-edge", "them/encrypted-edge")
                    .replaceAll("@COMMIT", `@${"a".repeat(40)}`),
            );
        }
        fs.mkdirSync(this.bin);
        this.write("package-lock.json", "{}");
        this.tool("encrypted-edge-policy", 'cat > /dev/null; echo "no findings"');
        this.tool("verify-edge", 'mkdir -p evidence; echo "{}" > evidence/evidence.json');
        this.command("npm", 'echo "npm $*" >> "$CALLS"');
        this.gh();
        this.pulumi();
        this.git("init", "--quiet");
        this.git("add", "--all");
        this.git("commit", "--quiet", "--message", "a");
    }

    /** Runs a workflow of the repository for an event. */
    run(file: string, event: { name: string; payload?: object }, settings: Partial<Caller>): JobRun[] {
        const { files, bin } = this;
        const caller = { folder: files, bin, repository: "them/shop", variables: { DEPLOYMENTS: "on" }, ...settings };
        return new GitHubActions(caller, this.#expressions).run(file, event);
    }

    /** The engine: previews write a plan and an event, the state is empty; every call is noted. */
    pulumi(more = ""): void {
        this.command(
            "pulumi",
            `echo "pulumi $*" >> "$CALLS"
            case "$1 \${2:-}" in
                "stack export") echo '{"deployment": {"resources": []}}' ;;
                "stack output") echo '{"url": "https://www.example.com"}' ;;
            esac
            ${more}
            [[ $1 != preview ]] || echo "{}" > plan.json`,
        );
    }

    /** GitHub: no issue, no comment, one artifact per preview that was reviewed. */
    gh(more = ""): void {
        this.command(
            "gh",
            `echo "gh $*" >> "$CALLS"
            ${more}
            case "$1 \${2:-}" in
                "api repos/them/shop/commits/"*) echo '[]' ;;
                "api repos/them/shop/actions/artifacts"*)
                    echo '{"total_count": 1, "artifacts": [{"workflow_run": {"id": 7, "repository_id": 1, "head_repository_id": 1}}]}' ;;
                "api repos/them/shop/actions/runs/7")
                    echo "{\\"path\\": \\".github/workflows/pull-request.yml\\", \\"conclusion\\": \\"success\\", \\"event\\": \\"merge_group\\", \\"head_sha\\": \\"$(git rev-parse HEAD)\\"}" ;;
                "run download") cp -r "$RUNNER_TEMP/plan/." "\${@: -1}" ;;
                "api --paginate") echo '[[]]' ;;
            esac`,
        );
    }

    command(name: string, body: string): void {
        const lines = ["#!/usr/bin/env bash", "set -euo pipefail", `CALLS=${this.folder}/calls`, body, ""];
        fs.writeFileSync(path.join(this.bin, name), lines.join("\n"), { mode: 0o755 });
    }

    /** A command of one of our packages, as npm installs it. */
    tool(name: string, body: string): void {
        const folder = path.join(this.files, "node_modules", ".bin");
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(path.join(folder, name), `#!/usr/bin/env bash\nset -eu\n${body}\n`, { mode: 0o755 });
    }

    write(file: string, text: string): void {
        fs.mkdirSync(path.dirname(path.join(this.files, file)), { recursive: true });
        fs.writeFileSync(path.join(this.files, file), text);
    }

    change(file: string, how: (text: string) => string): void {
        const place = path.join(this.files, file);
        if (fs.statSync(place).isFile()) {
            fs.writeFileSync(place, how(fs.readFileSync(place, "utf8")));
        }
    }

    git(...args: string[]): void {
        const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: this.files, encoding: "utf8" });
        assert.equal(status, 0, stderr);
    }

    calls(): string {
        const file = path.join(this.folder, "calls");
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

/** A repository that is made anew for each test of the block that calls this. */
export function foreignRepositoryForEachTest(): () => ForeignRepository {
    let expressions: ExpressionEvaluator;
    let repository: ForeignRepository;
    before(async () => {
        expressions = await ExpressionEvaluator.load();
    });
    beforeEach(() => {
        repository = new ForeignRepository(expressions);
    });
    afterEach(() => repository.remove());
    return () => repository;
}

export const s3 = {
    PULUMI_BACKEND_URL: "s3://states?region=eu-central-1",
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/shop",
    AWS_REGION: "eu-central-1",
};
export const azure = {
    PULUMI_BACKEND_URL: "azblob://states",
    AZURE_CLIENT_ID: "client",
    AZURE_TENANT_ID: "tenant",
    AZURE_SUBSCRIPTION_ID: "subscription",
    AZURE_STORAGE_ACCOUNT: "account",
};
export const google = {
    PULUMI_BACKEND_URL: "gs://states",
    GOOGLE_WORKLOAD_IDENTITY_PROVIDER: "projects/1/locations/global/workloadIdentityPools/a/providers/b",
    GOOGLE_SERVICE_ACCOUNT: "shop@example.iam.gserviceaccount.com",
};
