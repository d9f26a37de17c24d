export { type EdgeNodes, edgeNodes, type EdgeTransform, type EncryptedEdgeOptions } from "./edgeNodes";
export { type EdgeRouteOptions, type RouteNodes, routeNodes, type RouteTransform } from "./routeNodes";
export type { Transform, Written } from "./nodeSpec";
export { everyNodeOf, nodesOf, type TransformOptions, transformProblems, WatchedNodes } from "./watchedNodes";
