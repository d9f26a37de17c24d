import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import type { Typings } from "../../rehearsal/provider";
import type { Found } from "./merge";
import { constraintsIn, type Model } from "./shapes";
import { sourceTypes } from "./sourceTypes";

function modelOf(botocore: string, service: string): Model {
    const directory = path.join(botocore, "data", service);
    const file = readdirSync(directory).find((name) => name.startsWith("service-2.json")) ?? "";
    const content = readFileSync(path.join(directory, file));
    const text = file.endsWith(".gz") ? gunzipSync(content).toString("utf8") : content.toString("utf8");
    return (JSON.parse(text) as { shapes: Model }).shapes;
}

/** What the models say of a type's inputs; nothing where no shape stands for it. */
export function fromBotocore(botocore: string, type: string, typings: Typings): Found {
    const [service = "", ...names] = sourceTypes[type]?.api ?? [];
    const model = service === "" ? {} : modelOf(botocore, service);
    const shapes = names.map((name) => {
        const shape = model[name];
        if (shape === undefined) {
            throw new Error(`${service} of this botocore has no shape ${name}.`);
        }
        return shape;
    });
    return constraintsIn(model, shapes, type, typings);
}
