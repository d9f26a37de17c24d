import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { webAcl } from "../../components/test/deployedEdge";
import { deploy } from "../../components/test/deployment";

const page = readFileSync(path.join(__dirname, "..", "..", "docs", "costs.md"), "utf8");

/** The rows of the first table, without its head. */
const rows = (/## Each month[^#]*/.exec(page)?.[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
        line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
    );

describe("docs/costs.md", () => {
    it("calculates right", () => {
        const parts = rows.slice(0, -1).map(([, price = "", count, monthly]) => {
            const [amount = "", unit = ""] = price.split(/ (?=an? )/);
            const inMonth = { "an hour": 730, "a month": 1 }[unit] ?? assert.fail(price);
            assert.ok(Math.abs(Number(monthly) - Number(amount) * inMonth * Number(count)) <= 0.0051, price);
            return Number(monthly);
        });
        assert.equal(parts.length, 4);
        assert.equal(rows.at(-1)?.[3], parts.reduce((sum, part) => sum + part, 0).toFixed(2));
    });

    it("counts the rules that the web ACL has by default", async () => {
        const { rules } = webAcl(await deploy({}));
        const [, , count] = rows.find(([part = ""]) => part.includes("rules of the web ACL")) ?? [];
        assert.equal(Number(count), rules.length);
    });
});
