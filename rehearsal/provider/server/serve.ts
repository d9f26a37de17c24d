import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { serveEngine } from "../../grpcServer";
import type { Provider } from "./provider";
import { resourceProviderService } from "./resourceProviderService";

/** Serves a provider to the engine that started this process, and ends with that engine. */
export function serve(provider: Provider): void {
    // Killed, the engine reads no more: what started this process ends it then, and so does the next line it writes.
    process.stdout.on("error", () => process.exit(0));
    serveEngine(ResourceProviderService, resourceProviderService(provider), "The provider");
}
