export { changeByCloudFrontFunction, changeByLambda, type OriginChange } from "./originChanges";
