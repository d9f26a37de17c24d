import type { AccountRecord } from "../../account";
import type { Values } from "../../../provider";

/**
 * What a look-up answers that means one resource.
 * @throws Error in the official provider's words where nothing was found, or more than one.
 */
export function theOnly(found: readonly AccountRecord[], none: string, several = none): Values & { id: string } {
    const [only, another] = found;
    if (only === undefined || another !== undefined) {
        throw new Error(only === undefined ? none : several);
    }
    return { ...only.properties, id: only.id };
}
