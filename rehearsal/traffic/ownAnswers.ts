/** Answers of the load balancer's own, as it words them. */
const ownAnswers: Readonly<Record<number, string>> = {
    400: "400 Bad Request",
    401: "401 Authorization Required",
    403: "403 Forbidden",
    500: "500 Internal Server Error",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
};

/** The page of an answer that no target gave. */
export function page(status: number): string {
    const line = ownAnswers[status] ?? String(status);
    return `<html><head><title>${line}</title></head><body><center><h1>${line}</h1></center></body></html>\r\n`;
}
