export { changeByCloudFrontFunction } from "./cloudFrontFunction";
export { changeByLambda } from "./lambdaFunction";
export type { OriginChange } from "./originChange";
