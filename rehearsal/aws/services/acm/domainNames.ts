/** DNS names without regard to case and the dot at the end. */
export function canonicalName(name: string): string {
    return name.toLowerCase().replace(/\.$/, "");
}

/**
 * Whether ACM takes the name; the official provider refuses a dot at the end.
 * Source: ACM API reference, RequestCertificate, the pattern of DomainName.
 */
export function isDomainName(name: string): boolean {
    return name.length <= 253 && /^(\*\.)?((?!-)[a-z0-9-]{0,62}[a-z0-9]\.)+(?!-)[a-z0-9-]{1,62}[a-z0-9]$/i.test(name);
}
