/** The command `rehearse`. */
export { MistakeError } from "./mistake";
export { rehearse } from "./rehearse";
export { seedCommand } from "./seed";
export { serveCommand } from "./serve";
export { deployedStack, describeStack, showCommand } from "./show";
export { timeline, type Timeline } from "./timeline";
