import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Values } from "../../../provider";
import { filledText, object, text } from "../../account";
import type { Operation, ResourceModel } from "../resource";
import { takesAcls } from "./settings";

/**
 * An object of a bucket. A file is read where the program says it lies, and again each time when the object is asked
 * for: what AWS would hold as a copy is here the file itself.
 *
 * Source: S3 API reference, PutObject; the provider, aws_s3_object.
 */
export const bucketObject: ResourceModel = {
    rules: [{ form: ["key", (key) => key !== "" && Buffer.byteLength(key) <= 1024, "1 to 1,024 bytes of UTF-8"] }],
    judge: ({ account, inputs, refuseIf }) =>
        refuseIf(
            !takesAcls(account, inputs) && !/^(|bucket-owner-full-control)$/.test(text(inputs.acl)),
            "AccessControlListNotSupported",
            "The bucket does not allow ACLs",
        ),
    create: (change) => ({ id: `${text(change.inputs.bucket)}/${keyOf(change.inputs)}`, ...put(change) }),
    update: put,
};

function put({ inputs, region }: Operation): Values {
    const bucket = text(inputs.bucket);
    const source = resolved(object(inputs.source));
    const bytes = objectBytes({ ...inputs, source });
    return {
        region,
        arn: `arn:aws:s3:::${bucket}/${keyOf(inputs)}`,
        contentType: filledText(inputs.contentType) ?? "application/octet-stream",
        ...(bytes === undefined ? {} : { etag: createHash("md5").update(bytes).digest("hex") }),
        ...(inputs.source === undefined ? {} : { source }),
        lastModified: new Date().toISOString(),
    };
}

/** As the provider does, without the slashes that it begins with. */
function keyOf(inputs: Values): string {
    return text(inputs.key).replace(/^\/+/, "");
}

/** A file of the program, found from anywhere: whoever serves it runs elsewhere. */
function resolved(source: Values): Values {
    const file = filledText(source.path);
    return file === undefined ? source : { ...source, path: path.resolve(file) };
}

/** The bytes of an object as its record holds them; undefined for archives, and for files that cannot be read. */
export function objectBytes({ content, contentBase64, source }: Values): Buffer | undefined {
    if (typeof contentBase64 === "string") {
        return Buffer.from(contentBase64, "base64");
    }
    const asset = object(source);
    if (typeof content === "string" || typeof asset.text === "string") {
        return Buffer.from(text(content ?? asset.text));
    }
    const file = filledText(asset.path);
    if (file === undefined) {
        return Object.keys(asset).length === 0 ? Buffer.alloc(0) : undefined;
    }
    try {
        return readFileSync(file);
    } catch {
        return undefined;
    }
}
