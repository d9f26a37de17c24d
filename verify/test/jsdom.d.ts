// The types that are published for jsdom bring the browser's globals into every file of the program.
declare module "jsdom" {
    export class JSDOM {
        constructor(html: string, options?: { readonly runScripts?: "outside-only" });
        readonly window: { readonly document: object; eval(script: string): void };
    }
}
