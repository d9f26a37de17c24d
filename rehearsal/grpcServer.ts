import { systemErrorReasons } from "@encrypted-edge/common";
import * as grpc from "@grpc/grpc-js";

/** As large as the engine's own: 400 MiB. */
const messageSize = 400 * 1024 * 1024;

/** Answers a call with what a function gives; what it throws is told to the engine in its own words. */
export function unary<Request, Response>(
    handler: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
        Promise.resolve()
            .then(() => handler(call.request))
            .then(
                (response) => callback(null, response),
                (error: unknown) => callback({ code: grpc.status.UNKNOWN, details: inWords(error) }),
            );
    };
}

/** What went wrong, as the engine shows it; a full disk and the like without the system's abbreviations. */
export function inWords(error: unknown): string {
    if (!(error instanceof Error)) {
        return String(error);
    }
    const { code = "", path = 'the folder ".rehearsal" of the project', message }: NodeJS.ErrnoException = error;
    const reason = systemErrorReasons[code];
    return reason === undefined ? message : `Cannot use ${path}: ${reason} (${code}).`;
}

/** Serves the engine that started this process, on loopback. @param what how errors name this process */
export function serveEngine(
    service: grpc.ServiceDefinition,
    handlers: grpc.UntypedServiceImplementation,
    what: string,
): void {
    const server = new grpc.Server({
        "grpc.max_receive_message_length": messageSize,
        "grpc.max_send_message_length": messageSize,
    });
    server.addService(service, handlers);
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error !== null) {
            process.stderr.write(`${what} cannot listen on loopback: ${error.message}\n`);
            process.exit(1);
        }
        // The engine reads the port from the first line, and nothing else may stand there.
        process.stdout.write(`${port}\n`);
    });
}
