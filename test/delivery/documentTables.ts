import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { root } from "./packed";

/** The rows of the table with this header, cell by cell. */
export function rowsOf(document: string, header: string): string[][] {
    const [, table] = fs.readFileSync(path.join(root, document), "utf8").split(`\n${header}\n`);
    assert.ok(table !== undefined, `${document} has no table ${header}`);
    const end = table.search(/^(?!\|)/m);
    return table
        .slice(0, end)
        .trim()
        .split("\n")
        .slice(1)
        .map((row) =>
            row
                .split(/(?<!\\)\|/)
                .slice(1, -1)
                .map((cell) => cell.trim()),
        );
}

/** The inline code of a cell. */
export const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
