import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import assert from "node:assert/strict";
import { randomBytes, webcrypto } from "node:crypto";
import { createServer as createPlainServer, type RequestListener } from "node:http";
import { createSecureServer, type SecureServerOptions } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Door, Host, Network } from "../network";
import type { Finding, Report, Verdict } from "../report";
import { table } from "../table";
import { verify } from "../verify";

x509.cryptoProvider.set(webcrypto);
const day = 86_400_000;

/** How a certificate of a test differs from a good one. */
export interface CertificateOptions {
    readonly names?: readonly string[];
    /** Bits of an RSA key; default an ECDSA key on P-256. */
    readonly rsaBits?: number;
    /** An Ed25519 key instead. */
    readonly ed25519?: boolean;
    readonly hash?: "SHA-1" | "SHA-256";
    readonly notBefore?: Date;
    readonly notAfter?: Date;
}

/** An authority that a test trusts, and what it issues. */
export class TestAuthority {
    readonly #keys: webcrypto.CryptoKeyPair;
    readonly #root: x509.X509Certificate;

    private constructor(keys: webcrypto.CryptoKeyPair, root: x509.X509Certificate) {
        this.#keys = keys;
        this.#root = root;
    }

    static async create(): Promise<TestAuthority> {
        const keys = await rsaKeys(2048, "SHA-256");
        const root = await x509.X509CertificateGenerator.createSelfSigned({
            name: `CN=Test authority ${randomBytes(4).toString("hex")}`,
            notBefore: new Date(Date.now() - day),
            notAfter: new Date(Date.now() + 30 * day),
            keys,
            extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
        });
        return new TestAuthority(keys, root);
    }

    get pem(): string {
        return this.#root.toString("pem");
    }

    async issue({
        names = ["www.example.com"],
        rsaBits,
        ed25519,
        hash = "SHA-256",
        ...dates
    }: CertificateOptions = {}) {
        const keys = ed25519
            ? ((await webcrypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as webcrypto.CryptoKeyPair)
            : rsaBits === undefined
              ? await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"])
              : await rsaKeys(rsaBits, "SHA-256");
        // A key of Web Crypto signs with the hash that it was imported for.
        const signing = { name: "RSASSA-PKCS1-v1_5", hash };
        const exported = await webcrypto.subtle.exportKey("pkcs8", this.#keys.privateKey);
        const signingKey = await webcrypto.subtle.importKey("pkcs8", exported, signing, false, ["sign"]);
        const certificate = await x509.X509CertificateGenerator.create({
            serialNumber: `01${randomBytes(15).toString("hex")}`,
            issuer: this.#root.subject,
            subject: "CN=www.example.com",
            notBefore: dates.notBefore ?? new Date(Date.now() - day),
            notAfter: dates.notAfter ?? new Date(Date.now() + 40 * day),
            signingAlgorithm: signing,
            publicKey: keys.publicKey,
            signingKey,
            extensions:
                names.length === 0
                    ? []
                    : [new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value })))],
        });
        const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
        return { key, cert: certificate.toString("pem") };
    }
}

async function rsaKeys(modulusLength: number, hash: string): Promise<webcrypto.CryptoKeyPair> {
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash, modulusLength, publicExponent: new Uint8Array([1, 0, 1]) };
    return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** Servers of one test, on loopback, closed together. */
export class TestServers {
    readonly #servers: { server: Server; sockets: Set<Socket> }[] = [];

    async listen(server: Server, host = "127.0.0.1"): Promise<Door> {
        const sockets = new Set<Socket>();
        server.on("connection", (socket: Socket) => {
            socket.on("error", () => undefined);
            sockets.add(socket);
            socket.on("close", () => sockets.delete(socket));
        });
        server.on("tlsClientError", () => undefined);
        this.#servers.push({ server, sockets });
        await new Promise<void>((resolve) => server.listen(0, host, resolve));
        return { address: host, port: (server.address() as AddressInfo).port };
    }

    /** A server that does with each connection what it is told. */
    raw(serve: (socket: Socket) => void, host?: string): Promise<Door> {
        return this.listen(createServer({ allowHalfOpen: true }, serve), host);
    }

    plain(serve: RequestListener): Promise<Door> {
        return this.listen(createPlainServer(serve));
    }

    secure(options: SecureServerOptions, serve: RequestListener = likeCloudFront, host?: string): Promise<Door> {
        const server = createSecureServer({ ...options, allowHTTP1: true }, serve as never);
        server.on("sessionError", () => undefined);
        return this.listen(server, host);
    }

    async close(): Promise<void> {
        await Promise.all(
            this.#servers.splice(0).map(({ server, sockets }) => {
                for (const socket of sockets) {
                    socket.destroy();
                }
                return new Promise((resolve) => server.close(resolve));
            }),
        );
    }
}

/** What CloudFront says of itself. */
export const cloudFrontHeaders = {
    "x-amz-cf-id": "4H5xrxCUoPzdTtTPCBSBNDTVSu4jr4XUH1xg2g9Y0u3PFnPqxbbMiw==",
    "x-amz-cf-pop": "FRA60-P3",
    "x-cache": "Miss from cloudfront",
    via: "1.1 4df8d1c8d5a7b1ad1a0e3a1b2c3d4e5f.cloudfront.net (CloudFront)",
};

/** Answers as a correct edge does. */
export const likeCloudFront: RequestListener = (request, response) => {
    const host = request.headers.host ?? "www.example.com";
    const refused =
        host.endsWith(".invalid") || (request.httpVersion !== "2.0" && request.headers["user-agent"] === undefined);
    response.writeHead(refused ? 403 : 200, {
        ...cloudFrontHeaders,
        ...(refused
            ? { server: "CloudFront" }
            : {
                  server: "application",
                  "strict-transport-security": "max-age=63072000",
                  "x-content-type-options": "nosniff",
                  "x-frame-options": "DENY",
                  "referrer-policy": "no-referrer",
              }),
    });
    response.end();
};

export const redirectToHttps: RequestListener = (request, response) => {
    response.writeHead(301, { location: `https://${request.headers.host}${request.url}`, server: "CloudFront" }).end();
};

export const closed: Door = { closed: "the security group admits nobody" };

/** A network in which everything but the given is as it should be. */
export function networkOf(
    viewer: Host,
    { origin = {}, certificateAuthority }: { readonly origin?: Host; readonly certificateAuthority?: string },
): Network {
    const otherPorts = { closed: "nothing listens here" };
    return {
        description: "a test",
        hosts: {
            "www.example.com": { otherPorts, ...viewer },
            "origin.example.com": { otherPorts, ...origin },
        },
        records: { "www.example.com": ["A", "HTTPS"] },
        modelledRuleGroups: ["AWSManagedRulesCommonRuleSet"],
        certificateAuthority,
    };
}

export const target = { domainNames: ["www.example.com"], originDomainName: "origin.example.com" };

/** The TLS of a server as it should be. */
export const strongTls = { minVersion: "TLSv1.2", ciphers: "ECDHE+AESGCM" } as const;

/** An edge as it should be, with servers that a test puts in place of its own. */
export class TestEdge {
    readonly servers = new TestServers();
    #authority: TestAuthority | undefined;
    #good: { readonly key: string; readonly cert: string } | undefined;

    async prepare(): Promise<void> {
        this.#authority = await TestAuthority.create();
        this.#good = await this.#authority.issue();
    }

    get authority(): TestAuthority {
        assert.ok(this.#authority);
        return this.#authority;
    }

    /** A certificate of the authority for www.example.com, and its key. */
    get good(): { readonly key: string; readonly cert: string } {
        assert.ok(this.#good);
        return this.#good;
    }

    async networkWith(viewer: Host = {}, origin: Host = {}): Promise<Network> {
        return networkOf(
            {
                443: viewer[443] ?? (await this.servers.secure({ ...this.good, ...strongTls })),
                80: viewer[80] ?? (await this.servers.plain(redirectToHttps)),
            },
            { origin: { 443: closed, 80: closed, ...origin }, certificateAuthority: this.authority.pem },
        );
    }
}

/** The edge of a group of tests. */
export function useTestEdge(): TestEdge {
    const edge = new TestEdge();
    before(() => edge.prepare());
    afterEach(() => edge.servers.close());
    return edge;
}

export async function reportOf(network: Network, timeoutSeconds = 1): Promise<Report> {
    return verify({ target, network, timeoutSeconds });
}

export function findingOf(report: Report, probe: string): Finding {
    const found = report.findings.find((one) => one.probe === probe);
    assert.ok(found, `no finding ${probe}`);
    return found;
}

export function expectVerdicts(report: Report, expected: Readonly<Record<string, Verdict>>): void {
    const seen = Object.fromEntries(Object.keys(expected).map((probe) => [probe, findingOf(report, probe).verdict]));
    assert.deepEqual(seen, expected, table(report));
}
