import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { accountId, filledText, object } from "../aws/account";
import { objectBytes, policyAllows, readPolicy } from "../aws/services";
import type { DeployedAccount, DeployedResource, Properties } from "./deployedAccount";
import type { OriginRequest } from "./originRequest";
import { wanted, type WholeAnswer } from "./partialAnswers";
import { pathOf } from "./urls";

/** What CloudFront asks a bucket for, and as whom. */
export interface BucketAsked {
    readonly method: string;
    readonly sent: OriginRequest;
    /** How the viewer is connected: what is not signed goes to S3 in the same way. */
    readonly scheme: "http" | "https";
    readonly distributionArn: string;
}

/** The bucket whose REST endpoint is an origin; undefined for any other origin. */
export function bucketOf(account: DeployedAccount, origin: Properties): DeployedResource | undefined {
    if (origin.customOriginConfig !== undefined || origin.vpcOriginConfig !== undefined) {
        return undefined;
    }
    const [, name] = /^(.+)\.s3([.-][a-z0-9-]+)?\.amazonaws\.com$/.exec(filledText(origin.domainName) ?? "") ?? [];
    return account.find("Bucket", name);
}

/**
 * Answers as S3 does: by the bucket policy, the public access block and who CloudFront says that it is.
 *
 * Sources: CloudFront developer guide, "Restrict access to an Amazon S3 origin"; S3 API reference, GetObject.
 */
export function bucketAnswer(
    account: DeployedAccount,
    origin: Properties,
    bucket: DeployedResource,
    { method, sent, scheme, distributionArn }: BucketAsked,
): WholeAnswer {
    const caller = callerOf(account, origin, { sent, scheme, distributionArn });
    const may = (action: string, key?: string) => mayDo(account, bucket, caller, { action, key });
    const key = keyOf(sent.url);
    if (key === undefined) {
        return failure(400, "InvalidURI", "Couldn't parse the specified URI.");
    }
    if (method === "OPTIONS") {
        return failure(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.");
    }
    const denied = failure(403, "AccessDenied", "Access Denied");
    if (method !== "GET" && method !== "HEAD") {
        return denied;
    }
    const inBucket = [...account.all("BucketObject"), ...account.all("BucketObjectv2")].filter(
        ({ properties }) => properties.bucket === bucket.id,
    );
    const mayList = may("s3:ListBucket");
    if (key === "") {
        return mayList ? listing(bucket.id, inBucket) : denied;
    }
    if (!may("s3:GetObject", key)) {
        return denied;
    }
    const found = inBucket.find(({ properties }) => String(properties.key).replace(/^\/+/, "") === key);
    const bytes = found === undefined ? undefined : objectBytes(found.properties);
    if (found === undefined || bytes === undefined) {
        // Whoever may not list a bucket is not told what is in it.
        return mayList ? failure(404, "NoSuchKey", "The specified key does not exist.") : denied;
    }
    const headers = objectHeaders(found, bytes);
    return wanted({ method, headers: sent.headers }, { status: 200, headers, body: bytes });
}

interface Caller {
    /** Undefined for somebody whom S3 does not know. */
    readonly principals: readonly string[] | undefined;
    readonly context: Readonly<Record<string, string>>;
}

function callerOf(
    account: DeployedAccount,
    origin: Properties,
    { sent, scheme, distributionArn }: Omit<BucketAsked, "method">,
): Caller {
    const control = account.find("OriginAccessControl", origin.originAccessControlId)?.properties;
    const signs =
        control?.signingBehavior === "always" ||
        (control?.signingBehavior === "no-override" && sent.headers.authorization === undefined);
    if (signs) {
        return {
            principals: ["cloudfront.amazonaws.com"],
            // Signed requests always go over TLS.
            context: {
                "aws:SecureTransport": "true",
                "aws:SourceArn": distributionArn,
                "aws:SourceAccount": accountId,
            },
        };
    }
    const context = { "aws:SecureTransport": String(scheme === "https") };
    const [, identity] =
        /^origin-access-identity\/cloudfront\/(\w+)$/.exec(
            filledText(object(origin.s3OriginConfig).originAccessIdentity) ?? "",
        ) ?? [];
    const known = account.find("OriginAccessIdentity", identity)?.properties;
    return known === undefined
        ? { principals: undefined, context }
        : {
              principals: [known.iamArn, known.s3CanonicalUserId].flatMap((one) => filledText(one) ?? []),
              context,
          };
}

function mayDo(
    account: DeployedAccount,
    bucket: DeployedResource,
    { principals, context }: Caller,
    { action, key }: { readonly action: string; readonly key?: string },
): boolean {
    const of = (kind: string) =>
        account.all(kind).find(({ properties }) => properties.bucket === bucket.id)?.properties;
    // Since April 2023 a new bucket keeps the public out until its public access block says otherwise.
    const block = of("BucketPublicAccessBlock") ?? { restrictPublicBuckets: true };
    if (principals === undefined && block.restrictPublicBuckets === true) {
        return false;
    }
    const statements = readPolicy(of("BucketPolicy")?.policy ?? bucket.properties.policy) ?? [];
    const resource = `arn:aws:s3:::${bucket.id}${key === undefined ? "" : `/${key}`}`;
    return policyAllows(statements, { principals: principals ?? [], action, resource, context });
}

/** Undefined where it is not spelled as a URL may be. */
function keyOf(url: string): string | undefined {
    try {
        return decodeURIComponent(pathOf(url).replace(/^\//, ""));
    } catch {
        return undefined;
    }
}

function objectHeaders({ properties }: DeployedResource, bytes: Buffer): IncomingHttpHeaders {
    const stated = {
        "cache-control": properties.cacheControl,
        "content-disposition": properties.contentDisposition,
        "content-encoding": properties.contentEncoding,
        "content-language": properties.contentLanguage,
        "x-amz-website-redirect-location": properties.websiteRedirect,
    };
    return {
        ...Object.fromEntries(Object.entries(stated).filter(([, value]) => filledText(value) !== undefined)),
        ...Object.fromEntries(
            Object.entries(object(properties.metadata)).map(([name, value]) => [`x-amz-meta-${name}`, String(value)]),
        ),
        "accept-ranges": "bytes",
        "content-length": String(bytes.length),
        "content-type": filledText(properties.contentType) ?? "application/octet-stream",
        etag: `"${createHash("md5").update(bytes).digest("hex")}"`,
        "last-modified": new Date(filledText(properties.lastModified) ?? 0).toUTCString(),
        server: "AmazonS3",
        "x-amz-server-side-encryption": "AES256",
    };
}

function failure(status: number, code: string, message: string): WholeAnswer {
    return xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

/** What a bucket shows to whoever may list it: a mistake that shows here as it would in AWS. */
function listing(bucket: string, inBucket: readonly DeployedResource[]): WholeAnswer {
    const keys = inBucket.map(({ properties }) => `<Contents><Key>${escaped(String(properties.key))}</Key></Contents>`);
    return xml(
        200,
        `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><IsTruncated>false</IsTruncated>${keys.join("")}</ListBucketResult>`,
    );
}

function escaped(text: string): string {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function xml(status: number, content: string): WholeAnswer {
    const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${content}`);
    return {
        status,
        headers: { "content-type": "application/xml", "content-length": String(body.length), server: "AmazonS3" },
        body,
    };
}
