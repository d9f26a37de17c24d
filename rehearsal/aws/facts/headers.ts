import table from "./headerTable.json";

/** Lists of headers that CloudFront, or HTTP, treats in a way of their own; where each comes from stands in the table. */
export const headerLists = table;

/** Whether a list names a header, in whatever case; `x-edge-*` names all that begin so. */
export function isAmong({ names }: { readonly names: readonly string[] }, header: string): boolean {
    const name = header.toLowerCase();
    return names.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : one === name));
}
