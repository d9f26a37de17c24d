"use strict";

const Module = require("node:module");

/**
 * Has a package loaded when something of it is first used instead of when it is required, for everybody in this process.
 * Only for one whose members its users read as `package.member`, as TypeScript compiles `import * as package`.
 *
 * @param name the package
 * @param from the packages on the way to it, the first as seen from here: each need not see what the one before it does
 */
function loadLater(name, ...from) {
    let file;
    try {
        const near = from.reduce((at, each) => Module.createRequire(at).resolve(each), module.filename);
        file = Module.createRequire(near).resolve(name);
    } catch {
        // Another version of the packages on the way has no use for it.
        return;
    }
    if (require.cache[file] !== undefined) {
        return;
    }
    let loaded;
    const load = () => {
        if (loaded === undefined) {
            delete require.cache[file];
            loaded = require(file);
        }
        return loaded;
    };
    const later = new Module(file);
    later.loaded = true;
    // As a module of ES: what is compiled from `import *` copies the members of any other at once.
    later.exports = new Proxy({}, { get: (_, member) => member === "__esModule" || load()[member] });
    require.cache[file] = later;
}

module.exports = { loadLater };
