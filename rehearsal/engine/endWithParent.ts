/**
 * Loaded before anything else (`node --require`) by every process that the engine leaves to us: language hosts,
 * programs, policy packs and providers. The engine ends them itself in every orderly case; when it is killed it cannot,
 * and a program that goes on without it would hold ports and memory for ever.
 */
const parent = process.ppid;

setInterval(() => {
    // The system hands an orphan to another parent: that is how the death of the first one shows.
    if (process.ppid !== parent) {
        process.exit(1);
    }
}, 500).unref();
