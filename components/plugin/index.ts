import { main } from "@pulumi/pulumi/provider";
import { ComponentProvider } from "./componentProvider";

/**
 * Serves the components to the engine that started this process, until it ends it. This is the package's `main`, which
 * the Node language host requires by its folder and calls; who imports the package by its name gets the components
 * themselves, by `exports`. Were they here, the host would analyse their TypeScript at every preview.
 */
const serve = (): Promise<void> => main(new ComponentProvider(), process.argv.slice(2));

export = serve;
