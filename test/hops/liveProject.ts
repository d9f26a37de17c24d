import * as path from "node:path";
import { serveTraffic } from "../../rehearsal/traffic";
import type { RehearsedProject } from "../rehearsal/rehearsedProject";
import { Served } from "./served";

/** The dev stack of a rehearsed project, deployed and served while its program changes. */
export class LiveProject {
    private constructor(
        readonly project: RehearsedProject,
        readonly served: Served,
    ) {}

    /** Deploys the stack, and serves what is in the account from then on. */
    static async start(project: RehearsedProject, configuration: Readonly<Record<string, unknown>>) {
        // Whoever asks without a pause is over any ordinary rate.
        for (const [key, value] of Object.entries({ rateLimit: 2_000_000_000, ...configuration })) {
            project.configure("dev", key, value);
        }
        await project.succeed("up", "--stack", "dev", "--yes", "--skip-preview");
        return LiveProject.serve(project);
    }

    /** Serves what is in the account already. */
    static async serve(project: RehearsedProject) {
        const problems: string[] = [];
        const traffic = await serveTraffic({
            account: path.join(project.folder, ".rehearsal", "account"),
            forMinutes: 30,
            report: (problem) => problems.push(problem),
        });
        return new LiveProject(project, Served.of(traffic, problems));
    }

    /** The status that viewers of a name get. */
    async status(host: string): Promise<number> {
        const port = this.served.port(443, host);
        return (await this.served.ask({ port, servername: host, headers: { host } })).status;
    }

    /** The kinds of answers that viewers of these names get while something is done, in all at least so many. */
    answersDuring(hosts: readonly string[], work: () => Promise<unknown>, atLeast = 50): Promise<number[]> {
        return this.served.answersDuring(hosts, work, atLeast);
    }

    /** Changes the stack file and updates, while viewers of these names ask. */
    change(hosts: readonly string[], values: Readonly<Record<string, unknown>>): Promise<number[]> {
        return this.answersDuring(hosts, async () => {
            for (const [key, value] of Object.entries(values)) {
                this.project.configure("dev", key, value);
            }
            await this.project.succeed("up", "--stack", "dev", "--yes", "--skip-preview");
        });
    }

    async close(): Promise<void> {
        await this.served.traffic.close();
        this.project.remove();
    }
}
