export { defaultErrorPage } from "./errorPage";
export {
    errorPageProblem,
    maintenanceRoomProblem,
    viewerRequestCode,
    viewerRequestCodeProblem,
} from "./viewerRequestCode";
