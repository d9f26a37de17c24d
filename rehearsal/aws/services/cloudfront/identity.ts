import { accountId } from "../../account";
import { capitals } from "../resource";

/** The version of a resource, new with each change. */
export function etag() {
    return { etag: `E${capitals(13)}` };
}

/** What CloudFront gives a resource of a kind when it is created. */
export function identity(kind: string, id = `E${capitals(13)}`) {
    return { id, arn: `arn:aws:cloudfront::${accountId}:${kind}/${id}`, ...etag() };
}
