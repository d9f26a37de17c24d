export { breakableMarkup, escapeMarkup } from "./markup";
export { htmlPage, type HtmlPage, pageStyle } from "./htmlPage";
export { installedPackage, type InstalledPackage } from "./installedPackage";
export { makeFolder } from "./makeFolder";
export { nearestName } from "./nearestName";
export { type Progress, progressBar, type ProgressOptions, showProgress } from "./progress";
export { replaceFile } from "./replaceFile";
export { systemErrorReasons } from "./systemErrorReasons";
export { fitted, fittedHelp, wrapped } from "./wrapped";
