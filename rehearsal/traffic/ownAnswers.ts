import { STATUS_CODES } from "node:http";

/** Where the load balancer has other words for a status than Node. */
const ownWords: Readonly<Record<number, string>> = {
    401: "Authorization Required",
    503: "Service Temporarily Unavailable",
    504: "Gateway Time-out",
};

/** The page of an answer that no target gave. */
export function page(status: number): string {
    const line = `${status} ${ownWords[status] ?? STATUS_CODES[status] ?? ""}`.trimEnd();
    return `<html><head><title>${line}</title></head><body><center><h1>${line}</h1></center></body></html>\r\n`;
}
