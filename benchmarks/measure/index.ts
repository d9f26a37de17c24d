export { type Machine, machine } from "./machine";
export { type Call, measure, type Measurement } from "./measure";
export { median, pairedRatio } from "./median";
export { mulberry32 } from "./random";
