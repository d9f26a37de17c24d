import { main } from "@pulumi/pulumi/provider";
import { ComponentProvider } from "./componentProvider";

/**
 * Serves the components to the engine that started this process, until it ends it. This is the package's `main`, which
 * the Node language host requires by its folder and calls; who imports the package by its name gets the components
 * themselves, by `exports`. Were they here, the host would analyse their TypeScript at every preview.
 */
const serve = (): Promise<void> => {
    const served = main(new ComponentProvider(), process.argv.slice(2));
    // Pulumi takes several stacks for each resource, and has just put a library in place that looks every line of them up
    // in source maps: a quarter of this process's time. The published package has no source maps.
    Reflect.deleteProperty(Error, "prepareStackTrace");
    return served;
};

export = serve;
