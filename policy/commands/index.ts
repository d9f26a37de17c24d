export { checkCommand, schemaCommand } from "./configurationCommands";
export { configurationFileProblems } from "./configurationFile";
