// A rule of this repository: a room (a folder with an index.ts) is entered by its door alone.
import { existsSync } from "node:fs";
import path from "node:path";

/** The room, as an absolute path, whose door an import passes by; undefined where it enters properly. */
export function roomPassedBy(importer, target) {
    const from = path.dirname(importer);
    let room = path.dirname(target);
    let outermost;
    // Rooms that the importer is in itself have no door for it.
    while (from !== room && !from.startsWith(room + path.sep)) {
        if (existsSync(path.join(room, "index.ts"))) {
            outermost = room;
        }
        room = path.dirname(room);
    }
    const isDoor = outermost !== undefined && target === path.join(outermost, "index");
    return isDoor ? undefined : outermost;
}

/** The file without its ending that a relative import names; a folder stands for its index. */
function targetOf(importer, specifier) {
    const target = path.resolve(path.dirname(importer), specifier.replace(/\.(ts|js)$/, ""));
    return existsSync(`${target}.ts`) ? target : path.join(target, "index");
}

export default {
    meta: { type: "problem", schema: [] },
    create(context) {
        const check = (node) => {
            const specifier = node.source?.value;
            if (typeof specifier !== "string" || !specifier.startsWith(".")) {
                return;
            }
            const room = roomPassedBy(context.filename, targetOf(context.filename, specifier));
            if (room !== undefined) {
                const shown = path.relative(context.cwd, room);
                context.report({
                    node,
                    message: `"${specifier}" goes past the door of ${shown}: import it from there.`,
                });
            }
        };
        return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
    },
};
