import { existsSync, mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import * as path from "node:path";
import { replaceFile } from "@encrypted-edge/common";
import { lock } from "proper-lockfile";
import { rehearsalPaths } from "../engine";
import { guardServer, listen, type Listening, serveTraffic, type TapTarget, type TrafficNetwork } from "../traffic";
import { MistakeError } from "./mistake";
import { readOptions } from "./options";
import { requireProject } from "./project";
import { tell } from "./tell";

const usage = `Serves what you rehearsed, for curl, a browser or verify-edge.

Usage: rehearse serve [--for <minutes>] [--target <host:port>]

  --for <minutes>        minutes after which serving ends by itself, 0.01 to 120 (default: 10)
  --target <host:port>   your own application, behind every target group (default: a stand-in that shows what reached it); it must speak the protocol of the target group, HTTPS or HTTP
  --quiet                do not say why requests are refused or fail
  --cwd, -C <directory>  directory of the Pulumi project (default: this one)
  --help, -h             show this

Deploy first: rehearse up --stack dev
An up while it serves changes what is served, resource by resource.
`;

/** The command `rehearse serve`: the traffic of the account of a project, until Ctrl-C or for some minutes. */
export async function serveCommand(given: readonly string[], directory: string): Promise<number> {
    const options = readOptions("serve", given, {
        for: { type: "string" },
        target: { type: "string" },
        quiet: { type: "boolean" },
    });
    if (options.help === true) {
        tell(process.stdout, usage.trimEnd());
        return 0;
    }
    const project = requireProject(directory, options.cwd);
    const forMinutes = readMinutes(options.for ?? "10");
    const target = options.target === undefined ? undefined : readTarget(options.target);
    const paths = rehearsalPaths(project.directory);
    if (!existsSync(paths.account)) {
        throw new MistakeError("Nothing was rehearsed yet. Deploy first: rehearse up --stack dev");
    }
    const report = options.quiet === true ? undefined : (problem: string) => tell(process.stderr, `  ${problem}`);
    let wire: Listening | undefined;
    let place: Place | undefined;
    const changed = () => {
        if (wire !== undefined && place !== undefined) {
            writeNetwork(traffic.network, place.folder, wire.port);
        }
    };
    const traffic = await serveTraffic({ account: paths.account, forMinutes, target, report, changed });
    try {
        wire = await serveEvidence(traffic.network);
        place = await ownPlace(path.join(paths.root, "traffic"));
        const shown = describeNetwork(traffic.network, place.folder, wire.port);
        if (shown === undefined) {
            throw new MistakeError("The account holds no distribution to serve. Deploy first: rehearse up --stack dev");
        }
        tell(process.stdout, `${shown}\n`);
        for (const gap of traffic.notModelled) {
            tell(process.stdout, `  Not modelled: ${gap}`);
        }
        tell(process.stdout, `\nServing for ${forMinutes} minute${forMinutes === 1 ? "" : "s"}, or until Ctrl-C.`);
        for (const signal of ["SIGINT", "SIGTERM"] as const) {
            process.once(signal, () => void traffic.close());
        }
        await traffic.closed;
    } finally {
        await Promise.all([traffic.close(), wire?.close(), place?.leave()]);
    }
    return 0;
}

/** @throws MistakeError */
function readMinutes(written: string): number {
    const minutes = written.trim() === "" ? NaN : Number(written);
    if (!(minutes >= 0.01 && minutes <= 120)) {
        throw new MistakeError(`--for is "${written}": give a number of minutes from 0.01 to 120.`);
    }
    return minutes;
}

/** @throws MistakeError */
function readTarget(written: string): TapTarget {
    const [, host, digits] = /^(?:(\[[0-9a-f:]+\]|[^:/\s]+):)?(\d{1,5})$/i.exec(written) ?? [];
    const port = Number(digits);
    if (!(port >= 1 && port <= 65_535)) {
        throw new MistakeError(`--target is "${written}": give a host and a port, such as localhost:3000.`);
    }
    return { host: (host ?? "localhost").replace(/^\[|\]$/g, ""), port };
}

/** Where one `serve` writes what clients need. */
interface Place {
    readonly folder: string;
    /** Takes away what was written: nothing is served there any more. */
    leave(): Promise<void>;
}

/** The folder of that name, or, where another `serve` is using it, the next of `<name>-2`, `<name>-3`, ... */
async function ownPlace(name: string, attempt = 1): Promise<Place> {
    const folder = attempt === 1 ? name : `${name}-${attempt}`;
    mkdirSync(folder, { recursive: true });
    try {
        const release = await lock(folder, { lockfilePath: path.join(folder, "lock"), stale: 5000 });
        return {
            folder,
            leave: async () => {
                await release();
                rmSync(folder, { recursive: true, force: true });
            },
        };
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ELOCKED") {
            throw error;
        }
        return ownPlace(name, attempt + 1);
    }
}

function writeNetwork(network: TrafficNetwork, folder: string, wirePort: number) {
    const authority = path.join(folder, "ca.pem");
    const file = path.join(folder, "network.json");
    replaceFile(authority, network.certificateAuthority);
    replaceFile(file, JSON.stringify({ ...network, wireUrl: `http://127.0.0.1:${wirePort}/` }, undefined, 2));
    return { authority, file };
}

/** Writes what clients need, and says how to use it; undefined if there is nothing to ask for. */
function describeNetwork(network: TrafficNetwork, folder: string, wirePort: number): string | undefined {
    const { authority, file } = writeNetwork(network, folder, wirePort);
    const near = (target: string) => path.relative(process.cwd(), target) || target;
    const names = Object.entries(network.hosts).filter(
        ([name, ports]) => ports[80] !== undefined && !name.endsWith(".cloudfront.net"),
    );
    const [first] = names;
    if (first === undefined) {
        return undefined;
    }
    const [name, ports] = first;
    return [
        `${network.description}, not AWS. Its certificates are signed by ${near(authority)}, which nothing else should trust.`,
        "",
        ...names.map(
            ([one, { 443: secure }]) =>
                `  curl --cacert ${near(authority)} --connect-to ${one}:443:${secure?.address}:${secure?.port} https://${one}/`,
        ),
        `  curl -i --connect-to ${name}:80:${ports[80]?.address}:${ports[80]?.port} http://${name}/`,
        `  npx --no-install verify-edge --network ${near(file)}`,
    ].join("\n");
}

/** What the taps saw, for a prober in another process. */
async function serveEvidence(network: TrafficNetwork): Promise<Listening> {
    return listen(
        guardServer(
            createServer((request, response) => {
                const marker = new URL(request.url ?? "/", "http://localhost").searchParams.get("marker") ?? undefined;
                response.writeHead(200, { "content-type": "application/json" });
                response.end(JSON.stringify(network.wire(marker)));
            }),
        ),
    );
}
