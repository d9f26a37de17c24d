export { htmlPage, type HtmlPage, pageStyle } from "./htmlPage";
export { escapeMarkup } from "./markup";
export { nearestName } from "./nearestName";
export { replaceFile } from "./replaceFile";
