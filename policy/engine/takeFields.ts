import { BinaryReader } from "google-protobuf";

/**
 * Takes fields out of a serialised protobuf message without reading what they hold: to build the objects of all
 * properties of a resource costs more than all that is done with most resources.
 *
 * @param numbers of fields that hold texts, bytes or messages
 * @returns the content of each such field, and the message without them. A message that is given in several parts is
 * their concatenation, as in any protobuf reader.
 */
export function takeFields(
    message: Uint8Array,
    ...numbers: readonly number[]
): { readonly taken: ReadonlyMap<number, readonly Uint8Array[]>; readonly rest: Buffer } {
    const taken = new Map<number, Uint8Array[]>(numbers.map((number) => [number, []]));
    const rest: Uint8Array[] = [];
    const reader = new BinaryReader(message);
    let kept = 0;
    while (reader.nextField()) {
        const values = taken.get(reader.getFieldNumber());
        if (values === undefined) {
            reader.skipField();
            continue;
        }
        rest.push(message.subarray(kept, reader.getFieldCursor()));
        values.push(reader.readBytes());
        kept = reader.getCursor();
    }
    rest.push(message.subarray(kept));
    return { taken, rest: Buffer.concat(rest) };
}
