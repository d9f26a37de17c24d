import { randomUUID } from "node:crypto";

/** Services whose errors have a status each; the others answer 400. Source: the services' API references, "Errors". */
const statuses: readonly (readonly [services: RegExp, code: RegExp, status: number])[] = [
    [/^(CloudFront|Route 53|S3|SNS)$/, /NoSuch|EntityNotFound|^NotFound$/, 404],
    [/^(CloudFront|S3)$/, /AlreadyExists|AlreadyOwned|InUse|NotEmpty/, 409],
    [/^S3$/, /^AccessDenied$/, 403],
    [/^CloudFront$/, /SizeLimitExceeded$/, 413],
];

/** A refusal of AWS's, in the words in which the official provider reports it. */
export class AwsError extends Error {
    constructor(service: string, call: string, code: string, message: string) {
        const [, , status = 400] =
            statuses.find(([services, codes]) => services.test(service) && codes.test(code)) ?? [];
        super(
            `operation error ${service}: ${call}, https response error StatusCode: ${status}, ` +
                `RequestID: ${randomUUID()}, api error ${code}: ${message}`,
        );
    }
}

/** How one call of AWS's refuses. */
export interface Refusals {
    /** @throws AwsError */
    readonly refuse: (code: string, message: string) => never;
    /** @throws AwsError where something is wrong. */
    readonly refuseIf: (wrong: boolean, code: string, message: string) => void;
}

export function refusals(service: string, call: string): Refusals {
    const refuse = (code: string, message: string): never => {
        throw new AwsError(service, call, code, message);
    };
    const refuseIf = (wrong: boolean, code: string, message: string) => {
        if (wrong) {
            refuse(code, message);
        }
    };
    return { refuse, refuseIf };
}
