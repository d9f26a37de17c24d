import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** gRPC from the viewer to the targets. Health checks ask by gRPC too; every status code of it says that one is there. */
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
