import type { Subject } from "../subjects";
import { counted } from "./counted";

/** Why the engine says "52 created" of 39 resources. */
const counts = "Pulumi's own counts include the stack and its components.";

/**
 * What of a program's resources is modelled, in one line: of the others names and types of inputs are checked, and
 * nothing that AWS itself would refuse. Undefined where it has none.
 */
export function modelledLine(noted: readonly Subject[]): string | undefined {
    const subjects = noted.filter(({ isDeleted, versions }) => isDeleted !== true && versions === undefined);
    if (subjects.length === 0) {
        return undefined;
    }
    const others = subjects.filter(({ isModelled }) => !isModelled).map(({ type }) => type);
    if (others.length === 0) {
        const all = subjects.length === 1 ? "The one resource is" : `All ${subjects.length} resources are`;
        return `${all} modelled. ${counts}`;
    }
    return `${subjects.length - others.length} of ${subjects.length} resources are modelled; not: ${counted(others).join(", ")}. Of these, only names and types of inputs are checked, and what AWS itself would assign is made up. ${counts}`;
}

/** What AWS takes and is worth a look, one a line. */
export function warningLines(noted: readonly Subject[]): string[] {
    return noted.flatMap(({ urn, warning }) =>
        warning === undefined ? [] : [`${urn.split("::").at(-1)}: ${warning}`],
    );
}

/** Which SDKs a program in another language has in a version by whose types it was not checked, one a line. */
export function versionLines(noted: readonly Subject[]): string[] {
    const lines = noted.flatMap(({ type, versions }) => {
        const name = type.split(":").at(-1) ?? "";
        return versions === undefined || versions.asked === versions.checked
            ? []
            : [
                  `The program uses version ${versions.asked} of the ${name} provider's SDK, and the rehearsal has checked it by version ${versions.checked}. To check it by its own, run "npm install --no-save @pulumi/${name}@${versions.asked}" in the project.`,
              ];
    });
    return [...new Set(lines)];
}
