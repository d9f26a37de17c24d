import * as fs from "node:fs";
import { register } from "node:module";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./packed";

register("./jsonImports.mjs", pathToFileURL(__filename));

/** What GitHub's own parser says of a workflow, calls of our workflows included. */
export async function workflowErrors(file: string, content: string): Promise<string[]> {
    const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await import("@actions/workflow-parser");
    const getFileContent = ({ path: called }: { path: string }) =>
        Promise.resolve({ name: called, content: fs.readFileSync(path.join(root, called), "utf8") });
    const { context, value } = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
    if (value !== undefined) {
        await convertWorkflowTemplate(context, value, { getFileContent }, { fetchReusableWorkflowDepth: 1 });
    }
    return context.errors.getErrors().map(({ message }) => message);
}
