// Types are checked once by the test command, so the test runner only strips them.
require("ts-node").register({ transpileOnly: true, project: require("path").join(__dirname, "..", "tsconfig.json") });
