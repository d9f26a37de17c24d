export { htmlPage, type HtmlPage, pageStyle } from "./htmlPage";
export { escapeMarkup } from "./markup";
export { nearestName } from "./nearestName";
export { type Progress, progressBar, type ProgressOptions, showProgress } from "./progress";
export { replaceFile } from "./replaceFile";
