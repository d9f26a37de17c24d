// Lets a library that was written for a bundler import its JSON files in Node, which asks for an attribute.
export function load(url, context, next) {
    return next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
}
