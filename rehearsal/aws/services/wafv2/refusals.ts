import { refusals } from "../resource";

export const refuse = refusals("WAFV2");

export function invalid(action: string, reason: string, field: string, parameter: string): never {
    return refuse(
        action,
        "WAFInvalidParameterException",
        `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
    );
}
