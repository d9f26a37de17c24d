export { installedPackage, type InstalledPackage } from "./installedPackage";
export { nearestName } from "./nearestName";
export { replaceFile } from "./replaceFile";
