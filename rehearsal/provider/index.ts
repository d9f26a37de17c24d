export * from "./server";
export * from "./typings";
