/** The command `rehearse`. */
export { main } from "./main";
export { MistakeError } from "./mistake";
export { rehearse } from "./rehearse";
