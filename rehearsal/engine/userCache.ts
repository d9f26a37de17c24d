import { homedir } from "node:os";
import * as path from "node:path";

/** Where this user's caches lie: `XDG_CACHE_HOME`, else the system's own place for them. */
export function userCache(environment: NodeJS.ProcessEnv = process.env): string {
    const configured = environment.XDG_CACHE_HOME;
    // The XDG Base Directory Specification has relative paths ignored.
    if (configured !== undefined && path.isAbsolute(configured)) {
        return path.join(configured, "encrypted-edge");
    }
    const home = environment.HOME || homedir();
    return path.join(home, process.platform === "darwin" ? "Library/Caches" : ".cache", "encrypted-edge");
}
