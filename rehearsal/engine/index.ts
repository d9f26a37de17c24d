/**
 * The engine of a rehearsal: the real Pulumi CLI, found or built, and the environment that points it at this machine.
 */
export { buildGoTool, type GoTool, javaHost, sdkGenerator, yamlHost } from "./goTools";
export { ownLanguages, writeLanguageShims } from "./languageShims";
export { locateCli, type Cli, type LocateOptions } from "./locateCli";
export { elapsed, type OnProgress } from "./elapsed";
export { onPath } from "./executables";
export { keepWritten } from "./keepWritten";
export { rehearsalEnvironment } from "./rehearsalEnvironment";
export { rehearsalPaths, type RehearsalPaths } from "./rehearsalPaths";
export { userCache } from "./userCache";
