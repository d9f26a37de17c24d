import { randomUUID } from "node:crypto";

/** A refusal of AWS's, in the words in which the official provider reports it. */
export class AwsError extends Error {
    constructor(service: string, operation: string, code: string, message: string, status = 400) {
        super(
            `operation error ${service}: ${operation}, https response error StatusCode: ${status}, ` +
                `RequestID: ${randomUUID()}, api error ${code}: ${message}`,
        );
    }
}

/** Makes the refusals of one service: `refuse("CreateListener", "CertificateNotFound", "...")`. */
export function refusals(service: string) {
    return (operation: string, code: string, message: string, status?: number): never => {
        throw new AwsError(service, operation, code, message, status);
    };
}
