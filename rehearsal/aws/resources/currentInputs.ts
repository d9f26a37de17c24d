import { type AccountRecord, object } from "../account";
import type { ResourceTyping, Values } from "../../provider";
import type { ResourceModel } from "../services";
import { statesTheSame } from "./differences";

/** The inputs as they were, but for what the account has otherwise: that is how a change behind Pulumi's back shows. */
export function currentInputs(typing: ResourceTyping, model: ResourceModel, olds: Values, properties: Values): Values {
    const inputs: Values = { ...olds };
    for (const name of Object.keys(typing.inputs)) {
        const stated = olds[name];
        const actual = properties[name];
        if (stated === undefined ? strayed(name, actual, typing, model) : !statesTheSame(model, name, actual, stated)) {
            inputs[name] = actual;
        }
    }
    return inputs;
}

/** Whether AWS has a setting that the program leaves out, and not as it is by default: the provider sets it back. */
function strayed(name: string, actual: unknown, typing: ResourceTyping, model: ResourceModel): boolean {
    if (name === "tags") {
        return Object.keys(object(actual)).length > 0;
    }
    const standard = model.defaults?.[name] ?? typing.inputs[name]?.default;
    // An output that may be missing is one that the provider never computes: left out, it holds nothing.
    const isUnset = standard === undefined && typing.outputs[name]?.required === false;
    // An empty text is no setting: an HTTP listener has no policy, whatever HTTPS has by default.
    return (
        actual !== undefined &&
        actual !== "" &&
        typeof actual !== "object" &&
        (isUnset ? actual !== false && actual !== 0 : typeof standard === typeof actual && actual !== standard)
    );
}

/**
 * What a program would state to have what is being imported: what the resource was created with, or, of what AWS
 * itself made, every setting that is not empty.
 */
export function statedInputs(typing: ResourceTyping, { inputs, properties }: AccountRecord): Values {
    if (Object.keys(inputs).length > 0) {
        return { ...inputs };
    }
    const isEmpty = (value: unknown) => !value || (typeof value === "object" && Object.keys(value).length === 0);
    return Object.fromEntries(
        Object.entries(properties).filter(
            ([name, value]) => name in typing.inputs && !isEmpty(value) && value !== typing.inputs[name]?.default,
        ),
    );
}
