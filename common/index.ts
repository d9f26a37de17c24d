export { escapeMarkup } from "./markup";
export { htmlPage, type HtmlPage, pageStyle } from "./htmlPage";
export { installedPackage, type InstalledPackage } from "./installedPackage";
export { nearestName } from "./nearestName";
export { replaceFile } from "./replaceFile";
