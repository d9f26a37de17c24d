import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { escapePattern } from "@encrypted-edge/common";
import { argumentSpecs } from "../../components/arguments/argumentSpecs";
import { durationOf } from "../../rehearsal/aws/facts/durations";
import { RehearsedStack } from "../../rehearsal/aws/test/rehearsedStack";
import { page as answerOf } from "../../rehearsal/traffic/ownAnswers";
import { root } from "./packed";

const page = fs.readFileSync(path.join(root, "docs", "first-deployment.md"), "utf8");

/** AWS's errors in the list of what may go wrong, as they are quoted: a code, and words of the message. */
const quoted = [...(/## When it stops halfway([^]*?)\n## /.exec(page)?.[1] ?? "").matchAll(/^- .*$/gm)].flatMap(
    ([item]) => [...item.matchAll(/`([A-Z]\w+(?: [^`]*)?)`/g)].map(([, error = ""]) => error),
);

/** What a quoted error has to be found in; "..." stands for anything. */
const pattern = (error: string) => new RegExp(error.split(" ... ").map(escapePattern).join(".*"));

describe("docs/first-deployment.md", () => {
    let stack: RehearsedStack;

    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });

    afterEach(() => stack.remove());

    it("quotes the errors that AWS answers, in their words", async () => {
        const { id: acmCertificateArn } = await stack.certificate("us-east-1", "*.example.com");
        const viewerCertificate = { acmCertificateArn, sslSupportMethod: "sni-only" };
        const twice: Readonly<Record<string, () => Promise<unknown>>> = {
            InvalidChangeBatch: () => stack.record({}),
            CNAMEAlreadyExists: () => stack.distribution({ aliases: ["www.example.com"], viewerCertificate }),
        };
        // The other two need no account to be known: the provider's own wait, and IAM, which the rehearsal does not model.
        assert.deepEqual(
            quoted.map((error) => error.split(" ")[0]),
            ["CertificateValidation", "InvalidChangeBatch", "CNAMEAlreadyExists", "AccessDenied"],
        );
        for (const [code, make] of Object.entries(twice)) {
            await make();
            await assert.rejects(make(), pattern(quoted.find((error) => error.startsWith(code)) ?? assert.fail(code)));
        }
    });

    it("says what the load balancer answers without a target, and how long the certificates are waited for", () => {
        const [, answer = ""] = /The site answers `([^`]+)`/.exec(page) ?? [];
        assert.ok(answer !== "" && answerOf(503).includes(answer), answer);
        const [, minutes] = /waits (\d+) minutes for them \(`certificateValidationTimeout`\)/.exec(page) ?? [];
        assert.equal(Number(minutes), argumentSpecs.certificateValidationTimeout.default);
    });

    it("says how long the slow resources take, to the half minute", () => {
        const rows = [...page.matchAll(/^ *\| `aws:(\w+):(\w+)` creating \| (\d+) (s|minutes) \|/gm)];
        assert.equal(rows.length, 3);
        for (const [row, service, name = "", amount, unit] of rows) {
            const said = Number(amount) * (unit === "s" ? 1 : 60);
            const { create } = durationOf(`aws:${service}/${name[0]?.toLowerCase()}${name.slice(1)}:${name}`);
            assert.ok(create !== undefined && Math.abs(create - said) <= 30, `${row}: ${create} s`);
        }
    });
});
