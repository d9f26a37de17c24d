export { nearestName } from "./nearestName";
export { replaceFile } from "./replaceFile";
