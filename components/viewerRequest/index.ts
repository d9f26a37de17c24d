export { viewerRequestCode, viewerRequestCodeProblem } from "./viewerRequestCode";
