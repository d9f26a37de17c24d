import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { findProject } from "../command/project";
import { rehearsalPaths } from "../engine";
import { guardServer, listen, type Listening } from "./listening";
import { serveTraffic, type TrafficNetwork } from "./serveTraffic";

const usage = `Serves what was rehearsed, so that it can be looked at with curl, a browser or verify-edge.

Usage: npm run serve -- [--for <minutes>] [--project <directory>]

  --for <minutes>        minutes after which serving ends by itself, 0.01 to 120 (default: 10)
  --project <directory>  directory of the Pulumi project (default: this one)
  --quiet                do not tell why requests were refused or failed
  --help                 show this

Deploy first: npx rehearse up --stack dev
`;

/** The command `serve`: the traffic of the account of a project, until Ctrl-C or for some minutes. Returns the exit code. */
export async function serveCommand(args: readonly string[]): Promise<number> {
    try {
        const { values } = parseArgs({
            args: [...args],
            options: {
                for: { type: "string", default: "10" },
                project: { type: "string", default: process.cwd() },
                quiet: { type: "boolean", default: false },
                help: { type: "boolean", short: "h", default: false },
            },
        });
        if (values.help) {
            process.stdout.write(usage);
            return 0;
        }
        await serve(values.project, values.for, values.quiet);
        return 0;
    } catch (error) {
        process.stderr.write(`serve: ${(error as Error).message}\n`);
        return 1;
    }
}

async function serve(directory: string, minutes: string, quiet: boolean): Promise<void> {
    const project = findProject(directory);
    if (project === undefined) {
        throw new Error(`There is no Pulumi project in ${directory}. Name its directory with --project.`);
    }
    const forMinutes = minutes.trim() === "" ? NaN : Number(minutes);
    if (!(forMinutes >= 0.01 && forMinutes <= 120)) {
        throw new Error(`--for is ${minutes}: give a number of minutes from 0.01 to 120.`);
    }
    const paths = rehearsalPaths(project.directory);
    if (!existsSync(paths.account)) {
        throw new Error("Nothing was rehearsed yet. Deploy first: npx rehearse up --stack dev");
    }
    const report = quiet ? undefined : (problem: string) => process.stderr.write(`  ${problem}\n`);
    const traffic = await serveTraffic({ account: paths.account, forMinutes, report });
    let wire: Listening | undefined;
    try {
        wire = await serveEvidence(traffic.network);
        const folder = path.join(paths.root, "traffic");
        const shown = describeNetwork(traffic.network, folder, wire.port);
        if (shown === undefined) {
            throw new Error("The account holds no distribution to serve. Deploy first: npx rehearse up --stack dev");
        }
        process.stdout.write(`${shown}\n\n`);
        for (const gap of traffic.notModelled) {
            process.stdout.write(`  Not modelled: ${gap}\n`);
        }
        process.stdout.write(`\nServing for ${forMinutes} minute${forMinutes === 1 ? "" : "s"}, or until Ctrl-C.\n`);
        for (const signal of ["SIGINT", "SIGTERM"] as const) {
            process.once(signal, () => void traffic.close());
        }
        await traffic.closed;
    } finally {
        await Promise.all([traffic.close(), wire?.close()]);
    }
}

/** Writes what clients need, and says how to use it; undefined if there is nothing to ask for. */
function describeNetwork(network: TrafficNetwork, folder: string, wirePort: number): string | undefined {
    mkdirSync(folder, { recursive: true });
    const authority = path.join(folder, "ca.pem");
    const file = path.join(folder, "network.json");
    writeFileSync(authority, network.certificateAuthority);
    writeFileSync(file, JSON.stringify({ ...network, wireUrl: `http://127.0.0.1:${wirePort}/` }, undefined, 2));
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
        `  npx verify-edge --network ${near(file)}`,
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
