import { fitted } from "@encrypted-edge/common";

/** Writes lines for people, on a terminal broken between words. */
export function tell(stream: NodeJS.WriteStream, text: string): void {
    stream.write(`${fitted(text, stream)}\n`);
}
