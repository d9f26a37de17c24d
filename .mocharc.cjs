// Without a file named on the command line every test runs; with one, that one alone.
const files = process.argv.slice(2).filter((argument) => argument.endsWith(".test.ts"));

module.exports = {
    require: ["./test/register.cjs"],
    extension: ["ts"],
    timeout: 20000,
    forbidOnly: true,
    spec:
        files.length > 0
            ? files
            : ["benchmarks", "common", "components", "stack", "policy", "rehearsal", "verify", "test"].map(
                  (room) => `${room}/**/*.test.ts`,
              ),
    ignore: ["**/node_modules/**", "**/bin/**", "**/.rehearsal/**", "**/.stryker-tmp/**"],
    reporter: "./test/reporter.cjs",
};
