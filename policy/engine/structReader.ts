import { BinaryReader } from "google-protobuf";

/** Numbers of fields in google/protobuf/struct.proto. */
const fieldsOfStruct = 1;
const keyOfEntry = 1;
const valueOfEntry = 2;
const valuesOfList = 1;
const kinds = { number: 2, string: 3, boolean: 4, struct: 5, list: 6 };

/**
 * What `Struct.deserializeBinary(bytes).toJavaScript()` makes, without the objects between the two, which take most of
 * its time. A value of no kind, which no writer makes, is null.
 */
export function readStruct(bytes: Uint8Array): Record<string, unknown> {
    const struct: Record<string, unknown> = {};
    readFields(struct, new BinaryReader(bytes));
    return struct;
}

interface Held {
    key: string;
    value: unknown;
}

function readFields(struct: Record<string, unknown>, reader: BinaryReader): void {
    while (reader.nextField()) {
        if (reader.getFieldNumber() !== fieldsOfStruct) {
            reader.skipField();
            continue;
        }
        const held: Held = { key: "", value: null };
        reader.readMessage(held, readEntry);
        if (held.key === "__proto__") {
            Object.defineProperty(struct, held.key, { ...held, enumerable: true, configurable: true, writable: true });
        } else {
            struct[held.key] = held.value;
        }
    }
}

function readEntry(held: Held, reader: BinaryReader): void {
    while (reader.nextField()) {
        switch (reader.getFieldNumber()) {
            case keyOfEntry:
                held.key = reader.readString();
                break;
            case valueOfEntry:
                reader.readMessage(held, readValue);
                break;
            default:
                reader.skipField();
        }
    }
}

function readValue(held: Held, reader: BinaryReader): void {
    while (reader.nextField()) {
        switch (reader.getFieldNumber()) {
            case kinds.number:
                held.value = reader.readDouble();
                break;
            case kinds.string:
                held.value = reader.readString();
                break;
            case kinds.boolean:
                held.value = reader.readBool();
                break;
            case kinds.struct: {
                const struct = {};
                reader.readMessage(struct, readFields);
                held.value = struct;
                break;
            }
            case kinds.list: {
                const list: unknown[] = [];
                reader.readMessage(list, readList);
                held.value = list;
                break;
            }
            default:
                held.value = null;
                reader.skipField();
        }
    }
}

function readList(list: unknown[], reader: BinaryReader): void {
    const held: Held = { key: "", value: null };
    while (reader.nextField()) {
        if (reader.getFieldNumber() !== valuesOfList) {
            reader.skipField();
            continue;
        }
        held.value = null;
        reader.readMessage(held, readValue);
        list.push(held.value);
    }
}
