import assert from "node:assert/strict";
import { tell } from "./tell";

describe("rehearse: what people read", () => {
    function told(text: string, terminal: { isTTY?: boolean; columns?: number }): string[] {
        let written = "";
        tell({ ...terminal, write: (part: string) => (written += part) } as unknown as NodeJS.WriteStream, text);
        return written.split("\n");
    }

    const prose = 'There is no stack "prd": Pulumi.prd.yaml does not exist, and nobody has created this stack.';

    it("is broken between words where a terminal is narrow, and says the same", () => {
        for (const columns of [60, 80]) {
            const lines = told(`${prose}\n  Network  ${"3 SecurityGroup, ".repeat(8)}Vpc`, { isTTY: true, columns });
            assert.ok(lines.length > 4, String(lines.length));
            assert.deepEqual(
                lines.filter((line) => line.length > columns),
                [],
            );
            assert.ok(lines.join(" ").startsWith(prose));
            assert.match(lines.join("\n"), /\n {2}Network {2}3 .*\n {11}\S/);
        }
    });

    it("stays whole in a file, on a terminal that is too narrow, and where it is a command to copy", () => {
        const command = `  curl --cacert ca.pem https://${"www.".repeat(20)}example.com/ --include`;
        assert.deepEqual(told(prose, {}), [prose, ""]);
        assert.deepEqual(told(prose, { isTTY: true, columns: 30 }), [prose, ""]);
        assert.deepEqual(told(command, { isTTY: true, columns: 60 }), [command, ""]);
    });
});
