import { createHash, randomBytes } from "node:crypto";

/** Hexadecimal digits as AWS puts them into ids. */
export function hex(digits: number): string {
    return randomBytes(Math.ceil(digits / 2))
        .toString("hex")
        .slice(0, digits);
}

/** Digits and capital letters as Route 53 and CloudFront put them into ids. */
export function capitals(count: number): string {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return [...randomBytes(count)].map((byte) => letters[byte % letters.length]).join("");
}

/** A digest that is always the same for the same text. */
export function stable(text: string, digits: number): string {
    return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
