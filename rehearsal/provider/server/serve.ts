import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Provider } from "./provider";
import { resourceProviderService } from "./resourceProviderService";

/** As large as the engine's own: 400 MiB. */
const messageSize = 400 * 1024 * 1024;

/** Serves a provider to the engine that started this process, on loopback, and ends with that engine. */
export function serve(provider: Provider): void {
    // Killed, the engine reads no more: what started this process ends it then, and so does the next line it writes.
    process.stdout.on("error", () => process.exit(0));
    const server = new grpc.Server({
        "grpc.max_receive_message_length": messageSize,
        "grpc.max_send_message_length": messageSize,
    });
    server.addService(ResourceProviderService, resourceProviderService(provider));
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error !== null) {
            process.stderr.write(`The provider cannot listen on loopback: ${error.message}\n`);
            process.exit(1);
        }
        // The engine reads the port from the first line, and nothing else may stand there.
        process.stdout.write(`${port}\n`);
    });
}
