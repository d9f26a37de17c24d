export { nearestName } from "./nearestName";
export { type Progress, progressBar, type ProgressOptions, showProgress } from "./progress";
export { replaceFile } from "./replaceFile";
