import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Protects a preview site by a password, which everybody who may read the function's code can read. */
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
