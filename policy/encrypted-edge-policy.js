#!/usr/bin/env node
const fs = require("node:fs");
const path = require("node:path");

const compiled = path.join(__dirname, "bin", "cli.js");
if (!fs.existsSync(compiled)) {
    process.stderr.write("The policy pack is not compiled yet. Run: npm run build\n");
    process.exit(2);
}
require(compiled);
