import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Serves gRPC from the viewer to the targets. Health checks use gRPC too and accept every status code. */
export const edge = new EncryptedEdge("grpc-edge", site("grpc-edge"), {
    transform: {
        distribution: (args) => {
            args.defaultCacheBehavior.grpcConfig = { enabled: true };
        },
        targetGroups: (args) => {
            args.protocolVersion = "GRPC";
            args.healthCheck = { ...args.healthCheck, path: "/AWS.ALB/healthcheck", matcher: "0-99" };
        },
    },
});
