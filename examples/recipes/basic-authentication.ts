import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** A password before the whole site, for a preview: whoever may read the function's code can read it. */
export const edge = new EncryptedEdge("basic-edge", {
    ...site("basic-edge"),
    viewerRequestCode: `
function viewerRequest(event) {
    var authorization = event.request.headers.authorization;
    if (authorization && authorization.value === "Basic cHJldmlldzpjaGFuZ2UgbWU=") {
        return event.request;
    }
    var headers = { "www-authenticate": { value: "Basic" } };
    return { statusCode: 401, statusDescription: "Unauthorized", headers: headers };
}`,
});
